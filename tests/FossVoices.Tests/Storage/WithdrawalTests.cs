using FossVoices.Exchange;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

public sealed class WithdrawalTests
{
    /// <summary>Words are sealed, so that they are found in no file. What stands in the clear shows whether the files were scrubbed: the pseudonym.</summary>
    private const string Canary = "ada-quinquereme-of-nineveh";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Withdrawing_leaves_no_byte_of_what_was_said()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, Canary, "s1", $"I remember the {Canary}.");
        await AnswerAsync(store, "bob", "s2", "Somebody else's words.");
        File.Copy(store.Database.File, store.Database.File + ".before-0002"); // As a migration would have left it, with what had reached the file.
        await File.AppendAllTextAsync(store.Database.File + ".before-0002", Canary, Cancellation);
        Assert.True(store.Holds(Canary));

        var withdrawn = await store.Turns.WithdrawAsync(SmallFlow.Study, "s1", Cancellation);

        Assert.Equal(new Withdrawn(Found: true, Scrubbed: true), withdrawn);
        Assert.False(store.Holds(Canary));
        Assert.Equal(new Value.Words("Somebody else's words."), (await store.LoadAsync("s2")).Progress.Answers["why"].Value);
        Assert.Equal("s2", await store.AskKeysAsync<string>("select group_concat(session) from session_key"));
        Assert.Null(await store.Turns.LoadAsync(SmallFlow.Study, "s1", Cancellation));
        foreach (var table in new[] { "answer", "heard", "heard_code", "reading", "assignment", "inbox", "session" })
            Assert.Equal(0, await store.AskAsync<long>($"select count(*) from {table} where session = 's1'"));
        Assert.Equal(0, await store.AskAsync<long>("select count(*) from respondent where respondent <> 'bob'"));
    }

    [Fact]
    public async Task Words_that_were_replaced_by_others_are_gone_as_well()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "ada", "s1", "The first words.");
        var sealedWords = Convert.FromHexString(await store.AskAsync<string>("select hex(words) from answer where words is not null"));
        Assert.True(store.Holds(sealedWords));
        await store.SayAsync("c1", new Reply.Change("why"));
        await store.SayAsync("c2", new Reply.Said("Something else."));

        Assert.True(await store.Database.ScrubAsync(Cancellation));

        Assert.False(store.Holds(sealedWords));
    }

    [Fact]
    public async Task A_long_reader_stops_the_scrubbing_and_it_can_be_done_later()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, Canary, "s1", "Words.");
        await using (var reader = await store.Database.ReadAsync(Cancellation))
        {
            await using var moment = reader.BeginTransaction(deferred: true);
            Assert.Equal(1, await moment.FindAsync<long>("select count(*) from session", new { }));

            var withdrawn = await store.Turns.WithdrawAsync(SmallFlow.Study, "s1", Cancellation);
            Assert.Equal(new Withdrawn(Found: true, Scrubbed: false), withdrawn);
        }

        Assert.True(await store.Database.ScrubAsync(Cancellation));
        Assert.False(store.Holds(Canary));
    }

    [Fact]
    public async Task Who_has_another_session_stays_a_respondent_until_the_last_one_goes()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync("ada", "s1");
        await store.BeginAsync("ada", "s2", flow: "interview");

        await store.Turns.WithdrawAsync(SmallFlow.Study, "s1", Cancellation);
        Assert.Equal(1, await store.AskAsync<long>("select count(*) from respondent"));
        Assert.Equal(0, await store.AskAsync<long>("select count(*) from withdrawn"));

        await store.Turns.WithdrawAsync(SmallFlow.Study, "s2", Cancellation);
        Assert.Equal(0, await store.AskAsync<long>("select count(*) from respondent"));
        Assert.Equal(1, await store.AskAsync<long>("select persons from withdrawn where side = 'unknown' and platform = 'web'"));
    }

    [Fact]
    public async Task What_remains_is_a_number_by_side_source_and_platform()
    {
        await using var store = await Store.OpenAsync();
        foreach (var (person, id) in new[] { ("ada", "s1"), ("bob", "s2") })
        {
            await store.BeginAsync(person, id, origin: new Origin("web", "talk"));
            await store.SayAsync($"{id} side", SmallFlow.Choose("upstream"), id);
            await store.Turns.WithdrawAsync(SmallFlow.Study, id, Cancellation);
        }

        Assert.Equal(2, await store.AskAsync<long>("select persons from withdrawn where study = 's' and side = 'upstream' and platform = 'web' and source = 'talk'"));
        Assert.Equal(new Withdrawn(Found: false, Scrubbed: true), await store.Turns.WithdrawAsync(SmallFlow.Study, "s1", Cancellation));
    }

    [Fact]
    public async Task An_event_sent_again_after_withdrawing_begins_nothing()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync("ada", "s1");
        await store.Turns.WithdrawAsync(SmallFlow.Study, "s1", Cancellation);

        Assert.IsType<Kept.Nothing>(await store.TryBeginAsync("begin s1", "ada", "s2"));
        Assert.IsType<Kept.Now>(await store.TryBeginAsync("a new wish", "ada", "s3"));
    }

    [Fact]
    public async Task A_narrator_can_be_withdrawn_by_receipt()
    {
        await using var store = await Store.OpenAsync();
        var import = new ImportStore(store.Database, store.Writer, store.Time);
        await import.TakeAsync(new ImportedFile("s", "", "a.md", "upstream", Public: true, "named", [new NarratedTurn("ADA", 1, "Why?", "Words.")]), Cancellation);
        Assert.True(store.Holds("ADA")); // The name of somebody who published the words.
        var session = (await store.Turns.FindAsync("s", Session.ImportedFlow, "", ImportStore.PseudonymOf(store.Database.StudyKey("s"), "ADA"), Cancellation))!;
        var receipt = Receipt.Of(store.Database.StudyKey("s"), "s", session.Id);

        var found = await store.Turns.FindByReceiptAsync("s", receipt.Fingerprint, Cancellation);
        await store.Turns.WithdrawAsync("s", found!.Id, Cancellation);

        Assert.False(store.Holds("ADA"));
        Assert.Equal(0, await store.AskKeysAsync<long>("select count(*) from session_key"));
    }

    private static async Task AnswerAsync(Store store, string person, string id, string words)
    {
        await store.BeginAsync(person, id);
        await store.SayAsync($"{id} 1", SmallFlow.Choose("upstream"), id);
        await store.SayAsync($"{id} 2", SmallFlow.Choose("4"), id);
        await store.SayAsync($"{id} 3", SmallFlow.Choose("2"), id);
        await store.SayAsync($"{id} 4", new Reply.Said(words), id, heard: new Heard([new HeardCode("burnout", 1)], Distress: false, "lexicon-1"));
        var coding = new CodingStore(store.Database, store.Writer, store.Time);
        var answer = (await coding.UncodedAsync(SmallFlow.Study, "lexicon", "1", 10, Cancellation)).Single(uncoded => uncoded.Session == id);
        await coding.SaveAsync(SmallFlow.Study, "lexicon", "1", [new CodedAnswer(id, answer.Address, answer.TextHash, [CodingStoreTests.Suggested(id, answer.Address, "burnout")])], Cancellation);
    }
}
