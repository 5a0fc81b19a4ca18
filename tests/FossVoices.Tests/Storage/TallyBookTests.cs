using System.Globalization;
using CsCheck;
using FossVoices.Coding;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

/// <summary>Whatever happens to what is stored, the tallies that are kept are those that a recount finds, after every step.</summary>
public sealed class TallyBookTests
{
    private const int People = 4;

    private static readonly string[] s_flows = [SmallFlow.Id, "interview"];
    private static readonly string[] s_waves = ["", "w2"];

    private static readonly Reply[] s_replies =
    [
        SmallFlow.Choose("upstream"), SmallFlow.Choose("downstream"), SmallFlow.Choose("both"), .. new[] { "1", "2", "3", "4", "5" }.Select(point => SmallFlow.Choose(point)),
        SmallFlow.Choose(Reply.DontKnow),
        SmallFlow.Choose("work"), SmallFlow.Choose("time"), SmallFlow.Choose("time", "money"), new Reply.Said("tired"), new Reply.Said("12"),
        new Reply.Skip(), new Reply.Back(), new Reply.Change("role"), new Reply.Change("help.own"), new Reply.Change("help.other"), new Reply.Change("why"), new Reply.Onward(),
    ];

    private static readonly TallyRules[] s_rules =
    [
        TallyRules.None,
        TallyRules.Of([Tension("t", SmallFlow.Id, SmallFlow.Id, 4), Tension("across", SmallFlow.Id, "interview", 3)], [new Question(SmallFlow.Id, "why")]),
        TallyRules.Of([Tension("t", SmallFlow.Id, SmallFlow.Id, 2)], []),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_kept_is_what_a_recount_finds_after_every_step()
    {
        var steps = Gen.Select(Gen.Int[0, 99], Gen.Int[0, int.MaxValue]).Array[20, 60];
        await steps.SampleAsync(
            async history =>
            {
                await using var store = await Store.OpenAsync();
                for (var i = 0; i < history.Length; i++)
                {
                    var (what, seed) = history[i];
                    store.Time.Advance(TimeSpan.FromMinutes(seed % 3)); // At the same moment, too.
                    await StepAsync(store, i, what, new Random(seed));
                    Assert.Empty((await new Tallies(store.Database, store.Writer).CompareAsync(Cancellation)).Faults);
                }

                await AssertReadAsync(store);
            },
            iter: Long.Run(always: 5, lots: 500),
            threads: 1);
    }

    [Fact]
    public async Task A_data_folder_from_before_there_were_tallies_is_counted_when_it_is_opened()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAllAsync(store);
        var before = await store.AskAsync<string>("select group_concat(side || about || area || name || kind || value || counted, '|') from (select * from tally order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)");

        await store.DoAsync("delete from tally; delete from tally_rules");
        await store.ReopenAsync();

        Assert.NotEmpty(before);
        Assert.Equal(before, await store.AskAsync<string>("select group_concat(side || about || area || name || kind || value || counted, '|') from (select * from tally order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)"));
    }

    [Fact]
    public async Task A_cell_that_was_tampered_with_is_named_and_can_be_mended()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAllAsync(store);
        await store.DoAsync("update tally set counted = counted + 2 where name = 'help.own'");
        await store.DoAsync("delete from tally where about = 'came' and kind = 'finished'");
        var tallies = new Tallies(store.Database, store.Writer);

        var (_, faults) = await tallies.CompareAsync(Cancellation);

