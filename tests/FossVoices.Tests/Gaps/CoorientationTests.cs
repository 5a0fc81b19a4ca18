using CsCheck;
using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

public sealed class CoorientationTests
{
    private static readonly Histogram High = Histogram.Of(0, 5, 10, 30, 35);
    private static readonly Histogram Low = Histogram.Of(35, 30, 10, 5, 0);
    private static readonly Histogram AlsoHigh = Histogram.Of(0, 50, 100, 300, 350);

    [Fact]
    public void Paired_dominance_of_a_made_up_side_comes_out()
    {
        var paired = PairedDominance.Of(Differences.OwnMinusGuess(
            [new(2, 3), new(1, 6), new(0, 10), new(-1, 15), new(-2, 8), new(-3, 2)]));
        Assert.Equal(44, paired.Persons);
        Near.Equal(0.36363636363636365, paired.Dominance);
        Near.Equal(0.014895252738804534, paired.Variance);
        Near.Equal(0.11750692815205097, paired.Interval.Low);
        Near.Equal(0.6097657991206763, paired.Interval.High);
        Near.Equal(0.00904118549078703, paired.SignTestP);
    }

    [Fact]
    public void On_ten_people_or_fewer_the_sign_test_decides()
    {
        var paired = PairedDominance.Of(Differences.Of(guessHigher: 7, same: 2, guessLower: 1));
        Near.Equal(0.0703125, paired.SignTestP);
        Near.Equal(1.1001817683751205, paired.Unclipped?.High);
        Assert.Equal(1, paired.Interval.High);
        Assert.True(paired.Interval.ExcludesZero);
        Assert.False(paired.ExcludesZero);
    }

    [Fact]
    public void A_few_people_who_all_answer_alike_prove_nothing()
    {
        Assert.False(PairedDominance.Of(Differences.Of(guessHigher: 3, same: 0, guessLower: 0)).ExcludesZero);
        Assert.True(PairedDominance.Of(Differences.Of(guessHigher: 6, same: 0, guessLower: 0)).ExcludesZero);
        Assert.False(PairedDominance.Of(Differences.Of(guessHigher: 0, same: 3, guessLower: 0)).Interval.LiesWithin(Verdict.Margin));
        Assert.True(PairedDominance.Of(Differences.Of(guessHigher: 0, same: 40, guessLower: 0)).Interval.LiesWithin(Verdict.Margin));
    }

    [Fact]
    public void Paired_dominance_stays_on_its_scale_and_has_width() =>
        Gen.Select(Gen.Long[0, 30], Gen.Long[0, 30], Gen.Long[0, 30]).Sample((higher, same, lower) =>
        {
            if (higher + same + lower == 0)
                return;

            var paired = PairedDominance.Of(Differences.Of(higher, same, lower));
            var turned = PairedDominance.Of(Differences.Of(lower, same, higher));
            Assert.True(paired.Interval.Contains(paired.Dominance) && paired.Interval is { Low: >= -1, High: <= 1 });
            Assert.True(paired.Interval.Width > 0);
            Assert.InRange(paired.SignTestP, double.Epsilon, 1);
            Near.Equal(-paired.Interval.Low, turned.Interval.High);
            Near.Equal(paired.SignTestP, turned.SignTestP);
        });

    [Theory]
    [InlineData(Relation.Same, Relation.Same, Perception.SharedView)]
    [InlineData(Relation.Same, Relation.Different, Perception.ImaginedDisagreement)]
    [InlineData(Relation.Different, Relation.Same, Perception.HiddenDisagreement)]
    [InlineData(Relation.Different, Relation.Different, Perception.OpenDisagreement)]
    [InlineData(Relation.Undetermined, Relation.Same, Perception.NotEnoughAnswers)]
    [InlineData(Relation.Undetermined, Relation.Different, Perception.NotEnoughAnswers)]
    [InlineData(Relation.Same, Relation.Undetermined, Perception.NotEnoughAnswers)]
    [InlineData(Relation.Different, Relation.Undetermined, Perception.NotEnoughAnswers)]
    public void A_state_needs_both_what_is_and_what_is_thought(object really, object perceived, object state) =>
        Assert.Equal((Perception)state, Coorientation.PerceptionOf((Relation)really, (Relation)perceived));

    [Fact]
    public void Each_side_may_be_in_a_state_of_its_own()
    {
        // The sides differ. Downstream thinks that upstream expects the same; upstream knows better.
        var coorientation = Coorientation.Of(
            new(High, Low), new(new(High, High), new(Differences.Of(3, 74, 3), Differences.Of(70, 8, 2))), minimumGroup: 10);

        Assert.Equal(Perception.HiddenDisagreement, coorientation.Views.Downstream.Perception);
        Assert.Equal(Perception.OpenDisagreement, coorientation.Views.Upstream.Perception);
        Assert.True(coorientation.Views.Downstream.Accuracy!.Low > 0.5); // downstream guesses far too high
        Assert.True(coorientation.Views.Upstream.Accuracy!.Interval.Contains(0)); // upstream guesses right
    }

    [Fact]
    public void Sides_that_agree_may_imagine_a_disagreement()
    {
        var coorientation = Coorientation.Of(
            new(AlsoHigh, AlsoHigh), new(new(High, Low), new(Differences.Of(3, 74, 3), Differences.Of(1, 5, 74))), minimumGroup: 10);

        Assert.Equal(Perception.SharedView, coorientation.Views.Downstream.Perception);
        Assert.Equal(Perception.ImaginedDisagreement, coorientation.Views.Upstream.Perception);
    }

    [Fact]
    public void Below_the_minimum_group_no_state_is_given()
    {
        var few = Histogram.Of(0, 0, 0, 4, 5);
        var coorientation = Coorientation.Of(
            new(few, Low), new(new(High, High), new(Differences.Of(70, 8, 2), Differences.Of(9, 0, 0))), minimumGroup: 10);

        Assert.Null(coorientation.Agreement);
        Assert.Null(coorientation.Views.Upstream.Accuracy); // upstream guessed, but there are too few real answers to hold it against
        Assert.Null(coorientation.Views.Upstream.Congruency);
        Assert.NotNull(coorientation.Views.Downstream.Accuracy);
        Assert.Equal(Perception.NotEnoughAnswers, coorientation.Views.Downstream.Perception);
        Assert.Equal(Perception.NotEnoughAnswers, coorientation.Views.Upstream.Perception);
    }
}
