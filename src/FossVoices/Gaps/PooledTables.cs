using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
    /// What a table adds up to: whole numbers, which a double holds exactly in all but the largest studies. Of a person on one
    /// side, p is the number of persons of the other side who answered lower minus the number who answered higher.
    /// </summary>
    /// <param name="Dominance">Σp over the first side: its pairs won minus its pairs lost.</param>
    /// <param name="FirstSquares">Σp² over the first side.</param>
    /// <param name="SecondSquares">Σp² over the second side.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Sums(double Dominance, double FirstSquares, double SecondSquares)
    {
        /// <summary>Adds a point with x and y persons, whose p are these.</summary>
        public Sums With(double x, double y, double ofFirst, double ofSecond) =>
            new(Dominance + x * ofFirst, FirstSquares + x * ofFirst * ofFirst, SecondSquares + y * ofSecond * ofSecond);
    }

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

    /// <summary>
    /// The chance that <paramref name="extreme"/> holds, over all tables, if the sides are alike: a table weighs
    /// ΠC(t(k), x(k)), normed to sum to one.
    /// </summary>
    public double Chance(Func<Sums, bool> extreme)
    {
        var from = pooled.Select(t => Math.Max(0, first - (all - t))).ToArray();
        var weights = pooled.Select((t, point) => Weights(t, from[point], Math.Min(t, first))).ToArray();
        var (sum, hit) = (0.0, 0.0);
        Fill(0, first, all, 0, default, 1);
        return hit / sum;

        void Fill(int point, long left, long room, long firstBelow, Sums sums, double weight)
        {
            if (point == pooled.Length)
            {
                sum += weight;
                hit += extreme(sums) ? weight : 0;
                return;
            }

            var (here, above, secondBelow) = (pooled[point], room - pooled[point], all - room - firstBelow);
            for (var x = Math.Max(0, left - above); x <= Math.Min(here, left); x++)
            {
                var (firstAbove, secondAbove) = (left - x, above - (left - x));
                Fill(point + 1, firstAbove, above, firstBelow + x,
                    sums.With(x, here - x, secondBelow - secondAbove, firstBelow - firstAbove),
                    weight * weights[point][x - from[point]]);
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
}
