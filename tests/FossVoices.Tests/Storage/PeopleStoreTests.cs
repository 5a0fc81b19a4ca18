using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Flows;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

public sealed class PeopleStoreTests
{
    private const string Said = "I am worn out, and nobody says thank you";

    private static readonly ImmutableArray<string> Codes = ["burnout", "money", "trust"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_person_says_stands_beside_what_a_machine_suggests_and_survives_its_next_reading()
    {
        await using var store = await WithAnswerAsync();
        await SuggestAsync(store, "1", "burnout", "money");

        await SayAsync(store, "Eve", "burnout", "trust");
        await SuggestAsync(store, "2", "money");

        var assignments = await CodingStoreTests.Coding(store).AssignmentsAsync("s", Cancellation);
        Assert.Equal(
            [
                ("Eve", "burnout", AssignmentStatus.Confirmed), ("Eve", "trust", AssignmentStatus.Confirmed), ("Eve", "money", AssignmentStatus.Rejected),
                ("lexicon", "money", AssignmentStatus.Suggested),
            ],
            assignments.Select(a => (a.Coder, a.Code, a.Status)));
        Assert.Equal((5, 8, "definition-b"), (assignments[0].Start!.Value, assignments[0].Length!.Value, assignments[0].CoderVersion));
        Assert.Contains(new AnswerRead("s1", "why", "Eve", ""), await CodingStoreTests.Coding(store).ReadAsync("s", Cancellation));
        Assert.Equal(["Eve"], await People(store).PeopleAsync("s", Cancellation));
    }

    [Fact]
    public async Task Saying_it_again_replaces_what_the_same_person_said_and_nothing_of_anybody_else()
    {
        await using var store = await WithAnswerAsync();
        await SayAsync(store, "Eve", "burnout");
        await SayAsync(store, "Bob", "money");
        await SayAsync(store, "Eve", "trust");

        Assert.Equal([("Bob", "money"), ("Eve", "trust")], await GivenAsync(store));
    }

    [Fact]
    public async Task Everything_can_be_undone_the_last_first_and_only_by_whoever_did_it()
    {
        await using var store = await WithAnswerAsync();
        await SayAsync(store, "Eve", ["burnout"], memo: "first");
        await SayAsync(store, "Eve", ["trust"], memo: "second");
        await SayAsync(store, "Bob", "money");

        Assert.Equal(("s1", "why"), await People(store).UndoAsync("s", "Eve", Cancellation));
        Assert.Equal([("Bob", "money"), ("Eve", "burnout")], await GivenAsync(store));
        Assert.Equal("first", (await ReadAsync(store))!.Memos["Eve"]);
        Assert.Equal(("s1", "why"), await People(store).UndoAsync("s", "Eve", Cancellation));

        Assert.Equal([("Bob", "money")], await GivenAsync(store));
        Assert.DoesNotContain(await CodingStoreTests.Coding(store).ReadAsync("s", Cancellation), read => read.Coder == "Eve");
        Assert.Empty((await ReadAsync(store))!.Memos);
        Assert.Null(await People(store).UndoAsync("s", "Eve", Cancellation));
    }

    [Fact]
    public async Task Nothing_is_said_of_words_that_have_changed_since_they_were_read()
    {
        await using var store = await WithAnswerAsync();
        var read = await ReadAsync(store);
        await store.SayAsync("change", new Reply.Change("why"));
        await store.SayAsync("changed", new Reply.Said("I am fine"));

        Assert.Equal(Deed.Changed, await People(store).SaveAsync("s", Coding(read!, "Eve", "Eve", ["burnout"], ""), Cancellation));
        Assert.Empty(await GivenAsync(store));
    }

    [Fact]
    public async Task An_answer_that_changes_loses_what_people_said_of_it()
    {
        await using var store = await WithAnswerAsync();
        await SayAsync(store, "Eve", ["burnout"], memo: "look again");

        await store.SayAsync("change", new Reply.Change("why"));
        await store.SayAsync("changed", new Reply.Said("I am fine"));

        Assert.Empty(await GivenAsync(store));
        Assert.Empty((await ReadAsync(store))!.Memos);
        Assert.Null(await People(store).UndoAsync("s", "Eve", Cancellation));
    }

    [Fact]
    public async Task Two_people_settle_what_an_answer_has_and_one_alone_does_not()
    {
        await using var store = await WithAnswerAsync();
        await SuggestAsync(store, "1", "money");
        await SayAsync(store, "Eve", "burnout");
        Assert.Equal(Deed.NotTwo, await SettleAsync(store, "Eve", "burnout"));
        await SayAsync(store, "Bob", "burnout", "trust");

        Assert.Equal(Deed.Done, await SettleAsync(store, "Eve", "burnout"));

        Assert.Contains(("gold", "burnout"), await GivenAsync(store));
        Assert.Equal(["burnout"], await CountedAsync(store, confirmedOnly: false));
        Assert.Equal(["burnout"], await CountedAsync(store, confirmedOnly: true));
    }

    [Theory]
    [InlineData(false, "trust burnout")]
    [InlineData(true, "trust")]
    public async Task The_report_counts_what_people_decided_and_unchecked_codes_only_where_the_study_says_so(bool confirmedOnly, string counted)
    {
        await using var store = await WithAnswerAsync();
        await SuggestAsync(store, "1", "burnout");
        await WithAnswerAsync(store, "bob");
        await SuggestAsync(store, "1", "money");
        var answer = await new ReviewStore(store.Database).ReadAsync("s", "bob", "why", Cancellation);
        await People(store).SaveAsync("s", Coding(answer!, "Eve", "Eve", ["trust"], ""), Cancellation);

        Assert.Equal(counted.Split(' ').Order(), (await CountedAsync(store, confirmedOnly)).Order());
    }

    [Fact]
    public async Task Withdrawing_takes_codes_memos_samples_and_citations_and_leaves_the_claim()
    {
        await using var store = await WithAnswerAsync();
        await SuggestAsync(store, "1", "burnout");
        await SayAsync(store, "Eve", ["burnout"], memo: "The quinquereme of Nineveh");
        await SayAsync(store, "Eve", ["burnout"], memo: "The quinquereme of Nineveh again");
        await People(store).SampleAsync("s", await new ReviewStore(store.Database).AnswersAsync("s", Cancellation), "Eve", Cancellation);
        var claims = new ClaimStore(store.Database, store.Writer, store.Time);
        await claims.SaveAsync("s", new Claim("c1", "Those who keep it running are the galleons of Malabar.", "Eve", ["s1/why", "s1/nowhere"]), Cancellation);
        Assert.Equal(["s1/why"], Assert.Single(await claims.AllAsync("s", Cancellation)).Cited);
        Assert.False(store.Holds("quinquereme"));
        Assert.False(store.Holds("Malabar"));

        await store.Turns.WithdrawAsync("s", "s1", Cancellation);

        foreach (var table in new[] { "assignment", "reading", "memo", "coding_event", "blind_sample", "claim_citation" })
            Assert.Equal(0, await store.AskAsync<long>($"select count(*) from {table}"));
        var left = Assert.Single(await claims.AllAsync("s", Cancellation));
        Assert.Equal(("Those who keep it running are the galleons of Malabar.", 0), (left.Text, left.Cited.Length));
        Assert.False(store.Holds("quinquereme"));
    }

    [Fact]
    public async Task The_sample_keeps_its_order_when_answers_come_later()
    {
        await using var store = await WithAnswerAsync();
        await People(store).SampleAsync("s", await new ReviewStore(store.Database).AnswersAsync("s", Cancellation), "Eve", Cancellation);
        await WithAnswerAsync(store, "bob");

        Assert.Equal(1, await People(store).SampleAsync("s", await new ReviewStore(store.Database).AnswersAsync("s", Cancellation), "Eve", Cancellation));
        Assert.Equal([("bob", 2), ("s1", 1)], (await new ReviewStore(store.Database).AnswersAsync("s", Cancellation)).Select(a => (a.Session, a.Sample!.Value)));
    }

    private static PeopleStore People(Store store) => new(store.Database, store.Writer, store.Time);

    private static Task<AnswerToRead?> ReadAsync(Store store) => new ReviewStore(store.Database).ReadAsync("s", "s1", "why", Cancellation);

    private static Task SayAsync(Store store, string person, params string[] codes) => SayAsync(store, person, codes, memo: "");

    private static async Task SayAsync(Store store, string person, string[] codes, string memo) =>
        Assert.Equal(Deed.Done, await People(store).SaveAsync("s", Coding((await ReadAsync(store))!, person, person, codes, memo), Cancellation));

    private static async Task<Deed> SettleAsync(Store store, string by, params string[] codes) =>
        await People(store).SaveAsync("s", Coding((await ReadAsync(store))!, Coders.Gold, by, codes, ""), Cancellation);

    private static PersonCoding Coding(AnswerToRead answer, string coder, string by, string[] codes, string memo) => new(
        answer.Answer.Session, answer.Answer.Address, answer.TextHash, coder, by,
        [.. codes.Select(code => new GivenCode(code, 5, 8, Polarity.Asserted, $"definition-{code[0]}"))],
        [.. Codes.Except(codes).Select(code => new GivenCode(code, null, null, Polarity.Asserted, $"definition-{code[0]}"))],
        memo);

    private static async Task<IEnumerable<(string, string)>> GivenAsync(Store store) =>
        (await CodingStoreTests.Coding(store).AssignmentsAsync("s", Cancellation)).Where(a => a.Status is AssignmentStatus.Confirmed or AssignmentStatus.Gold).Select(a => (a.Coder, a.Code));

    private static async Task<IEnumerable<string>> CountedAsync(Store store, bool confirmedOnly) =>
        (await new Tallies(store.Database, store.Writer).CountAsync(new Stratum("s", ""), [], new CodeCounting(null, confirmedOnly), Cancellation)).Mentions.Select(m => m.Code);

    private static async Task SuggestAsync(Store store, string version, params string[] codes)
    {
        var coding = CodingStoreTests.Coding(store);
        var waiting = await coding.UncodedAsync("s", "lexicon", version, 10, Cancellation);
        await coding.SaveAsync("s", "lexicon", version, [.. waiting.Select(answer => new CodedAnswer(
            answer.Session, answer.Address, answer.TextHash, [.. codes.Select(code => CodingStoreTests.Suggested(answer.Session, answer.Address, code))]))], Cancellation);
    }

    private static async Task<Store> WithAnswerAsync()
    {
        var store = await Store.OpenAsync();
        await WithAnswerAsync(store, "s1");
        return store;
    }

    private static async Task WithAnswerAsync(Store store, string session)
    {
        await store.BeginAsync(session, session);
        await store.SayAsync($"{session} 1", SmallFlow.Choose("upstream"), session);
        await store.SayAsync($"{session} 2", SmallFlow.Choose("4"), session);
        await store.SayAsync($"{session} 3", SmallFlow.Choose("2"), session);
        await store.SayAsync($"{session} 4", new Reply.Said(Said), session);
    }
}
