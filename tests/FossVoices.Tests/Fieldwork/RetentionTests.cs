using FossVoices.Exchange;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;

namespace FossVoices.Tests.Fieldwork;

/// <summary>The consent text names a day on which everything is deleted. In these tests a session begins on 1 December 2026, 9:00.</summary>
public sealed class RetentionTests
{
    private const string Canary = "quinquereme of Nineveh";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_the_day_that_was_named_everything_goes_and_not_before()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "s1", store.Time.GetUtcNow().AddDays(30));
        store.Time.SetUtcNow(new DateTimeOffset(2026, 12, 30, 23, 59, 59, TimeSpan.Zero));
        Assert.True(await Of(store, days: 30).SweepAsync(Cancellation));
        Assert.Equal(1, await store.AskAsync<long>("select count(*) from session"));
        Assert.True(store.Holds("ada s1"));

        store.Time.SetUtcNow(new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero));
        Assert.True(await Of(store, days: 30).SweepAsync(Cancellation));

        foreach (var table in new[] { "session", "answer", "heard", "heard_code", "respondent", "withdrawn" })
            Assert.Equal(0, await store.AskAsync<long>($"select count(*) from {table}"));
        Assert.False(store.Holds("ada s1"));
        Assert.Equal(0, await store.AskKeysAsync<long>("select count(*) from session_key"));
    }

    [Fact]
    public async Task A_study_that_comes_to_keep_answers_longer_cannot_extend_what_it_promised()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync("ada", "s1", keepUntil: store.Time.GetUtcNow().AddDays(30));
        store.Time.Advance(TimeSpan.FromDays(30));

        await Of(store, days: 365).SweepAsync(Cancellation);

        Assert.Equal(0, await store.AskAsync<long>("select count(*) from session"));
    }

    [Fact]
    public async Task A_study_that_comes_to_keep_answers_for_a_shorter_time_does_so()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync("ada", "s1", keepUntil: store.Time.GetUtcNow().AddDays(365));
        store.Time.Advance(TimeSpan.FromDays(7));

        await Of(store, days: 7).SweepAsync(Cancellation);

        Assert.Equal(0, await store.AskAsync<long>("select count(*) from session"));
    }

    [Fact]
    public async Task A_study_that_is_no_longer_served_keeps_its_promise()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync("ada", "s1", keepUntil: store.Time.GetUtcNow().AddDays(30));
        await store.BeginAsync("bob", "s2", keepUntil: store.Time.GetUtcNow().AddDays(32));
        store.Time.Advance(TimeSpan.FromDays(31));

        await new Retention(new OpenStudies([]), store.Database, store.Turns, new OutboxStore(store.Database, store.Writer, store.Time), new FeedbackStore(store.Database, store.Writer, store.Time),
            new CodeStore(store.Database, store.Writer, store.Time), store.Time, new Logged<Retention>()).SweepAsync(Cancellation);

        Assert.Equal("s2", await store.AskAsync<string>("select group_concat(session) from session"));
    }

    [Fact]
    public async Task Hidden_transcripts_go_and_published_words_stay()
    {
        await using var store = await Store.OpenAsync();
        var imports = new ImportStore(store.Database, store.Writer, store.Time);
        await imports.TakeAsync(new ImportedFile(SmallFlow.Study, "", "hidden.md", "upstream", Public: false, "count", [new NarratedTurn("ADA", 1, "Why?", Canary)]), Cancellation);
        await imports.TakeAsync(new ImportedFile(SmallFlow.Study, "", "public.md", "upstream", Public: true, "named", [new NarratedTurn("BOB", 1, "Why?", "Said in public.")]), Cancellation);
        store.Time.Advance(TimeSpan.FromDays(31));

        await Of(store, days: 30).SweepAsync(Cancellation);

        Assert.Equal(1, await store.AskKeysAsync<long>("select count(*) from session_key"));
        Assert.Equal("BOB", await store.AskAsync<string>("select group_concat(name) from respondent"));
    }

    [Fact]
    public async Task Hundreds_that_are_due_at_once_all_go()
    {
        await using var store = await Store.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 250).Select(i => store.BeginAsync($"p{i}", $"s{i}")));
        store.Time.Advance(TimeSpan.FromDays(31));
        var log = new Logged<Retention>();

        await Of(store, days: 30, log).SweepAsync(Cancellation);

        Assert.Equal(0, await store.AskAsync<long>("select count(*) from session"));
        Assert.Contains("Study s: sessions deleted on the day that was promised: 250", log.Lines);
    }

    [Fact]
    public async Task Deliveries_are_forgotten_after_a_week()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();
        store.Time.Advance(TimeSpan.FromDays(6));
        await store.SayAsync("later", SmallFlow.Choose("upstream"));
        store.Time.Advance(TimeSpan.FromDays(2));

        await Of(store, days: 365).SweepAsync(Cancellation);

        Assert.Equal(1, await store.AskAsync<long>("select count(*) from inbox"));
        Assert.IsType<Kept.Before>(await store.SayAsync("later", SmallFlow.Choose("downstream")));
    }

    [Fact]
    public async Task It_runs_by_itself_every_hour_and_survives_a_database_that_cannot_be_written()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync("ada", "s1");
        var log = new Logged<Retention>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = Of(store, days: 30, log).RunAsync(stop.Token);
        await store.Writer.DisposeAsync(); // Whatever it writes from now on is refused.
        await AdvanceUntilAsync(() => log.Lines.Contains("What is due for deletion could not be deleted; this is tried again in an hour"));

        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        await running;

        await store.ReopenAsync();
        var again = Of(store, days: 30, log);
        using var stopAgain = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        running = again.RunAsync(stopAgain.Token);
        store.Time.Advance(TimeSpan.FromDays(31));
        await AdvanceUntilAsync(() => log.Lines.Contains("Study s: sessions deleted on the day that was promised: 1"));
        await stopAgain.CancelAsync();
        await running;

        async Task AdvanceUntilAsync(Func<bool> heard)
        {
            while (!heard())
            {
                store.Time.Advance(TimeSpan.FromHours(1));
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
            }
        }
    }

    private static async Task AnswerAsync(Store store, string id, DateTimeOffset keepUntil)
    {
        await store.BeginAsync($"ada {id}", id, keepUntil: keepUntil);
        await store.SayAsync($"{id} 1", SmallFlow.Choose("upstream"), id);
        await store.SayAsync($"{id} 2", SmallFlow.Choose("4"), id);
        await store.SayAsync($"{id} 3", SmallFlow.Choose("2"), id);
        await store.SayAsync($"{id} 4", new Reply.Said(Canary), id, heard: new Heard([new HeardCode("burnout", 1)], Distress: false, "lexicon-1"));
    }

    internal static Retention Of(Store store, int days, Logged<Retention>? log = null)
    {
        var bundled = StudyFolder.Load(Path.Combine(Repository.Surveys, "pypi-expectations")).Study!;
        return new Retention(
            new OpenStudies([bundled with { Id = SmallFlow.Study, RetainDays = days }]), store.Database, store.Turns, new OutboxStore(store.Database, store.Writer, store.Time), new FeedbackStore(store.Database, store.Writer, store.Time),
            new CodeStore(store.Database, store.Writer, store.Time), store.Time, log ?? new Logged<Retention>());
    }
}
