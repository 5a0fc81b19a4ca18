using System.Security.Cryptography;
using FossVoices.Fieldwork;
using FossVoices.Gaps;
using FossVoices.Tests.Reports;

namespace FossVoices.Tests.Gaps;

/// <summary>Counts with noise, and what is still known through it.</summary>
public sealed class NoiseTests
{
    private static readonly GeometricNoise s_noise = new(Epsilon: 1);

    [Fact]
    public void What_is_drawn_is_distributed_as_it_should_be()
    {
        var lottery = new Lottery(RandomNumberGenerator.Create());
        var drawn = Enumerable.Range(0, 20_000).Select(_ => lottery.Noise(s_noise)).ToArray();
        // Five standard errors, so that it fails by chance less than once in a million runs.
        Assert.Equal(s_noise.Probability(0), drawn.Count(z => z == 0) / 20_000.0, tolerance: 5 * Math.Sqrt(0.25 / 20_000));
        Assert.Equal(0, drawn.Average(), tolerance: 5 * Math.Sqrt(s_noise.Variance / 20_000));
        Assert.Equal(s_noise.Variance, drawn.Average(z => (double)z * z), tolerance: 5 * Math.Sqrt(40 / 20_000.0));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(40)]
    public void Intervals_of_noisy_counts_hold_what_they_should(int persons)
    {
        var chance = new Random(20261122);
        var (held, shares, truth) = (0, 0, WeightedDelta.Of(KnownAnswers.Leaning, KnownAnswers.Lower));
        const int repetitions = 1000;
        for (var i = 0; i < repetitions; i++)
        {
            var (down, up) = (Noisy(KnownAnswers.Leaning), Noisy(KnownAnswers.Lower));
            held += CliffDelta.Of(down, up).Interval.Contains(truth) ? 1 : 0;
            shares += Wilson.Interval(down.AtOrAbove(4)).Contains(0.55) ? 1 : 0;
        }

        Assert.InRange(held / (double)repetitions, 0.93, 1);
        Assert.InRange(shares / (double)repetitions, 0.93, 1);

        Histogram Noisy(IReadOnlyList<double> shape)
        {
            var counts = new long[shape.Count];
            for (var person = 0; person < persons; person++)
            {
                var (at, point) = (chance.NextDouble(), 0);
                while (point < shape.Count - 1 && at >= shape[point])
                    at -= shape[point++];
                counts[point]++;
            }

            return Histogram.Of([.. counts.Select(count => Math.Max(0, count + Geometric() - Geometric()))]) with { Noise = s_noise.Variance };
        }

        long Geometric() => (long)Math.Floor(Math.Log(1 - chance.NextDouble()) / Math.Log(s_noise.Alpha));
    }

    [Fact]
    public void Noise_widens_every_interval_and_no_p_grows_smaller()
    {
        var (down, up) = (Histogram.Of(4, 10, 14, 40, 32), Histogram.Of(10, 22, 20, 28, 10));
        var (noisyDown, noisyUp) = (down with { Noise = 2 }, up with { Noise = 2 });
        var (plain, noisy) = (ItemGap.Between(down, up), ItemGap.Between(noisyDown, noisyUp));
        Assert.True(noisy.Interval.Width > plain.Interval.Width && noisy.P > plain.P);
        var (share, noisyShare) = (down.AtOrAbove(4), noisyDown.AtOrAbove(4));
        Assert.True(Wilson.Interval(noisyShare).Width > Wilson.Interval(share).Width);
        Assert.True(ProportionGap.Between(noisyShare, noisyUp.AtOrAbove(4)).Interval.Width > ProportionGap.Between(share, up.AtOrAbove(4)).Interval.Width);
        Assert.True(TensionHolders.Of(new(60, 5, 5, 10) { Noise = 2 }).Interval.Width > TensionHolders.Of(new(60, 5, 5, 10)).Interval.Width);
        Assert.True(PairedDominance.Of(Differences.Of(20, 10, 5) with { Noise = 2 }).Interval.Width > PairedDominance.Of(Differences.Of(20, 10, 5)).Interval.Width);
    }
}
