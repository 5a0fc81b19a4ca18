using CsCheck;
using FossVoices.Sessions;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

public sealed class ContributionTests
{
    private static readonly TallyRules s_rules = TallyRules.Of(
        [
            new TensionHalves("within", new TensionHalf("survey", "help.own", 3), new TensionHalf("survey", "pay", 2)),
            new TensionHalves("across", new TensionHalf("survey", "pay", 2), new TensionHalf("interview", "pay", 2)),
        ],
        [new Question("survey", "why")]);

    private static readonly Gen<StoredAnswer> s_answer = Gen.Select(Gen.Int[0, 3], Gen.Int[1, 4], Gen.Bool, Gen.Int[0, 3]).Select((kind, point, onPath, coded) => kind switch
    {
        0 => new StoredAnswer("words", "", null, onPath)
        {
            Coded = CodesGiven.Of([.. new[] { "lexicon", "ada", "bob" }.Take(coded)], new[] { ("burnout", "suggested", "lexicon"), ("burnout", "rejected", "ada"), ("trust", "confirmed", "bob") }.Take(coded)),
        },
        1 => new StoredAnswer("dont_know", "", null, onPath),
        _ => new StoredAnswer("point", TallyCell.Text(point), point, onPath),
    });

    private static readonly Gen<Dictionary<string, StoredAnswer>> s_answers = Gen.Dictionary(One("help.own", "help.other", "pay", "why", "why#rest", "else"), s_answer)[0, 6];

    private static readonly Gen<StoredSession> s_session = Gen.Select(s_answers, One("", "upstream", "downstream"), Gen.Bool, Gen.Int[0, 1], Gen.Bool, Gen.Bool, Gen.Bool)
        .Select((answers, side, both, startedAt, attested, core, finished) =>
            new StoredSession("s1", "survey", "w", new Origin("web", "", Public: false, attested), "", side, both, startedAt, core, finished, answers));

    /// <summary>A turn counts only what it touches; that must come to the same as taking the person away and adding the person again.</summary>
    [Fact]
    public void What_a_change_counts_is_the_difference_of_before_and_after()
    {
        Gen.Select(s_session, s_session, Gen.Bool, Gen.Bool, s_session, s_session).Sample(
            (before, changed, sameSide, alone, other, third) =>
            {
                var after = changed with { Origin = before.Origin, StartedAt = before.StartedAt };
                if (sameSide)
                    after = after with { Side = before.Side, Both = before.Both };
                StoredSession[] others = alone ? [] : [other with { Session = "s2", Flow = "interview" }, third with { Session = "s3" }];

                var change = new Contribution(s_rules);
                change.Change(others, before, after);
                var whole = new Contribution(s_rules);
                whole.Count([.. others, before], sign: -1);
                whole.Count([.. others, after], sign: 1);

                Assert.Equal(Print(whole), Print(change));
            },
            iter: Long.Run(always: 2_000, lots: 1_000_000));
    }

    [Fact]
    public void Nobody_is_counted_twice_in_a_cell_of_persons()
    {
        Gen.Select(s_session, s_session, s_session).Sample((one, other, third) =>
        {
            var person = new Contribution(s_rules);
            person.Count([one, other with { Session = "s2", Flow = "interview" }, third with { Session = "s3" }], sign: 1);

            Assert.All(person.Changes.Where(cell => cell.Key.Kind is not TallyCell.Answers and not TallyCell.ConfirmedAnswers), cell => Assert.Equal(1, cell.Value));
        });
    }

    private static Gen<string> One(params string[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);

    private static string Print(Contribution contribution) =>
        string.Join('\n', contribution.Changes.Select(cell => $"{cell.Key} {cell.Value}").Order(StringComparer.Ordinal));
}
