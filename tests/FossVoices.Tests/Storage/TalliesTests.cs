using FossVoices.Flows;
using FossVoices.Gaps;
using FossVoices.Sessions;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

public sealed class TalliesTests
{
    private static readonly Stratum Hidden = new("s", "");
    private static readonly Stratum Published = new("s", "", Public: true);
    private static readonly CodeCounting Unchecked = new(AskedOfBoth: null, ConfirmedOnly: false);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Persons_are_counted_by_side_and_answer()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "ada", "upstream", "4", "2");
        await AnswerAsync(store, "bob", "upstream", "4", Reply.DontKnow);
        await AnswerAsync(store, "cleo", "downstream", "1", "5");
        await AnswerAsync(store, "dan", "both", "1", "1");

        var tally = await CountAsync(store, Hidden);

        Assert.Equal([0, 0, 0, 2, 0], tally.Points(Sides.Upstream, SmallFlow.Id, "help.own", 5));
        Assert.Equal([1, 0, 0, 0, 0], tally.Points(Sides.Downstream, SmallFlow.Id, "help.own", 5));
        Assert.Equal([1, 0, 0, 0, 0], tally.Points(Sides.Both, SmallFlow.Id, "help.own", 5));
        Assert.Equal([0, 1, 0, 0, 0], tally.Points(Sides.Upstream, SmallFlow.Id, "help.other", 5));
        Assert.Equal(1, tally.Persons(Sides.Upstream, SmallFlow.Id, "help.other", "dont_know"));
        Assert.Equal(
            [("downstream", -4, 1L), ("upstream", 2, 1L)],
            tally.Differences.Where(d => d.Side != Sides.Both).Select(d => (d.Side, d.Difference, d.Persons)));
        Assert.All(tally.Differences, d => Assert.Equal("help", d.Item));
    }

    [Fact]
    public async Task The_counts_are_what_gaps_are_computed_from()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "ada", "upstream", "4", "2");
        await AnswerAsync(store, "bob", "upstream", "3", "3");
        await AnswerAsync(store, "cleo", "downstream", "1", "5");
        await AnswerAsync(store, "dan", "both", "1", "1");
        await store.SayAsync("ada why", new Reply.Said("tired"), "ada");
        await CodeAsync(store, _ => ["burnout"]);
        var tension = new TensionHalves("t", new TensionHalf(SmallFlow.Id, "help.own", 3), new TensionHalf(SmallFlow.Id, "help.other", 3));

        var tally = await CountAsync(store, Hidden, [tension], Unchecked);
        var item = tally.OfItem(SmallFlow.Id, "help", pair: true, points: 5, agreeFrom: 4);

        Assert.Equal(("1,0,0,0,0", "0,0,1,1,0"), (item.Own.Downstream.ToString(), item.Own.Upstream.ToString()));
        Assert.Equal(("0,0,0,0,1", "0,1,1,0,0"), (item.Guesses!.Guesses.Downstream.ToString(), item.Guesses.Guesses.Upstream.ToString()));
        Assert.Equal(Differences.Of(guessHigher: 1, same: 0, guessLower: 0), item.Guesses.Differences.Downstream);
        Assert.Equal(Differences.Of(guessHigher: 0, same: 1, guessLower: 1), item.Guesses.Differences.Upstream);
        Assert.Equal(new CodeCounts("burnout", new(new Share(0, 0), new Share(1, 1))), tally.OfCode("burnout"));
        Assert.Equal(new CodeCounts("trust", new(new Share(0, 0), new Share(0, 1))), tally.OfCode("trust"));
        Assert.Equal(new TensionCounts("t", new(new HalvesHeld(0, 0, 1, 0), new HalvesHeld(0, 1, 0, 1))), tally.OfTension("t"));
    }

    [Fact]
    public async Task Options_are_counted_one_by_one_also_where_several_were_picked()
    {
        await using var store = await Store.OpenAsync();
        foreach (var (person, picks) in new[] { ("ada", new[] { "time" }), ("bob", ["time", "money"]) })
        {
            await AnswerAsync(store, person, "upstream", "4", "2");
            await store.SayAsync($"{person} why", new Reply.Skip(), person);
            await store.SayAsync($"{person} needs", SmallFlow.Choose(picks), person);
        }

        var tally = await CountAsync(store, Hidden);

        Assert.Equal([("money", 1L), ("time", 2L)], tally.Options(Sides.Upstream, SmallFlow.Id, "needs").Select(o => (o.Key, o.Value)));
        Assert.Equal(2, tally.Options(Sides.Upstream, SmallFlow.Id, "role")["upstream"]);
        Assert.Equal(2, tally.Persons(Sides.Upstream, SmallFlow.Id, "why", "skipped"));
    }

    [Fact]
    public async Task Answers_left_behind_by_going_back_are_not_counted_and_a_changed_side_takes_the_person_along()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "ada", "downstream", "4", "2");
        await store.SayAsync("use", SmallFlow.Choose("work"), "ada");
        await store.SayAsync("back", new Reply.Change("role"), "ada");
        await store.SayAsync("other side", SmallFlow.Choose("upstream"), "ada");

        var tally = await CountAsync(store, Hidden);

        Assert.Empty(tally.Values.Where(v => v.Address == "use" || v.Side == Sides.Downstream));
        Assert.Equal([0, 0, 0, 1, 0], tally.Points(Sides.Upstream, SmallFlow.Id, "help.own", 5));
    }

    [Fact]
    public async Task A_person_counts_once_in_all_waves_together_with_the_last_session()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "ada", "upstream", "4", "2", wave: "w1");
        store.Time.Advance(TimeSpan.FromDays(100));
        await AnswerAsync(store, "ada", "downstream", "5", "2", wave: "w2", id: "later");

        var first = await CountAsync(store, Hidden with { Wave = "w1" });
        var all = await CountAsync(store, Hidden with { Wave = null });

        Assert.Equal([0, 0, 0, 1, 0], first.Points(Sides.Upstream, SmallFlow.Id, "help.own", 5));
        Assert.Equal([0, 0, 0, 0, 1], all.Points(Sides.Downstream, SmallFlow.Id, "help.own", 5));
        Assert.Empty(all.Values.Where(v => v.Side == Sides.Upstream));
    }

    [Fact]
    public async Task A_flow_that_does_not_ask_for_the_side_takes_it_from_the_one_that_did()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "ada", "upstream", "4", "2");
        store.Time.Advance(TimeSpan.FromHours(1));
        await store.BeginAsync("ada", "interview of ada", flow: "interview");

        var coverage = await new CoverageStore(store.Database).CountAsync("s", "", Cancellation);

        Assert.Equal(1, coverage.On(Sides.Upstream));
        Assert.Equal(1, coverage.Started);
    }

    [Fact]
    public async Task Tensions_are_counted_by_the_halves_that_people_hold()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "ada", "upstream", "5", "5");
        await AnswerAsync(store, "bob", "upstream", "5", "1");
        await AnswerAsync(store, "cleo", "upstream", "1", "4");
        await AnswerAsync(store, "dan", "upstream", "1", "1");
        await AnswerAsync(store, "eve", "upstream", "1", Reply.DontKnow);
        await AnswerAsync(store, "fay", "downstream", "4", "4");
        var tension = new TensionHalves("t", new TensionHalf(SmallFlow.Id, "help.own", 4), new TensionHalf(SmallFlow.Id, "help.other", 4));

        var tally = await CountAsync(store, Hidden, [tension], Unchecked);

        Assert.Equal(
            [("downstream", 1, 1, 1L), ("upstream", 0, 0, 1L), ("upstream", 0, 1, 1L), ("upstream", 1, 0, 1L), ("upstream", 1, 1, 1L)],
            tally.Tensions.Select(held => (held.Side, held.HoldsA, held.HoldsB, held.Persons)));
    }

    [Fact]
    public async Task Only_attested_people_are_counted_where_that_is_asked()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "ada", "upstream", "4", "2");
        await AnswerAsync(store, "bob", "upstream", "1", "2");
        await AttestAsync(store, "ada");

        Assert.Equal([1, 0, 0, 1, 0], (await CountAsync(store, Hidden)).Points(Sides.Upstream, SmallFlow.Id, "help.own", 5));
        Assert.Equal([0, 0, 0, 1, 0], (await CountAsync(store, Hidden with { AttestedOnly = true })).Points(Sides.Upstream, SmallFlow.Id, "help.own", 5));
    }

    [Fact]
    public async Task Codes_are_counted_in_persons_of_those_whose_words_were_read()
    {
        await using var store = await Store.OpenAsync();
        var import = ImportStoreTests.Import(store);
        await import.TakeAsync(ImportStoreTests.File("a.md", [("ADA", "tired"), ("ADA", "tired again"), ("BOB", "fine")]), Cancellation);
        store.Time.Advance(TimeSpan.FromMinutes(1));
        await import.TakeAsync(ImportStoreTests.File("b.md", [("CLEO", "tired"), ("ADA", "tired elsewhere")], side: "downstream"), Cancellation);
        await import.TakeAsync(ImportStoreTests.File("c.md", [("DAN", "tired")]) with { Release = "none" }, Cancellation);
        await CodeAsync(store, text => text.Contains("tired", StringComparison.Ordinal) ? ["burnout"] : []);
        await import.TakeAsync(ImportStoreTests.File("d.md", [("EVE", "not read yet")]), Cancellation);

        var tally = await CountAsync(store, Published);

        // Ada's last file says downstream: there she counts, with all she said.
        Assert.Equal([("downstream", 2L, 0L, 4L)], tally.Mentions.Select(m => (m.Side, m.Persons, m.Confirmed, m.Answers)));
        Assert.Equal([("downstream", 2L), ("upstream", 1L)], tally.Codable.Select(c => (c.Side, c.Persons)));
        Assert.Equal(1, tally.Unread);
        Assert.Empty((await CountAsync(store, Hidden)).Mentions);
    }

    [Fact]
    public async Task Mentions_after_a_probe_and_in_questions_of_one_side_do_not_count()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "ada", "upstream", "4", "2");
        await store.SayAsync("why", new Reply.Said("plain"), "ada", heard: new Heard([new HeardCode("burnout", 1)], Distress: false, "1"));
        await store.SayAsync("probe", new Reply.Said("tired"), "ada");
        await CodeAsync(store, text => text == "tired" ? ["burnout"] : ["money"]);

        var all = await CountAsync(store, Hidden);
        var none = await CountAsync(store, Hidden, [], new CodeCounting([new Question(SmallFlow.Id, "other")], ConfirmedOnly: false));
        var asked = await CountAsync(store, Hidden, [], new CodeCounting([new Question(SmallFlow.Id, "why")], ConfirmedOnly: false));

        Assert.Equal(["money"], all.Mentions.Select(m => m.Code));
        Assert.Empty(none.Mentions);
        Assert.Empty(none.Codable);
        Assert.Equal(["money"], asked.Mentions.Select(m => m.Code));
    }

    [Fact]
    public async Task A_rejected_code_counts_no_more_and_a_confirmed_one_is_told_apart()
    {
        await using var store = await Store.OpenAsync();
        foreach (var person in new[] { "ada", "bob", "cleo" })
        {
            await AnswerAsync(store, person, "upstream", "4", "2");
            await store.SayAsync($"{person} why", new Reply.Said("tired"), person);
        }

        await CodeAsync(store, _ => ["burnout"]);
        await CodeAsync(store, _ => ["burnout"], coder: "linear");
        await DecideAsync(store, "ada", "rejected");
        await DecideAsync(store, "bob", "confirmed");

        var counted = Assert.Single((await CountAsync(store, Hidden)).Mentions);
        var confirmed = Assert.Single((await CountAsync(store, Hidden, [], new CodeCounting(null, ConfirmedOnly: true))).Mentions);

        Assert.Equal((2, 1), (counted.Persons, counted.Confirmed));
        Assert.Equal((1, 1), (confirmed.Persons, confirmed.Confirmed));
    }

    [Fact]
    public async Task Withdrawing_takes_a_person_out_of_every_count()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAsync(store, "ada", "upstream", "4", "2");
        await AnswerAsync(store, "bob", "upstream", "5", "2");
        await store.Turns.WithdrawAsync("s", "ada", Cancellation);

        Assert.Equal([0, 0, 0, 0, 1], (await CountAsync(store, Hidden)).Points(Sides.Upstream, SmallFlow.Id, "help.own", 5));
    }

    [Fact]
    public async Task Coverage_tells_how_far_people_came_and_where_they_stopped()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync("ada", "ada", origin: new Origin("web", "talk"));
        await AnswerAsync(store, "bob", "upstream", "4", "2");
        await AnswerAsync(store, "cleo", "downstream", "4", "2");
        await store.SayAsync("cleo use", SmallFlow.Choose("fun"), "cleo");
        foreach (var skipped in new[] { "why", "needs", "years" })
            await store.SayAsync($"cleo {skipped}", new Reply.Skip(), "cleo");
        await AnswerAsync(store, "dan", "both", "4", "2");
        await store.Turns.WithdrawAsync("s", "dan", Cancellation);
        await ImportStoreTests.Import(store).TakeAsync(ImportStoreTests.File("a.md", [("EVE", "one"), ("EVE", "two")]), Cancellation);

        var coverage = await new CoverageStore(store.Database).CountAsync("s", "", Cancellation);

        Assert.Equal(
            [
                ("both", "web", "", false, 0L, 0L, 0L, 1L),
                ("downstream", "web", "", false, 1L, 1L, 1L, 0L),
                ("unknown", "web", "talk", false, 1L, 0L, 0L, 0L),
                ("upstream", "import", "", true, 1L, 1L, 1L, 0L),
                ("upstream", "web", "", false, 1L, 1L, 0L, 0L),
            ],
            coverage.Groups.Select(g => (g.Side, g.Platform, g.Source, g.Public, g.Started, g.Core, g.Finished, g.Withdrawn)));
        Assert.Equal((4, 3, 2, 1), (coverage.Started, coverage.Core, coverage.Finished, coverage.Withdrawn));
        Assert.Equal([("role", 1L), ("why", 1L)], coverage.Stops.Select(stop => (stop.Address, stop.Persons)));
        Assert.Equal((4, 9), (coverage.Sessions, coverage.Answers));
    }

    private static Task<Tally> CountAsync(Store store, Stratum stratum) => CountAsync(store, stratum, [], Unchecked);

    /// <summary>What is kept, which must be what the rows say.</summary>
    private static async Task<Tally> CountAsync(Store store, Stratum stratum, TensionHalves[] tensions, CodeCounting codes)
    {
        await new Tallies(store.Database, store.Writer).RuleAsync(stratum.Study, TallyRules.Of(tensions, codes.AskedOfBoth), Cancellation);
        Assert.Empty((await new Tallies(store.Database, store.Writer).CompareAsync(Cancellation)).Faults);
        return await new Tallies(store.Database, store.Writer).CountAsync(stratum, tensions, codes, Cancellation);
    }

    private static async Task AnswerAsync(Store store, string person, string side, string own, string other, string wave = "", string? id = null)
    {
        id ??= person;
        await store.BeginAsync(person, id, wave: wave);
        await store.SayAsync($"{id} side", SmallFlow.Choose(side), id);
        var guessFirst = (await store.LoadAsync(id)).Progress.Draws.GuessFirst.Contains("help");
        await store.SayAsync($"{id} first", SmallFlow.Choose(guessFirst ? other : own), id);
        await store.SayAsync($"{id} second", SmallFlow.Choose(guessFirst ? own : other), id);
    }

    private static async Task CodeAsync(Store store, Func<string, string[]> codes, string coder = "lexicon")
    {
        var coding = CodingStoreTests.Coding(store);
        var answers = await coding.UncodedAsync("s", coder, "1", 100, Cancellation);
        await coding.SaveAsync(
            "s",
            coder,
            "1",
            [.. answers.Select(a => new CodedAnswer(a.Session, a.Address, a.TextHash, [.. codes(a.Text).Select(code => CodingStoreTests.Suggested(a.Session, a.Address, code))]))],
            Cancellation);
    }

    internal static Task<int> AttestAsync(Store store, string session) => store.Writer.WriteAsync(
        transaction => TallyBook.KeepSessionsAsync(transaction, "s", [session], () => transaction.ExecuteAsync(
            "update session set attested = 1 where session = @session and side <> ''", new { session })),
        Cancellation);

    private static Task<int> DecideAsync(Store store, string session, string status) => store.Writer.WriteAsync(
        transaction => TallyBook.KeepSessionsAsync(transaction, "s", [session], () => transaction.ExecuteAsync(
            "update assignment set status = @status, decided_by = 'eve', decided_at = 1 where session = @session and coder = 'lexicon'", new { session, status })),
        Cancellation);
}
