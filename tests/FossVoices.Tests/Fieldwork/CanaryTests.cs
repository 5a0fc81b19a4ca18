using System.Collections.Immutable;
using System.Security.Cryptography;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Tests.Fieldwork;

/// <summary>Plants people whose ids and words can be told from anything else, and looks for them in every byte of the data folder and in every line of the log.</summary>
public sealed class CanaryTests
{
    private const int People = 25;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_can_be_found_by_a_platforms_id_or_by_what_they_wrote_neither_before_nor_after_leaving()
    {
        await using var store = await Store.OpenAsync();
        var log = new Logged<Conversation>();
        var conversation = Conversation(store, log);
        for (var i = 0; i < People; i++)
            await InterviewAsync(conversation, i);

        Assert.Equal(People, await store.AskAsync<long>("select count(*) from answer where kind = 'words'"));
        AssertUnseen(store, log);

        // A copy of everything, as a thief or a backup would take it.
        await store.DoAsync($"vacuum into '{store.Database.File}.copy'");
        AssertUnseen(store, log);

        for (var i = 0; i < People; i += 2)
            Assert.IsType<Outcome.Withdrawn>(await conversation.HearAsync(Heard(i, "withdraw", new Said.Withdraw()), Cancellation));
        AssertUnseen(store, log);
        Assert.Equal(People / 2, await store.AskAsync<long>("select count(*) from answer where kind = 'words'"));
        Assert.Equal(People / 2, await store.AskKeysAsync<long>("select count(*) from session_key"));
    }

    [Fact]
    public async Task Whoever_leaves_is_in_no_file_any_more_and_an_older_backup_tells_no_words()
    {
        await using var store = await Store.OpenAsync();
        var log = new Logged<Conversation>();
        var conversation = Conversation(store, log);
        for (var i = 0; i < People; i++)
            await InterviewAsync(conversation, i);
        var accesses = new AccessLog(store.Database, store.Writer, store.Time);
        await accesses.RecordAsync(SmallFlow.Study, "user ada", "export csv", People, Cancellation);
        await ReportAsync(store);
        var sessions = (await store.AskAsync<string>("select group_concat(session) from session")).Split(',');
        var people = (await store.AskAsync<string>("select group_concat(respondent) from respondent")).Split(',');
        var backup = Path.Combine(store.Folder, "older.backup");
        await Backup.TakeAsync(store.Database.File, backup, Cancellation);
        Assert.True(store.Holds(sessions[0]) && store.Holds(people[0]));

        for (var i = 0; i < People; i++)
            Assert.IsType<Outcome.Withdrawn>(await conversation.HearAsync(Heard(i, "withdraw", new Said.Withdraw()), Cancellation));
        await ReportAsync(store);

        AssertUnseen(store, log); // The backup is in the folder, too.
        Assert.Equal(0, await store.AskKeysAsync<long>("select count(*) from session_key"));
        File.Delete(backup);
        foreach (var trace in sessions.Concat(people))
            Assert.False(store.Holds(trace), trace);
        Assert.Equal(0, await store.AskAsync<long>("select count(*) from tally"));
        Assert.Equal(2, await store.AskAsync<long>("select count(*) from snapshot"));
        Assert.Null(Assert.Single(await accesses.VerifyAsync(Cancellation)).Broken);
    }

    [Fact]
    public async Task Whoever_looks_and_does_not_agree_leaves_nothing()
    {
        await using var store = await Store.OpenAsync();
        var log = new Logged<Conversation>();
        var conversation = Conversation(store, log);

        Assert.IsType<Outcome.Consent>(await conversation.HearAsync(Heard(1, "hello", new Said.Hello()), Cancellation));
        Assert.IsType<Outcome.Consent>(await conversation.HearAsync(Heard(1, "early", new Said.Answer(new Reply.Said(WordsOf(1)))), Cancellation));
        Assert.IsType<Outcome.Consent>(await conversation.HearAsync(Heard(1, "withdraw", new Said.Withdraw()), Cancellation));

        foreach (var table in new[] { "respondent", "session", "answer", "inbox", "withdrawn" })
            Assert.Equal(0, await store.AskAsync<long>($"select count(*) from {table}"));
        Assert.Equal(0, await store.AskKeysAsync<long>("select count(*) from session_key"));
        AssertUnseen(store, log);
    }

    private static void AssertUnseen(Store store, Logged<Conversation> log)
    {
        for (var i = 0; i < People; i++)
        {
            foreach (var canary in new[] { PersonOf(i), PlaceOf(i), WordsOf(i), DeliveryOf(i, "agree") })
            {
                Assert.False(store.Holds(canary), canary);
                Assert.DoesNotContain(log.Lines, line => line.Contains(canary, StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    private static async Task InterviewAsync(Conversation conversation, int i)
    {
        var agreed = Assert.IsType<Outcome.Question>(await conversation.HearAsync(Heard(i, "agree", new Said.Agree("no")), Cancellation));
        Assert.NotNull(agreed.Receipt);
        await conversation.HearAsync(Heard(i, "role", new Said.Answer(SmallFlow.Choose("upstream"))), Cancellation);
        await conversation.HearAsync(Heard(i, "own", new Said.Answer(SmallFlow.Choose("4"))), Cancellation);
        await conversation.HearAsync(Heard(i, "guess", new Said.Answer(SmallFlow.Choose("2"))), Cancellation);
        await conversation.HearAsync(Heard(i, "why", new Said.Answer(new Reply.Said(WordsOf(i)))), Cancellation);
    }

    private static Task<GapReport> ReportAsync(Store store) =>
        Spoken.Reports(store.Database, store.Writer, store.Time)
            .ReportAsync(SmallStudy(), new Series("", Audience.Researcher), Cancellation);

    /// <summary>The bundled study with the small flow in place of its own.</summary>
    internal static Study SmallStudy() => StudyFolder.Load(Path.Combine(Repository.Surveys, "pypi-expectations")).Study! with
    {
        Id = SmallFlow.Study,
        DefaultFlow = SmallFlow.Id,
        Waves = [],
        Tensions = [],
        Flows = ImmutableSortedDictionary<string, Flow>.Empty.Add(SmallFlow.Id, SmallFlow.Flow),
    };

    internal static Conversation Conversation(Store store, Logged<Conversation> log)
    {
        return new Conversation(
            new OpenStudies([SmallStudy()]), new Versions(new BundleStore(store.Database, store.Writer, store.Time), new Logged<Versions>()), store.Database, store.Turns,
            new Openings(new WaveStore(store.Database, store.Writer, store.Time), store.Time), Spoken.Reports(store.Database, store.Writer, store.Time),
            Spoken.Asides(store.Database, store.Writer, store.Time), new Lottery(RandomNumberGenerator.Create()), store.Time, log);
    }

    private static Incoming Heard(int i, string what, Said said) => new(
        DeliveryOf(i, what), SmallFlow.Study, SmallFlow.Id, new Person("discord", PersonOf(i)), new Place("discord", PlaceOf(i)), Asked: null, said, Locale: "en");

    private static string PersonOf(int i) => $"7718273645{i:00000000}";

    private static string PlaceOf(int i) => $"9918273645{i:00000000}";

    private static string DeliveryOf(int i, string what) => $"dc:i:5518273645{i:00000000}:{what}";

    private static string WordsOf(int i) => $"The quinquereme number {i:000} of Nineveh is tired of reviews.";
}
