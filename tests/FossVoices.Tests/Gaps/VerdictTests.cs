using CsCheck;
using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

public sealed class VerdictTests
{
    [Theory]
    [InlineData(0.05, 0.01, 0.19, 0.001, GapVerdict.Same)] // the margin comes first, even where zero is excluded
    [InlineData(0.05, -0.199, 0.199, 0.6, GapVerdict.Same)]
    [InlineData(0.05, -0.2, 0.15, 0.6, GapVerdict.CannotTell)] // the margin itself is not inside
    [InlineData(0.40, 0.10, 0.60, 0.05, GapVerdict.Clear)] // "at most" .05
    [InlineData(-0.40, -0.60, -0.10, 0.01, GapVerdict.Clear)]
    [InlineData(0.40, 0.10, 0.60, 0.0501, GapVerdict.Probably)]
    [InlineData(0.40, 0.10, 0.60, null, GapVerdict.Probably)]
    [InlineData(0.19, 0.03, 0.33, 0.02, GapVerdict.Probably)] // too small a gap to be clear
    [InlineData(0.20, 0.03, 0.33, 0.02, GapVerdict.Clear)]
    [InlineData(0.30, -0.01, 0.55, 0.01, GapVerdict.CannotTell)]
    public void The_first_rule_that_fits_gives_the_verdict(double effect, double low, double high, double? adjustedP, object verdict) =>
        Assert.Equal((GapVerdict)verdict, Verdict.Of(effect, new(low, high), adjustedP));

    [Theory]
    [InlineData(0.4, 0.1, 0.6, true, Relation.Different)]
    [InlineData(0.4, 0.1, 0.6, false, Relation.Undetermined)]
    [InlineData(0.19, 0.05, 0.3, true, Relation.Undetermined)]
    [InlineData(0.1, 0.05, 0.19, true, Relation.Same)]
    [InlineData(0.1, -0.1, 0.3, false, Relation.Undetermined)]
    public void A_relation_is_left_open_unless_the_interval_decides(double effect, double low, double high, bool excludesZero, object relation) =>
        Assert.Equal((Relation)relation, Verdict.RelationOf(effect, new(low, high), excludesZero));

    [Theory]
    [InlineData(0.2188, 0.5088, SizeClass.Small, true, true)]
    [InlineData(0.48, 0.7, SizeClass.Large, false, true)]
    [InlineData(-0.45, -0.34, SizeClass.Medium, false, true)]
    [InlineData(-0.6287, -0.3652, SizeClass.Medium, true, true)]
    [InlineData(-0.10, 0.14, SizeClass.Negligible, false, true)]
    [InlineData(-0.10, 0.40, SizeClass.Negligible, true, false)]
    public void A_size_word_is_as_large_as_the_interval_allows(double low, double high, object size, bool atLeast, bool canBeSaid)
    {
        var effect = EffectSize.Of(new(low, high));
        Assert.Equal(((SizeClass)size, atLeast, canBeSaid), (effect.Class, effect.AtLeast, effect.CanBeSaid));
    }

    [Theory]
    [InlineData(0.1469, SizeClass.Negligible)]
    [InlineData(-0.147, SizeClass.Small)]
    [InlineData(0.33, SizeClass.Medium)]
    [InlineData(-0.474, SizeClass.Large)]
    public void Size_classes_begin_at_their_thresholds(double delta, object size) => Assert.Equal((SizeClass)size, EffectSize.ClassOf(delta));

    [Theory]
    [InlineData(3, 0, Stance.Open)] // three of three: the lower end is .44
    [InlineData(4, 0, Stance.Held)] // four of four: .51
    [InlineData(0, 4, Stance.Rejected)]
    [InlineData(9, 6, Stance.Open)]
    [InlineData(90, 60, Stance.Held)]
    [InlineData(60, 90, Stance.Rejected)]
    public void A_side_holds_an_item_when_the_interval_passes_one_half(long agree, long disagree, object stance) =>
        Assert.Equal((Stance)stance, SideStance.Of(Histogram.Of(disagree, agree), agreeFrom: 2).Stance);

    [Theory]
    [InlineData(Stance.Held, Stance.Held, JointStance.HeldByBoth)]
    [InlineData(Stance.Rejected, Stance.Rejected, JointStance.RejectedByBoth)]
    [InlineData(Stance.Held, Stance.Rejected, JointStance.Split)]
    [InlineData(Stance.Rejected, Stance.Held, JointStance.Split)]
    [InlineData(Stance.Held, Stance.Open, JointStance.Open)]
    [InlineData(Stance.Open, Stance.Rejected, JointStance.Open)]
    [InlineData(Stance.Open, Stance.Open, JointStance.Open)]
    public void Two_sides_together_are_split_only_when_one_holds_what_the_other_rejects(object down, object up, object joint)
    {
        static SideStance With(object stance) => new(new(0, 0), new(0, 1), (Stance)stance);
        Assert.Equal((JointStance)joint, SideStance.Together(With(down), With(up)));
    }

    [Fact]
    public void Turning_every_sign_changes_no_word() =>
        Gen.Select(Gen.Double[-1, 1], Gen.Double[0, 0.5], Gen.Double[0, 0.5], Gen.Double[0, 0.2]).Sample((effect, below, above, p) =>
        {
            var interval = new Interval(effect - below, effect + above);
            var turned = new Interval(-interval.High, -interval.Low);
            Assert.Equal(Verdict.Of(effect, interval, p), Verdict.Of(-effect, turned, p));
            Assert.Equal(EffectSize.Of(interval), EffectSize.Of(turned));
        });
}
