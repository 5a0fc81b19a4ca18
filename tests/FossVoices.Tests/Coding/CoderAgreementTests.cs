using FossVoices.Coding;

namespace FossVoices.Tests.Coding;

public sealed class CoderAgreementTests
{
    private static readonly string[] Codes = ["burnout", "trust"];

    [Fact]
    public void A_machine_stands_by_what_it_suggested_and_people_by_what_they_decided()
    {
        var coders = CoderJudgements.Of(
            [
                Said("lexicon", "1", "burnout", AssignmentStatus.Confirmed),
                Said("lexicon", "2", "trust", AssignmentStatus.Rejected),
                Said("eve", "2", "burnout", AssignmentStatus.Confirmed),
                Said("lexicon", "3", "trust", AssignmentStatus.Superseded),
            ],
            [("lexicon", "s/1"), ("lexicon", "s/2"), ("lexicon", "s/3")]);

        Assert.Equal(["eve", "lexicon", "people"], coders.Select(coder => coder.Coder));
        Assert.Equal(["s/2"], coders[0].Given.Keys);
        Assert.Equal(["burnout"], coders[1].Given["s/1"]);
        Assert.Equal(["trust"], coders[1].Given["s/2"]);
        Assert.Empty(coders[1].Given["s/3"]);
        Assert.Equal(["burnout"], coders[2].Given["s/1"]);
        Assert.Equal(["burnout"], coders[2].Given["s/2"]);
    }

    [Fact]
    public void Only_answers_that_both_have_read_are_compared()
    {
        // Both read 1 to 4: burnout yes-yes, yes-no, no-no, no-no; trust never. Answer 5 was read by one alone.
        var coders = CoderJudgements.Of(
            [Said("ana", "1", "burnout"), Said("ana", "2", "burnout"), Said("ana", "5", "trust"), Said("bea", "1", "burnout")],
            [.. new[] { "1", "2", "3", "4" }.SelectMany(answer => new[] { ("ana", $"s/{answer}"), ("bea", $"s/{answer}") })]);

        var pair = PairAgreement.Of(coders.Single(c => c.Coder == "ana"), coders.Single(c => c.Coder == "bea"), Codes);

        Assert.Equal(4, pair.Answers);
        var burnout = pair.PerCode[0].Figures;
        Assert.Equal((0.5, 0.25, 0.75), (burnout.PrevalenceOne, burnout.PrevalenceOther, burnout.Agreement));
        Assert.Equal(0.5, burnout.Kappa!.Value, 1e-12);
        Assert.Equal(1 - (7.0 * 2 / (2 * 3 * 5)), burnout.Alpha!.Value, 1e-12);
        Assert.Null(pair.PerCode[1].Figures.Alpha);
        Assert.Equal(7.0 / 8, pair.Overall.Agreement);
    }

    [Fact]
    public void The_interval_is_the_same_every_time_and_holds_the_estimate()
    {
        var answers = Enumerable.Range(0, 60).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var coders = CoderJudgements.Of(
            [.. answers.Where((_, i) => i % 3 == 0).Select(a => Said("ana", a, "burnout")), .. answers.Where((_, i) => i % 3 == 0 && i % 4 != 0).Select(a => Said("bea", a, "burnout"))],
            [.. answers.SelectMany(a => new[] { ("ana", $"s/{a}"), ("bea", $"s/{a}") })]);

        var (one, other) = (coders.Single(c => c.Coder == "ana"), coders.Single(c => c.Coder == "bea"));
        var pair = PairAgreement.Of(one, other, Codes);

        Assert.InRange(pair.Overall.Alpha!.Value, pair.AlphaLow!.Value, pair.AlphaHigh!.Value);
        Assert.True(pair.AlphaHigh - pair.AlphaLow is > 0.05 and < 0.6);
        Assert.Equal((pair.AlphaLow, pair.AlphaHigh), (PairAgreement.Of(one, other, Codes).AlphaLow, PairAgreement.Of(one, other, Codes).AlphaHigh));
    }

    [Fact]
    public void What_two_people_settled_stands_for_people_whatever_either_had_said()
    {
        var coders = CoderJudgements.Of(
            [Said("ana", "1", "burnout"), Said("bea", "1", "trust"), Said("gold", "1", "trust", AssignmentStatus.Gold), Said("gold", "1", "burnout", AssignmentStatus.Rejected)],
            [("ana", "s/1"), ("bea", "s/1"), ("gold", "s/1")]);

        Assert.Equal(["trust"], coders.Single(c => c.Coder == CoderJudgements.People).Given["s/1"]);
        Assert.Equal(["burnout"], coders.Single(c => c.Coder == "ana").Given["s/1"]);
    }

