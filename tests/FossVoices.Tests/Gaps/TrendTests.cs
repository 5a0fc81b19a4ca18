using CsCheck;
using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

public sealed class TrendTests
{
    private static readonly BySide<Histogram> First = new(Histogram.Of(4, 10, 14, 40, 32), Histogram.Of(10, 22, 20, 28, 10));
    private static readonly BySide<Histogram> Second = new(Histogram.Of(6, 14, 20, 36, 24), Histogram.Of(8, 16, 22, 30, 14));

    [Fact]
    public void A_change_between_two_waves_has_an_interval_of_its_own()
    {
        var trend = Trend.Between(First, Second);
        Near.Equal(-0.23155555555555554, trend.Change);
        Near.Equal(-0.44629949175634986, trend.Interval.Low);
        Near.Equal(-0.016811619354761193, trend.Interval.High);
        Near.Equal(0.03456626141557049, trend.P);
        Assert.True(trend.IsChange);
    }

    [Fact]
    public void Two_small_waves_without_variance_are_no_proof_of_change()
    {
        var apart = new BySide<Histogram>(Histogram.Of(0, 2), Histogram.Of(2, 0));
        var together = new BySide<Histogram>(Histogram.Of(2, 0), Histogram.Of(2, 0));
        var trend = Trend.Between(apart, together);
        Assert.Equal(-1, trend.Change);
        Assert.False(trend.IsChange);
    }

    [Fact]
    public void A_change_back_is_the_same_change_turned() => Gen.Select(Histograms.Pairs(), Histograms.Pairs()).Sample((before, after) =>
    {
        var (there, back) = (Trend.Between(before, after), Trend.Between(after, before));
        Near.Equal(-there.Change, back.Change);
        Near.Equal(-there.Interval.High, back.Interval.Low);
        Near.Equal(there.P, back.P);
        Assert.True(there.Interval.Contains(there.Change) && there.Interval.Width > 0);
    });

    [Fact]
    public void A_weighted_delta_comes_out() => Near.Equal(
        0.3817344444444445, WeightedDelta.Of([3.2, 8.4, 15.1, 41.9, 31.4], [12.5, 20.1, 18.8, 27.3, 11.3]));

    [Fact]
    public void Equal_weights_weigh_nothing() => Gen.Select(Histograms.Pairs(), Gen.Double[0.1, 10]).Sample((sides, weight) => Near.Equal(
        CliffDelta.Of(sides.Downstream, sides.Upstream).Delta,
        WeightedDelta.Of([.. sides.Downstream.Counts.Select(count => count * weight)], [.. sides.Upstream.Counts.Select(count => count * 1.0)])));

    [Fact]
    public void Unequal_weights_cost_persons()
    {
        Near.Equal(4, WeightedDelta.EffectivePersons([2, 2, 2, 2]));
        Near.Equal(25 / 13.0, WeightedDelta.EffectivePersons([3, 2]));
        Assert.Equal(0, WeightedDelta.EffectivePersons([]));
    }

    [Fact]
    public void Weights_that_cannot_be_used_are_refused()
    {
        Assert.Throws<ArgumentException>(() => WeightedDelta.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => WeightedDelta.Of([1, -2], [1, 1]));
        Assert.Throws<ArgumentException>(() => WeightedDelta.Of([1, double.NaN], [1, 1]));
        Assert.Throws<ArgumentException>(() => WeightedDelta.Of([0, 0], [1, 1]));
    }

    [Fact]
    public void Geometric_noise_is_a_distribution_with_the_stated_variance() => Gen.Double[0.2, 3].Sample(epsilon =>
    {
        var noise = new GeometricNoise(epsilon);
        var draws = Enumerable.Range(-400, 801).Select(z => (z, P: noise.Probability(z))).ToArray();
        Near.Equal(1, draws.Sum(draw => draw.P));
        Near.Equal(noise.Variance, draws.Sum(draw => draw.z * draw.z * draw.P));
        // One person more or less changes the chance of any published count by at most e^epsilon.
        Assert.All(
            draws.Where(draw => Math.Abs(draw.z) <= 100),
            draw => Assert.InRange(draw.P / noise.Probability(draw.z + 1), Math.Exp(-epsilon) - 1e-9, Math.Exp(epsilon) + 1e-9));
    });

    [Fact]
    public void Geometric_noise_of_one_comes_out()
    {
        Near.Equal(0.46211715726000974, new GeometricNoise(1).Probability(0));
        Near.Equal(1.8413471884155848, new GeometricNoise(1).Variance);
    }
}
