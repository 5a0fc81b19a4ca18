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

    private static CodeAssignment Said(string coder, string answer, string code, AssignmentStatus status = AssignmentStatus.Confirmed) =>
        new("s", answer, code, null, null, coder, "1", 1, Polarity.Asserted, [], status);
}
