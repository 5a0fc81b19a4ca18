using CsCheck;
using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

public sealed class CautiousPTests
{
    [Fact]
    public void The_interval_of_that_level_touches_zero() => Histograms.Pairs(most: 60).Sample(sides =>
    {
        var placements = Placements.Of(sides.Downstream, sides.Upstream);
        var p = CautiousP.OfInterval(placements);
        if (placements.Degenerate || placements.Delta == 0 || p is < 1e-6 or > 1 - 1e-6)
            return;
        var interval = CliffDelta.Of(placements, confidence: 1 - p).Interval;
        Assert.Equal(0, placements.Delta > 0 ? interval.Low : interval.High, tolerance: 1e-6);
    });

    [Fact]
    public void It_is_the_same_when_the_sides_are_swapped_and_never_below_the_p_of_the_test() => Histograms.Pairs(most: 30).Sample(sides =>
    {
        var (one, other) = (Placements.Of(sides.Downstream, sides.Upstream), Placements.Of(sides.Upstream, sides.Downstream));
        var p = StudentizedPermutation.Of(sides.Downstream, sides.Upstream).P;
        Near.Equal(CautiousP.Of(one, p), CautiousP.Of(other, p));
        Assert.InRange(CautiousP.Of(one, p), p, 1);
    });

    [Theory]
    [InlineData(4, 40, 0.125)]
    [InlineData(40, 8, 0.0078125)]
    [InlineData(1, 500, 1)]
    public void No_p_is_smaller_than_the_smaller_side_can_carry(int up, int down, double least) =>
        Assert.Equal(least, CautiousP.Of(Placements.Of(Histogram.Of(0, 0, down), Histogram.Of(up, 0, 0)), studentized: 0));
}
