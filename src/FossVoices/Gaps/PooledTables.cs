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
    /// All points but the last two are visited one by one. With those two points left, D is linear in the number of persons of the first
    /// side at the last but one, and F and S are quadratic in it, so that most of these tables are judged together (checked against each by itself in the tests).
    /// </remarks>
    public double ChanceOfAtLeast(double square)
    {
        var (n, m) = ((double)first, (double)(all - first));
        var (ofF, ofS) = (n > 1 ? square * n / (n - 1) : 0, m > 1 ? square * m / (m - 1) : 0);
        var ofD = 1 + (n > 1 ? square / (n - 1) : 0) + (m > 1 ? square / (m - 1) : 0);
        var from = pooled.Select(t => Math.Max(0, first - (all - t))).ToArray();
        var weights = pooled.Select((t, point) => Weights(t, from[point], Math.Min(t, first))).ToArray();
        var ofLastTwo = Together(weights[^2], weights[^1]);
        var (sum, hit) = (0.0, 0.0);
        Fill(0, first, all, 0, 0, 0, 0, 1);
        return hit / sum;

        void Fill(int point, long left, long room, long firstBelow, double d, double f, double s, double weight)
        {
            var (here, above, secondBelow) = (pooled[point], room - pooled[point], all - room - firstBelow);
            var (lowest, highest) = (Math.Max(0, left - above), Math.Min(here, left));
            if (point == pooled.Length - 2)
            {
                LastTwo(point, left, here, above, firstBelow, secondBelow, lowest, highest, d, f, s, weight);
                return;
            }

            for (var x = lowest; x <= highest; x++)
            {
                var (firstAbove, secondAbove) = (left - x, above - (left - x));
                double ofFirst = secondBelow - secondAbove, ofSecond = firstBelow - firstAbove;
                Fill(
                    point + 1, firstAbove, above, firstBelow + x,
                    d + x * ofFirst, f + x * ofFirst * ofFirst, s + (here - x) * ofSecond * ofSecond, weight * weights[point][x - from[point]]);
            }
        }

        void LastTwo(
            int point, double left, double here, double last, double firstBelow, double secondBelow, long lowest, long highest, double d, double f, double s, double weight)
        {
            // p of the first side at the last but one point is a - x, at the last b - x; of the second side c + x and firstBelow + x.
            var (a, b, c) = (secondBelow - last + left, secondBelow + here, firstBelow - left);
            var tables = ofLastTwo[(long)left - from[^2] - from[^1]];
            (sum, hit) = (sum + weight * tables, hit + weight * Extreme());

            // At least 0 where the table is as extreme; quadratic in x, computed from whole numbers.
            double At(double x)
            {
                var (ofA, ofB, ofC, ofD2) = (a - x, b - x, c + x, firstBelow + x);
                var dominance = d + x * ofA + (left - x) * ofB;
                return ofD * dominance * dominance - ofF * (f + x * ofA * ofA + (left - x) * ofB * ofB) - ofS * (s + (here - x) * ofC * ofC + (last - left + x) * ofD2 * ofD2);
            }

            // A quadratic is extreme at the ends or where it turns; where it has one sign at all three, no single table need be looked at.
            double Extreme()
            {
                if (highest - lowest < 3)
                    return Counted();
                var middle = (lowest + highest) / 2;
                var (atLowest, atMiddle, atHighest) = (At(lowest), At(middle), At(highest));
                var slope = (atMiddle - atLowest) / (middle - lowest);
                var bend = ((atHighest - atMiddle) / (highest - middle) - slope) / (highest - lowest);
                var turn = (lowest + middle - slope / bend) / 2;
                var atTurn = turn > lowest && turn < highest ? At(turn) : atMiddle;
                return Math.Max(Math.Max(atTurn, atMiddle), Math.Max(atLowest, atHighest)) < 0 ? 0
                    : Math.Min(Math.Min(atTurn, atMiddle), Math.Min(atLowest, atHighest)) >= 0 ? tables
                    : Counted();
            }

            double Counted()
            {
                var counted = 0.0;
                for (var x = lowest; x <= highest; x++)
                    counted += At(x) >= 0 ? weights[point][x - from[point]] * weights[point + 1][(long)left - x - from[point + 1]] : 0;
                return counted;
            }
        }
    }

    /// <summary>The weight of all ways in which two points together take so many persons of the first side, from the fewest up.</summary>
    private static double[] Together(double[] one, double[] other)
    {
        var together = new double[one.Length + other.Length - 1];
        for (var i = 0; i < one.Length; i++)
        {
            for (var j = 0; j < other.Length; j++)
                together[i + j] += one[i] * other[j];
        }

        return together;
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
