using CsCheck;
using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

public sealed class CliffDeltaTests
{
    private static readonly Histogram Down = Histogram.Of(4, 10, 14, 40, 32);
    private static readonly Histogram Up = Histogram.Of(10, 22, 20, 28, 10);

    [Fact]
    public void Two_histograms_give_delta_and_its_interval()
    {
        var delta = CliffDelta.Of(Down, Up);
        Assert.Equal((5188, 1832, 1980), (delta.Placements.Greater, delta.Placements.Less, delta.Placements.Ties));
        Near.Equal(0.3728888888888889, delta.Delta);
        Near.Equal(0.21882579889668344, delta.Low);
        Near.Equal(0.5088125643263772, delta.High);
        Assert.Equal("feng-cliff", delta.Method);
        Near.Equal(186.40384023749675, delta.Df);
        Near.Equal(0.005514850165588313, delta.ConsistentVariance);
        Near.Equal(0.005485851574420862, delta.UnbiasedVariance);
    }

    [Fact]
    public void Disjoint_sides_fall_back_to_newcombes_interval_with_one_as_a_true_limit()
    {
        var delta = CliffDelta.Of(Histogram.Of(0, 0, 0, 4, 6), Histogram.Of(5, 3, 0, 0, 0));
        Assert.Equal((1, "newcombe-5", null), (delta.Delta, delta.Method, delta.Df));
        Near.Equal(0.5552755708508057, delta.Low);
        Assert.Equal(1, delta.High);
    }

    [Fact]
    public void Sides_that_all_gave_one_answer_fall_back_to_newcombes_interval()
    {
        var delta = CliffDelta.Of(Histogram.Of(0, 0, 0, 0, 9), Histogram.Of(0, 0, 0, 0, 7));
        Assert.Equal((0, "newcombe-5"), (delta.Delta, delta.Method));
        Near.Equal(-0.4977849411549482, delta.Low);
        Near.Equal(0.497784941154948, delta.High);
    }

    [Fact]
    public void A_million_people_a_side_lose_no_digit_of_U()
    {
        var gap = ItemGap.Between(Histogram.Of(0, 1, 999_999), Histogram.Of(1_000_000, 0, 0));
        Assert.Equal((1e12, 1), (gap.U, gap.Delta));

        var wide = ItemGap.Between(Histogram.Of(150_000, 200_000, 300_000, 250_000, 100_000), Histogram.Of(200_000, 250_000, 250_000, 200_000, 100_000));
        Assert.Equal("brunner-munzel-t", wide.PMethod);
        Assert.InRange(wide.CiHigh - wide.CiLow, 0.002, 0.005);
        Assert.True(wide.CiLow < wide.Delta && wide.Delta < wide.CiHigh);
    }

    [Fact]
    public void Delta_is_what_comparing_every_pair_of_persons_gives() => Histograms.Pairs().Sample(sides =>
    {
        var pairs = Histograms.Persons(sides.Downstream).SelectMany(_ => Histograms.Persons(sides.Upstream), (x, y) => x.CompareTo(y)).ToArray();
        var delta = CliffDelta.Of(sides.Downstream, sides.Upstream);
        Assert.Equal(pairs.Count(sign => sign > 0), delta.Placements.Greater);
        Assert.Equal(pairs.Count(sign => sign < 0), delta.Placements.Less);
        Near.Equal(pairs.Average(Math.Sign), delta.Delta);
    });

    [Fact]
    public void The_variances_are_what_every_pair_of_persons_gives() => Histograms.Pairs(least: 2).Sample(sides =>
    {
        var (x, y) = (Histograms.Persons(sides.Downstream), Histograms.Persons(sides.Upstream));
        double n = x.Length, m = y.Length, d = x.SelectMany(_ => y, (a, b) => Math.Sign(a - b)).Average();
        var rows = x.Sum(a => Math.Pow(y.Average(b => Math.Sign(a - b)) - d, 2)) / (n - 1);
        var columns = y.Sum(b => Math.Pow(x.Average(a => Math.Sign(a - b)) - d, 2)) / (m - 1);
        var cells = x.SelectMany(_ => y, (a, b) => Math.Pow(Math.Sign(a - b) - d, 2)).Sum() / ((n - 1) * (m - 1));

        var delta = CliffDelta.Of(sides.Downstream, sides.Upstream);
        Near.Equal(((m - 1) * rows + (n - 1) * columns + cells) / (n * m), delta.ConsistentVariance);
        Near.Equal(m / (n * (m - 1)) * rows + n / (m * (n - 1)) * columns - cells / (n * m), delta.UnbiasedVariance);
    });

    [Fact]
    public void Placements_vary_unless_all_are_tied_or_the_sides_are_disjoint() => Histograms.Pairs(least: 2).Sample(sides =>
    {
        var placements = Placements.Of(sides.Downstream, sides.Upstream);
        Assert.Equal(placements.DownstreamSquares < 1e-12 && placements.UpstreamSquares < 1e-12, placements.Degenerate);
    });

    [Fact]
    public void The_interval_holds_delta_and_stays_on_its_scale() => Histograms.Pairs().Sample(sides =>
    {
        var delta = CliffDelta.Of(sides.Downstream, sides.Upstream);
        Assert.True(-1 <= delta.Low && delta.Low <= delta.Delta && delta.Delta <= delta.High && delta.High <= 1, $"{sides}: {delta}");
        Assert.True(delta.Interval.Width > 0, $"{sides}: {delta}");
    });

    [Fact]
    public void A_higher_confidence_gives_a_wider_interval() => Histograms.Pairs().Sample(sides =>
    {
        double Width(double confidence) => CliffDelta.Of(sides.Downstream, sides.Upstream, confidence).Interval.Width;
        Assert.True(Width(0.99) > Width(0.9));
    });
}
