using FossVoices.Coding;
using FossVoices.Flows;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

public sealed class CodingStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_in_own_words_wait_for_a_coder_until_it_has_read_them()
    {
        await using var store = await WithAnswerAsync("I am worn out");
        var coding = Coding(store);

        var answer = Assert.Single(await coding.UncodedAsync("s", "lexicon", "1", 10, Cancellation));
        Assert.Equal(("s1", "why", SmallFlow.Id, "upstream", null, "I am worn out"), (answer.Session, answer.Address, answer.Flow, answer.Side, answer.Question, answer.Text));

        Assert.Equal(1, await coding.SaveAsync("s", "lexicon", "1", [new CodedAnswer("s1", "why", answer.TextHash, [])], Cancellation));

        Assert.Empty(await coding.UncodedAsync("s", "lexicon", "1", 10, Cancellation));
        Assert.Single(await coding.UncodedAsync("s", "lexicon", "2", 10, Cancellation));
        Assert.Single(await coding.UncodedAsync("s", "linear", "1", 10, Cancellation));
        Assert.Equal([new AnswerRead("s1", "why", "lexicon", "1")], await coding.ReadAsync("s", Cancellation));
    }

    [Fact]
    public async Task Suggestions_come_back_as_they_were_and_a_newer_version_replaces_them()
    {
        await using var store = await WithAnswerAsync("I am worn out");
        var coding = Coding(store);
        var whole = Suggested("s1", "why", "burnout") with { Start = null, Length = null, Evidence = [], Polarity = Polarity.OtherPerson };
        await SaveAsync(coding, "1", Suggested("s1", "why", "burnout"), whole);

        Assert.Equal([Print(Suggested("s1", "why", "burnout")), Print(whole)], (await coding.AssignmentsAsync("s", Cancellation)).Select(Print));

        await SaveAsync(coding, "2", Suggested("s1", "why", "money") with { CoderVersion = "2" });
        Assert.Equal("money", Assert.Single(await coding.AssignmentsAsync("s", Cancellation)).Code);
    }

    [Fact]
    public async Task What_a_person_decided_is_neither_overwritten_nor_suggested_again()
    {
        await using var store = await WithAnswerAsync("I am worn out");
        var coding = Coding(store);
        await SaveAsync(coding, "1", Suggested("s1", "why", "burnout"), Suggested("s1", "why", "money"));
        await store.Writer.WriteAsync(
            transaction => transaction.ExecuteAsync("update assignment set status = 'rejected', decided_by = 'eve', decided_at = 1 where code = 'burnout'", new { }), Cancellation);

        await SaveAsync(coding, "2", Suggested("s1", "why", "burnout"), Suggested("s1", "why", "trust"));

        Assert.Equal(
            [("burnout", AssignmentStatus.Rejected), ("trust", AssignmentStatus.Suggested)],
            (await coding.AssignmentsAsync("s", Cancellation)).Select(assignment => (assignment.Code, assignment.Status)));
    }

    [Fact]
    public async Task Codes_found_in_words_that_have_changed_meanwhile_are_not_kept()
    {
        await using var store = await WithAnswerAsync("I am worn out");
        var coding = Coding(store);
        var read = Assert.Single(await coding.UncodedAsync("s", "lexicon", "1", 10, Cancellation));
        await store.SayAsync("change", new Reply.Change("why"));
        await store.SayAsync("changed", new Reply.Said("I am fine"));

        var saved = await coding.SaveAsync("s", "lexicon", "1", [new CodedAnswer("s1", "why", read.TextHash, [Suggested("s1", "why", "burnout")])], Cancellation);

        Assert.Equal(0, saved);
        Assert.Empty(await coding.AssignmentsAsync("s", Cancellation));
        Assert.Equal("I am fine", Assert.Single(await coding.UncodedAsync("s", "lexicon", "1", 10, Cancellation)).Text);
    }

    [Fact]
    public async Task An_answer_that_changes_loses_its_codes_and_waits_again()
    {
        await using var store = await WithAnswerAsync("I am worn out");
        var coding = Coding(store);
        await SaveAsync(coding, "1", Suggested("s1", "why", "burnout"));

        await store.SayAsync("change", new Reply.Change("why"));
        await store.SayAsync("changed", new Reply.Said("I am fine"));

        Assert.Empty(await coding.AssignmentsAsync("s", Cancellation));
        Assert.Empty(await coding.ReadAsync("s", Cancellation));
        Assert.Single(await coding.UncodedAsync("s", "lexicon", "1", 10, Cancellation));
    }

    [Fact]
    public async Task Reading_in_pages_reads_everything_once()
    {
        await using var store = await Store.OpenAsync();
        var coding = Coding(store);
        var import = new ImportStore(store.Database, store.Writer, store.Time);
        await import.TakeAsync(ImportStoreTests.File("a.md", [.. Enumerable.Range(0, 25).Select(i => ("ADA", $"turn number {i}"))]), Cancellation);
        var seen = new List<string>();

        while (await coding.UncodedAsync("s", "lexicon", "1", 10, Cancellation) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(answer => answer.Address));
            await coding.SaveAsync("s", "lexicon", "1", [.. page.Select(answer => new CodedAnswer(answer.Session, answer.Address, answer.TextHash, []))], Cancellation);
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(i => $"turn-{i:0000}"), seen);
    }

    internal static CodeAssignment Suggested(string session, string address, string code) => new(
        session, address, code, 5, 8, "lexicon", "1", 0.75, Polarity.Asserted, [new Evidence("worn-out", 5, 8, Polarity.Asserted, 0.75)], AssignmentStatus.Suggested);

    internal static CodingStore Coding(Store store) => new(store.Database, store.Writer, store.Time);

    private static async Task SaveAsync(CodingStore coding, string version, params CodeAssignment[] assignments)
    {
        var answer = Assert.Single(await coding.UncodedAsync("s", "lexicon", version, 10, Cancellation));
        await coding.SaveAsync("s", "lexicon", version, [new CodedAnswer(answer.Session, answer.Address, answer.TextHash, [.. assignments])], Cancellation);
    }

    private static async Task<Store> WithAnswerAsync(string words)
    {
        var store = await Store.OpenAsync();
        await store.BeginAsync();
        await store.SayAsync("1", SmallFlow.Choose("upstream"));
        await store.SayAsync("2", SmallFlow.Choose("4"));
        await store.SayAsync("3", SmallFlow.Choose("2"));
        await store.SayAsync("4", new Reply.Said(words));
        return store;
    }

    private static string Print(CodeAssignment assignment) => $"{assignment with { Evidence = [] }} {string.Join(' ', assignment.Evidence)}";
}
