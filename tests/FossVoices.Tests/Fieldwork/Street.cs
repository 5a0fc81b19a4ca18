using System.Collections.Immutable;
using System.Security.Cryptography;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Tests.Fieldwork;

/// <summary>A study in one wave, people who talk with it on a platform, and what is sent to them: all real, in one process.</summary>
internal sealed class Street : IAsyncDisposable
{
    public const string Wave = "w1";

    private int _deliveries;

    private Street(Store store, LoopbackPlatform platform, Study study)
    {
        (Store, Platform, Study) = (store, platform, study);
        Channel = new Loopback(platform.Home, knowsNonce: false);
        var openings = new Openings(new WaveStore(store.Database, store.Writer, store.Time), store.Time);
        var studies = new OpenStudies([study]);
        Conversation = new Conversation(
            studies, new Versions(new BundleStore(store.Database, store.Writer, store.Time), new Logged<Versions>()), store.Database, store.Turns, openings,
            Spoken.Reports(store.Database, store.Writer, store.Time), Spoken.Asides(store.Database, store.Writer, store.Time, Channel), new Lottery(RandomNumberGenerator.Create()), store.Time, Log);
        Outbox = new Outbox(
            new OutboxStore(store.Database, store.Writer, store.Time),
            new Posts(studies, new SnapshotStore(store.Database, store.Writer), new ShownQuotes(store.Database), store.Turns, openings, new FeedbackStore(store.Database, store.Writer, store.Time), Spoken.Words(store.Database, store.Writer, store.Time)),
            [Channel], new Lottery(RandomNumberGenerator.Create()), store.Time, new Logged<Outbox>());
    }

    public Store Store { get; }

    public LoopbackPlatform Platform { get; }

    public Study Study { get; }

    public Loopback Channel { get; }

    public Conversation Conversation { get; }

    public Outbox Outbox { get; }

    public Logged<Conversation> Log { get; } = new();

    public PlaceStore Places => new(Store.Database, Store.Writer, Store.Time);

    public CodeStore Codes => new(Store.Database, Store.Writer, Store.Time);

    public WordsRun Words => Spoken.Words(Store.Database, Store.Writer, Store.Time);

    public ParaphraseStore Paraphrases => new(Store.Database, Store.Writer, Store.Time);

    /// <summary>Reports in words, to be posted on this street.</summary>
    public WordsPosting WordsPosting => new(new OpenStudies([Study]), Words, new ToldStore(Store.Database, Store.Writer, Store.Time), Places, Store.Time, new Logged<WordsPosting>());

    public QuoteStore Quotes => new(Store.Database, Store.Writer, Store.Time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="change">Makes the study another one.</param>
    public static async Task<Street> OpenAsync(Func<Study, Study>? change = null)
    {
        var study = StudyFolder.Load(Path.Combine(Repository.Surveys, "pypi-expectations")).Study! with
        {
            Id = SmallFlow.Study,
            DefaultFlow = SmallFlow.Id,
            Waves = [new Wave(Wave, [SmallFlow.Id], new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 20), RemindAfterDays: 3)],
            Flows = ImmutableSortedDictionary<string, Flow>.Empty.Add(SmallFlow.Id, SmallFlow.Flow),
            Translations = ImmutableSortedDictionary<string, Study>.Empty,
        };
        return new Street(await Store.OpenAsync(), await LoopbackPlatform.StartAsync(), change?.Invoke(study) ?? study);
    }

    public Task<Outcome> SaysAsync(string person, Said said, string platform = Loopback.Name) => Conversation.HearAsync(
        new Incoming($"delivery {_deliveries++}", SmallFlow.Study, SmallFlow.Id, new Person(platform, person), new Place(platform, "somewhere"), Asked: null, said, Locale: "en"),
        Cancellation);

    /// <summary>The same, in another flow.</summary>
    public Task<Outcome> SaysInAsync(string flow, string person, Said said) => Conversation.HearAsync(
        new Incoming($"delivery {_deliveries++}", SmallFlow.Study, flow, new Person(Loopback.Name, person), new Place(Loopback.Name, "somewhere"), Asked: null, said, Locale: "en"),
        Cancellation);

    public Task<Outcome> SaysAsync(string person, Reply reply, string platform = Loopback.Name) => SaysAsync(person, new Said.Answer(reply), platform);

    /// <summary>The sentence that comes back to an aside.</summary>
    public async Task<string> NotedAsync(string person, Said said, string platform = Loopback.Name) => Assert.IsType<Outcome.Noted>(await SaysAsync(person, said, platform)).Sentence;

    /// <summary>Agrees, says the side, and pauses.</summary>
    public async Task<Outcome.Paused> PausesAsync(string person, string platform = Loopback.Name)
    {
        await SaysAsync(person, new Said.Agree("no"), platform);
        await SaysAsync(person, SmallFlow.Choose("upstream"), platform);
        return Assert.IsType<Outcome.Paused>(await SaysAsync(person, new Reply.Pause(), platform));
    }

    /// <summary>Answers everything.</summary>
    public async Task<Outcome> FinishesAsync(string person, string words = "Because.", string quotes = "no", string platform = Loopback.Name)
    {
        await SaysAsync(person, new Said.Agree(quotes), platform);
        foreach (var reply in (Reply[])[SmallFlow.Choose("upstream"), SmallFlow.Choose("4"), SmallFlow.Choose("2"), new Reply.Said(words), SmallFlow.Choose("time")])
            await SaysAsync(person, reply, platform);
        return await SaysAsync(person, new Reply.Skip(), platform);
    }

    /// <summary>Lets time go by, an hour at a time, as the program would: everything that is due is sent.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var until = Store.Time.GetUtcNow() + time; Store.Time.GetUtcNow() < until; Store.Time.Advance(TimeSpan.FromHours(6)))
            await Outbox.SendDueAsync(Cancellation);
        await Outbox.SendDueAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await Platform.DisposeAsync();
        await Store.DisposeAsync();
    }
}