        Assert.Equal(
            ["upstream/answer/survey/help.own/point/4 3 1", "upstream/came/web/finished 0 1"],
            faults.Select(fault => string.Create(CultureInfo.InvariantCulture, $"{fault.Cell} {fault.Kept} {fault.Counted}")));
        Assert.All(faults, fault => Assert.Equal(SmallFlow.Study, fault.Study));
        await tallies.MendAsync(["s"], Cancellation);
        Assert.Empty((await tallies.CompareAsync(Cancellation)).Faults);
    }

    [Fact]
    public async Task When_the_last_one_who_said_something_leaves_its_cell_goes_too()
    {
        await using var store = await Store.OpenAsync();
        await AnswerAllAsync(store);
        Assert.Equal(1, await store.AskAsync<long>("select counted from tally where kind = 'number' and value = '12'"));

        await store.Turns.WithdrawAsync("s", "s1", Cancellation);

        Assert.Equal(0, await store.AskAsync<long>("select count(*) from tally"));
    }

    /// <summary>What a report reads is what it would count.</summary>
    private static async Task AssertReadAsync(Store store)
    {
        var tallies = new Tallies(store.Database, store.Writer);
        Assert.Equal(0, await store.AskAsync<long>("select count(*) from tally where counted <= 0"));
        foreach (var rules in s_rules)
        {
            await tallies.RuleAsync("s", rules, Cancellation);
            var codes = new CodeCounting(rules.AskedOfBoth is { } asked ? [.. asked] : null, ConfirmedOnly: rules.Tensions.Length == 2);
            var stratum = new Stratum("s", "");
            var kept = await tallies.CountAsync(stratum, rules.Tensions, codes, Cancellation);
            var counted = await store.Database.LookAsync(moment => Recount.TallyAsync(moment, stratum, rules.Tensions, codes), Cancellation);
            Assert.Equal(Print(counted), Print(kept));
        }
    }

    private static string Print(Tally tally) => string.Join('\n', [.. tally.Values, .. tally.Differences, .. tally.Tensions, .. tally.Mentions, .. tally.Codable, tally.Unread]);

    private static async Task StepAsync(Store store, int number, int what, Random chance)
    {
        var (flow, wave) = (s_flows[chance.Next(2)], s_waves[chance.Next(2)]);
        var person = $"p{chance.Next(People)}";
        var session = $"{person} {flow} {wave}";
        switch (what)
        {
            case < 20:
                await store.TryBeginAsync($"begin {number}", person, session, flow, new Origin(chance.Next(2) == 0 ? "web" : "discord", "", Attested: chance.Next(3) == 0), wave);
                break;
            case < 24:
                await TalliesTests.AttestAsync(store, session);
                break;
            case < 70:
                for (var i = 0; i < 6; i++) // Several at once, so that people come somewhere.
                    await store.SayAsync($"say {number} {i}", s_replies[chance.Next(s_replies.Length)], session);
                break;
            case < 75:
                await store.Turns.WithdrawAsync("s", session, Cancellation);
                break;
            case < 82:
                var file = ImportStoreTests.File($"{chance.Next(2)}.md", [.. Enumerable.Range(0, chance.Next(5)).Select(i => (chance.Next(2) == 0 ? "ADA" : "BOB", chance.Next(2) == 0 ? "tired" : "fine"))], side: chance.Next(2) == 0 ? "upstream" : "downstream");
                await ImportStoreTests.Import(store).TakeAsync(file with { Wave = wave, Public = chance.Next(2) == 0, Release = chance.Next(3) == 0 ? "none" : "named" }, Cancellation);
                break;
            case < 90:
                var coding = CodingStoreTests.Coding(store);
                var coder = new[] { "lexicon", "combined", "llm" }[chance.Next(3)];
                var answers = (await coding.UncodedAsync("s", coder, $"{chance.Next(2)}", 100, Cancellation)).Where(_ => chance.Next(3) > 0);
                await coding.SaveAsync(
                    "s", coder, $"{number}",
                    [.. answers.Select(a => new CodedAnswer(a.Session, a.Address, a.TextHash, a.Text == "tired" ? [CodingStoreTests.Suggested(a.Session, a.Address, chance.Next(2) == 0 ? "burnout" : "trust")] : []))],
                    Cancellation);
                break;
            case < 93:
                await ReleaseAsync(store, chance);
                break;
            case < 96:
                await PersonAsync(store, chance);
                break;
            case < 98:
                await new Tallies(store.Database, store.Writer).RuleAsync("s", s_rules[chance.Next(s_rules.Length)], Cancellation);
                break;
            default:
                var now = store.Time.GetUtcNow();
                await store.Turns.ExpireAsync("s", now, now.AddMinutes(-30), Cancellation);
                break;
        }

    }

    /// <summary>Somebody says what may become of own words, or changes an imported turn.</summary>
    private static async Task ReleaseAsync(Store store, Random chance)
    {
        var words = new OwnWordsStore(store.Database, store.Writer, store.Time);
        var respondent = await store.AskAsync<string?>("select respondent from session where study = 's' order by random() limit 1") ?? "";
        foreach (var row in (await words.OfAsync("s", respondent, session: null, Cancellation)).Where(_ => chance.Next(2) == 0))
        {
            if (chance.Next(4) == 0)
                await words.RewriteAsync("s", respondent, row.Session, row.Address, chance.Next(2) == 0 ? "tired" : "", [], Cancellation);
            else
                await words.ReleaseAsync("s", respondent, row.Session, row.Address, new Releasing((Release)chance.Next(5), "Ann", null, "", "terms"), [], Cancellation);
        }
    }

    /// <summary>Somebody codes an answer, settles two people's codings of it, or takes back what was said last.</summary>
    private static async Task PersonAsync(Store store, Random chance)
    {
        var (people, person) = (new PeopleStore(store.Database, store.Writer, store.Time), new[] { "eve", "max" }[chance.Next(2)]);
        if (chance.Next(4) == 0)
            await people.UndoAsync("s", person, Cancellation);
        foreach (var answer in (await CodingStoreTests.Coding(store).UncodedAsync("s", "nobody", "0", 100, Cancellation)).Where(_ => chance.Next(2) == 0))
        {
            GivenCode[] codes = [new("burnout", null, null, Polarity.Asserted, "definition:1"), new("trust", null, null, Polarity.Asserted, "definition:1")];
            var given = chance.Next(3);
            await people.SaveAsync(
                "s",
                new PersonCoding(answer.Session, answer.Address, answer.TextHash, chance.Next(4) == 0 ? Coders.Gold : person, person, [.. codes[..given]], [.. codes[given..]], Memo: ""),
                Cancellation);
        }
    }

    private static async Task AnswerAllAsync(Store store)
    {
        await store.BeginAsync();
        Reply[] replies = [SmallFlow.Choose("upstream"), SmallFlow.Choose("4"), SmallFlow.Choose("4"), new Reply.Said("tired"), SmallFlow.Choose("time"), new Reply.Said("12")];
        for (var i = 0; i < replies.Length; i++)
            Assert.IsType<Kept.Now>(await store.SayAsync($"{i}", replies[i]));
    }

    private static TensionHalves Tension(string id, string a, string b, int from) => new(id, new TensionHalf(a, "help.own", from), new TensionHalf(b, "help.other", from));
}
