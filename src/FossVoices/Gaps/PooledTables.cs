using System.Collections.Immutable;
using MathNet.Numerics;

namespace FossVoices.Gaps;

/// <summary>
/// Every way in which the pooled answers could have fallen on the two sides, kept as 2×K tables: of the t(k) persons at point
/// k, x(k) are on the first side, which has n persons in all.
/// </summary>
internal sealed class PooledTables(ImmutableArray<long> pooled, long first)
{
    private readonly long all = pooled.Sum();

    /// <summary>
    /// How many tables there are, counted without making one; any number above <paramref name="most"/> is given as
    /// <c>most + 1</c>. It is the coefficient of zⁿ in Π(1 + z + … + z^t(k)).
    /// </summary>
    public long Count(long most)
    {
        var fullest = pooled.IndexOf(pooled.Max());
        var (smaller, others) = (Math.Min(first, all - first), all - pooled[fullest]);
        // Each total that all points but the fullest can reach makes at least one table, which settles large studies at once.
        if (Math.Min(Math.Min(smaller, others), pooled[fullest]) >= most)
            return most + 1;

        var ways = new long[Math.Min(smaller, others) + 1]; // of reaching a total without the fullest point
        ways[0] = 1;
        for (var point = 0; point < pooled.Length; point++)
        {
            if (point != fullest)
                ways = Spread(ways, pooled[point], most + 1);
        }

        var (count, lowest) = (0L, Math.Max(0, smaller - pooled[fullest]));
        for (var total = lowest; total < ways.Length; total++)
            count = Math.Min(count + ways[total], most + 1);

        return count;
    }

    /// <summary>W² of <see cref="BrunnerMunzel"/> for the table with these counts on the first side, neither tied nor disjoint. See <see cref="ChanceOfAtLeast"/>.</summary>
    public double SquaredW(ImmutableArray<long> counts)
    {
        var (n, m, d, f, s) = ((double)first, (double)(all - first), 0.0, 0.0, 0.0);
        var (firstBelow, secondBelow) = (0L, 0L);
        foreach (var (x, y) in counts.Zip(pooled, (x, t) => (x, t - x)))
        {
            double ofFirst = 2 * secondBelow + y - (all - first), ofSecond = 2 * firstBelow + x - first;
            (d, f, s) = (d + x * ofFirst, f + x * ofFirst * ofFirst, s + y * ofSecond * ofSecond);
            (firstBelow, secondBelow) = (firstBelow + x, secondBelow + y);
        }

        return d * d / ((n > 1 ? (n * f - d * d) / (n - 1) : 0) + (m > 1 ? (m * s - d * d) / (m - 1) : 0));
    }

    /// <summary>
    /// The chance of a Brunner–Munzel statistic whose square is at least <paramref name="square"/>, over all tables, if the sides are
    /// alike: a table weighs ΠC(t(k), x(k)), normed to sum to one. A side of one person has no spread of its own.
    /// </summary>
    /// <remarks>
    /// Of a person on one side, p is the number of persons of the other side who answered lower minus the number who answered higher.
    /// With D = Σp over the first side and F, S the sums of p² over the two, all whole numbers, W² = D² / [(nF - D²)/(n-1) + (mS - D²)/(m-1)].
    /// Two neighbouring points are kept back, the fullest; the others are visited one by one, from both ends of the scale towards them, and
    /// <see cref="TwoPoints"/> judges what is left together.
    /// </remarks>
    public double ChanceOfAtLeast(double square)
    {
        var (n, m) = (first, all - first);
        var (ofF, ofS) = (n > 1 ? square * n / (n - 1) : 0, m > 1 ? square * m / (m - 1) : 0);
        var ofD = 1 + (n > 1 ? square / (n - 1) : 0) + (m > 1 ? square / (m - 1) : 0);
        var from = pooled.Select(t => Math.Max(0, first - (all - t))).ToArray();
        var weights = pooled.Select((t, point) => Weights(t, from[point], Math.Min(t, first))).ToArray();
        var kept = Enumerable.Range(0, pooled.Length - 1).MaxBy(point => (pooled[point] + 1.0) * (pooled[point + 1] + 1.0));
        var twoPoints = new TwoPoints(
            pooled[kept], pooled[kept + 1], weights[kept], weights[kept + 1], from[kept], from[kept + 1], ofD, ofF, ofS);
        int[] others = [.. Enumerable.Range(0, kept), .. Enumerable.Range(kept + 2, pooled.Length - kept - 2).Reverse()];
        var (sum, hit) = (0.0, 0.0);
        Fill(0, first, all, default, default, 0, 0, 0, 1);
        return hit / sum;

        void Fill(int step, long left, long room, Outer ofFirst, Outer ofSecond, double d, double f, double s, double weight)
        {
            if (step == others.Length)
            {
                var (tables, extreme) = twoPoints.Weigh(left, ofFirst.Below - ofFirst.Above, ofSecond.Below - ofSecond.Above, d, f, s);
                (sum, hit) = (sum + weight * tables, hit + weight * extreme);
                return;
            }

            var point = others[step];
            var (here, isLow) = (pooled[point], point < kept);
            var highest = Math.Min(here, left);
            for (var x = Math.Max(0, left - (room - here)); x <= highest; x++)
            {
                var y = here - x;
                double p = isLow ? 2 * ofSecond.Below + y - m : m - 2 * ofSecond.Above - y;
                double q = isLow ? 2 * ofFirst.Below + x - n : n - 2 * ofFirst.Above - x;
                Fill(
                    step + 1, left - x, room - here, ofFirst.With(x, isLow), ofSecond.With(y, isLow),
                    d + x * p, f + x * p * p, s + y * q * q, weight * weights[point][x - from[point]]);
            }
        }
    }

    /// <summary>
    /// C(t, x)·πˣ·(1-π)^(t-x) for each x of a point. The factors of π are the same in every table and go when the weights are
    /// normed; with π = n/N, likely tables get weights far from underflow.
    /// </summary>
    private double[] Weights(long t, long from, long to)
    {
        var (logFirst, logSecond) = (Math.Log((double)first / all), Math.Log((double)(all - first) / all));
        var weights = new double[to - from + 1];
        for (var x = from; x <= to; x++)
            weights[x - from] = Math.Exp(SpecialFunctions.BinomialLn((int)t, (int)x) + x * logFirst + (t - x) * logSecond);

        return weights;
    }

    /// <summary>The ways of reaching each total with one more point that takes 0 to <paramref name="cap"/> persons.</summary>
    private static long[] Spread(long[] ways, long cap, long limit)
    {
        var spread = new long[ways.Length];
        var window = 0L;
        for (var total = 0L; total < ways.Length; total++)
        {
            window += ways[total] - (total > cap ? ways[total - cap - 1] : 0);
            spread[total] = Math.Min(window, limit); // what is beyond the limit stays beyond it, and cannot overflow
        }

        return spread;
    }

    /// <summary>Persons of one side at the points visited so far, below and above the two that are kept back.</summary>
    private readonly record struct Outer(long Below, long Above)
    {
        public Outer With(long persons, bool low) => low ? this with { Below = Below + persons } : this with { Above = Above + persons };
    }
}
