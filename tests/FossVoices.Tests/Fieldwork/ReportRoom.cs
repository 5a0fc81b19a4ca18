using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using FossVoices.Codebooks;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Reports;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;

namespace FossVoices.Tests.Fieldwork;

/// <summary>A study with people who answer it, its reports, and a platform to which they are posted.</summary>
internal sealed class ReportRoom : IAsyncDisposable
{
    private int _people;

    private ReportRoom(Store store, LoopbackPlatform platform, Study study)
    {
        (Store, Platform, Study) = (store, platform, study);
        Reports = new ReportRun(new Tallies(store.Database, store.Writer), store.Database, new SnapshotStore(store.Database, store.Writer), new Lottery(RandomNumberGenerator.Create()), store.Time);
        Calendar = new ReportCalendar(store.Database, store.Writer, store.Time);
        Posting = new ReportPosting(Reports, Calendar, new PlaceStore(store.Database, store.Writer, store.Time), store.Database, store.Time);
    }

    public Store Store { get; }

    public LoopbackPlatform Platform { get; }

    public Study Study { get; }

    public ReportRun Reports { get; }

    public ReportCalendar Calendar { get; }

    public ReportPosting Posting { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="change">What is special about the study.</param>
    public static async Task<ReportRoom> OpenAsync(Func<Study, Study>? change = null) =>
        new(await Store.OpenAsync(), await LoopbackPlatform.StartAsync(), (change ?? (study => study))(Plain));

    /// <summary>So many people of a side answer the one question with a scale.</summary>
    /// <returns>Their names.</returns>
    public async Task<ImmutableArray<string>> AnswerAsync(int people, string side, int own, int guess, string wave = "", bool attested = false, IReadOnlyList<string>? names = null, string? server = null)
    {
        var those = names ?? [.. Enumerable.Range(_people, people).Select(i => string.Create(CultureInfo.InvariantCulture, $"p{i}"))];
        _people += people;
        foreach (var name in those)
        {
            var id = $"{name}{wave}";
            await Store.BeginAsync(name, id, origin: server is null ? null : new Origin(Loopback.Name, "", Community: CommunityOf(server).Key), wave: wave);
            await Store.SayAsync($"{id} role", SmallFlow.Choose(side), id);
            for (var i = 0; i < 2; i++)
            {
                var standing = (await Store.LoadAsync(id)).Progress;
                var address = FlowPath.Of(SmallFlow.Flow, standing).Standing!.Address;
                await Store.SayAsync($"{id} {address}", SmallFlow.Choose((address == "help.own" ? own : guess).ToString(CultureInfo.InvariantCulture)), id);
            }

            if (attested)
            {
                // As a code does it, once the side is known.
                await Store.Writer.WriteAsync(
                    transaction => TallyBook.KeepSessionsAsync(
                        transaction, SmallFlow.Study, [id], () => transaction.ExecuteAsync("update session set attested = 1 where session = @id", new { id })),
                    Cancellation);
            }
        }

        return [.. those];
    }

    /// <summary>What stands for a server of the platform.</summary>
    public Community CommunityOf(string server) => new(Loopback.Name, PlaceStore.CommunityOf(Store.Database.StudyKey(SmallFlow.Study), Loopback.Name, server));

    public async Task WithdrawAsync(IEnumerable<string> names)
    {
        foreach (var name in names)
            await Store.Turns.WithdrawAsync(SmallFlow.Study, name, Cancellation);
    }

    public Task<GapReport> ReportAsync(string wave = "", Audience audience = Audience.Channel) => Reports.ReportAsync(Study, new Series(wave, audience), Cancellation);

    /// <summary>Its one question, as people who answered here see it.</summary>
    public static ItemLine Help(GapReport report) => report.Sections[0].Items.Single(item => item.Item == "help");

    public ReportSchedule Schedule() => new(
        new OpenStudies([Study]), new Openings(new WaveStore(Store.Database, Store.Writer, Store.Time), Store.Time), Posting, Reports, Calendar, Store.Time, new Logged<ReportSchedule>());

    /// <summary>Sends what waits; what people see in a place afterwards.</summary>
    public async Task<string[]> SeenAsync(string place)
    {
        using var channel = new Loopback(Platform.Home, knowsNonce: false);
        var outbox = new Outbox(
            new OutboxStore(Store.Database, Store.Writer, Store.Time), Posts, [channel],
            new Lottery(RandomNumberGenerator.Create()), Store.Time, new Logged<Outbox>());
        while (await outbox.SendDueAsync(Cancellation) > 0)
        {
            // Until nothing is due.
        }

        return [.. Platform.Messages.Where(message => message.Key.Place == place).OrderBy(message => message.Key.Id, StringComparer.Ordinal).Select(message => message.Value)];
    }

    private Posts Posts => new(
        new OpenStudies([Study]), new SnapshotStore(Store.Database, Store.Writer), new ShownQuotes(Store.Database), Store.Turns, new Openings(new WaveStore(Store.Database, Store.Writer, Store.Time), Store.Time),
        new FeedbackStore(Store.Database, Store.Writer, Store.Time), Spoken.Words(Store.Database, Store.Writer, Store.Time));

    public async ValueTask DisposeAsync()
    {
        await Platform.DisposeAsync();
        await Store.DisposeAsync();
    }

    private static Study Plain => new()
    {
        Id = SmallFlow.Study,
        Title = "What is owed?",
        Project = "Project",
        Language = "en",
        Sides = ImmutableSortedDictionary<string, string>.Empty.Add("upstream", "makers").Add("downstream", "users"),
        Team = new Team(["Ada"], "voices@example.org", "none", ""),
        DefaultFlow = SmallFlow.Id,
        Codebook = new Codebook("s", 1, [new Code { Id = "burnout", Label = "Burnout", Brief = "Worn out." }]),
        Flows = ImmutableSortedDictionary<string, Flow>.Empty.Add(SmallFlow.Id, SmallFlow.Flow),
        Channels = [$"{Loopback.Name}:town square"],
    };
}