    [Fact]
    public void A_code_that_came_later_was_not_judged_by_whoever_went_through_the_codes_before()
    {
        // On 1 ana said no of trust before burnout was a code; on 2 she said no of both. Bea gives burnout to both.
        var coders = CoderJudgements.Of(
            [
                Said("ana", "1", "trust", AssignmentStatus.Rejected), Said("ana", "2", "trust", AssignmentStatus.Rejected), Said("ana", "2", "burnout", AssignmentStatus.Rejected),
                Said("bea", "1", "burnout"), Said("bea", "2", "burnout"),
            ],
            [("ana", "s/1"), ("ana", "s/2"), ("bea", "s/1"), ("bea", "s/2")]);

        var pair = PairAgreement.Of(coders.Single(c => c.Coder == "ana"), coders.Single(c => c.Coder == "bea"), Codes);

        Assert.Equal((0, 1.0, 0), (pair.PerCode[0].Figures.PrevalenceOne, pair.PerCode[0].Figures.PrevalenceOther, pair.PerCode[0].Figures.Agreement));
        Assert.Equal(1.0, pair.PerCode[1].Figures.Agreement);
        Assert.Equal(2.0 / 3, pair.Overall.Agreement!.Value, 1e-12);
    }

    [Fact]
    public void A_machine_is_held_against_people_on_each_side()
    {
        // Upstream 1-3: people give burnout to 1 and 2, the machine to 2 and 3. Downstream 4: both.
        var reliability = CodeReliability.Of(
            [
                Said("ana", "1", "burnout"), Said("ana", "2", "burnout"), Said("ana", "4", "burnout"),
                Said("lexicon", "2", "burnout", AssignmentStatus.Suggested), Said("lexicon", "3", "burnout", AssignmentStatus.Suggested), Said("lexicon", "4", "burnout", AssignmentStatus.Suggested),
            ],
            [.. new[] { "1", "2", "3", "4" }.SelectMany(a => new[] { ("ana", $"s/{a}"), ("lexicon", $"s/{a}") })],
            answer => answer == "s/4" ? "downstream" : "upstream",
            Codes);

        var burnout = reliability[0];
        Assert.Equal(new CodeAccuracy(3, 2.0 / 3, 0.5, 0), burnout.Accuracy.Upstream);
        Assert.Equal(new CodeAccuracy(1, 1, 1, null), burnout.Accuracy.Downstream);
        Assert.Null(burnout.People);
        Assert.Equal(burnout.Machine!.Figures.Alpha, burnout.Alpha(countsUnchecked: true));
        Assert.Null(burnout.Alpha(countsUnchecked: false));
        Assert.Null(reliability[1].Accuracy.Upstream.Sensitivity);
        Assert.Equal(1, reliability[1].Accuracy.Upstream.Specificity);
    }

    [Fact]
    public void Three_people_are_judged_together_with_gaps_where_one_has_not_read()
    {
        // Burnout on 1: yes yes yes; 2: yes no no; 3: no no no; 4: read by two alone, yes yes.
        var coders = CoderJudgements.Of(
            [Said("a", "1", "burnout"), Said("b", "1", "burnout"), Said("c", "1", "burnout"), Said("a", "2", "burnout"), Said("a", "4", "burnout"), Said("b", "4", "burnout")],
            [.. new[] { "1", "2", "3" }.SelectMany(a => new[] { ("a", $"s/{a}"), ("b", $"s/{a}"), ("c", $"s/{a}") }), ("a", "s/4"), ("b", "s/4")]);

        var many = ManyCoders.Of([.. coders.Where(c => Coders.IsPerson(c.Coder))], ["burnout"])!;

        Assert.Equal((3, 4), (many.Answers, many.AnswersOfTwo));
        // P = (1 + 1/3 + 1) / 3, Pe = (4/9)² + (5/9)²; alpha by the coincidences of 11 values, 6 yes and 5 no, 2 of them off the diagonal.
        Assert.Equal(((7.0 / 9) - (41.0 / 81)) / (1 - (41.0 / 81)), many.FleissKappa!.Value, 1e-12);
        Assert.Equal(1 - (10 * 2 / (2.0 * 6 * 5)), many.Alpha!.Value, 1e-12);
        Assert.Null(ManyCoders.Of([.. coders.Where(c => c.Coder is "a" or "b")], ["burnout"]));
    }

    [Theory]
    [InlineData("  Eve   Example ", "Eve Example")]
    [InlineData("É. D-O'Brien_2", "É. D-O'Brien_2")]
    [InlineData("", null)]
    [InlineData("...", null)]
    [InlineData("Lexicon", null)]
    [InlineData("GOLD", null)]
    [InlineData("people", null)]
    [InlineData("llm", null)]
    [InlineData("<b>eve</b>", null)]
    [InlineData("eve@example.org", null)]
    [InlineData("a name that goes on for more than forty characters", null)]
    public void A_name_is_a_name_and_nobody_elses(string said, string? name) => Assert.Equal(name, Coders.Name(said, ["Bob"]));

    [Fact]
    public void Whoever_has_a_name_already_goes_on_under_it_and_half_a_character_is_none()
    {
        Assert.Equal("Eve D", Coders.Name(" eve  d", ["Bob", "Eve D"]));
        Assert.Null(Coders.Name("\uD800", []));
    }

    private static CodeAssignment Said(string coder, string answer, string code, AssignmentStatus status = AssignmentStatus.Confirmed) =>
        new("s", answer, code, null, null, coder, "1", 1, Polarity.Asserted, [], status);
}
