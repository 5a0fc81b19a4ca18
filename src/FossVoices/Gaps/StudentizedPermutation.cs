using System.Collections.Immutable;
using MathNet.Numerics;

namespace FossVoices.Gaps;

/// <summary>
/// The studentized permutation test of "no gap": the chance, over all ways in which the pooled answers could have fallen on the
/// two sides, of a Brunner–Munzel statistic at least as far from zero as the one seen (Neubert and Brunner 2007, "A studentized
/// permutation test for the non-parametric Behrens–Fisher problem"). Exact, because every table is visited.
/// </summary>
/// <param name="P">Two-sided p.</param>
/// <param name="Method">
/// <see cref="Permutation"/>; <see cref="BrunnerMunzelT"/> where there are too many tables; <see cref="Tied"/> where all answers
/// are the same.
/// </param>
internal sealed record StudentizedPermutation(double P, string Method)
{
    public const string Permutation = "permutation";
    public const string BrunnerMunzelT = "brunner-munzel-t";
    public const string Tied = "tied";

    /// <summary>Beyond this many tables the sides are large enough for the t approximation.</summary>
    public const long MostTables = 100_000;

    /// <summary>Takes tables that differ from the one seen by rounding alone as just as extreme.</summary>
    private const double Tolerance = 1e-9;

    /// <exception cref="ArgumentException">A side is empty, or the scales differ.</exception>
    public static StudentizedPermutation Of(Histogram downstream, Histogram upstream, long mostTables = MostTables)
    {
        var placements = Placements.Of(downstream, upstream);
        if (placements.AllTied)
            return new(1, Tied);

        if (placements.Greater == placements.Less)
            return new(1, Permutation); // Every table is at least as far from zero as one at zero.

        if (placements.Disjoint)
            return new(OfDisjointSides(downstream, upstream), Permutation);

        // The statistic only changes its sign with the sides, so the smaller one is the one to lay out.
        var (first, second) = downstream.Persons <= upstream.Persons ? (downstream, upstream) : (upstream, downstream);
        // Points that nobody chose make no difference.
        ImmutableArray<(long Here, long Both)> points = [.. first.Counts.Zip(second.Counts, (x, y) => (x, x + y)).Where(point => point.Item2 > 0)];
        var tables = new PooledTables([.. points.Select(point => point.Both)], first.Persons);
        if (BrunnerMunzel.Of(placements) is { } approximation && tables.Count(mostTables) > mostTables)
            return new(approximation.P, BrunnerMunzelT);

        return new(Math.Min(1, tables.ChanceOfAtLeast(tables.SquaredW([.. points.Select(point => point.Here)]) * Math.Pow(1 - Tolerance, 2))), Permutation);
    }

    /// <summary>
    /// With disjoint sides the statistic is infinite, and only the (at most two) tables with one side wholly above the other
    /// reach it. Each is a single way out of C(n+m, n).
    /// </summary>
    private static double OfDisjointSides(Histogram downstream, Histogram upstream)
    {
        var (n, m) = (downstream.Persons, upstream.Persons);
        var (below, up, down) = (0L, false, false);
        foreach (var (x, y) in downstream.Counts.Zip(upstream.Counts))
        {
            below += x + y;
            (up, down) = (up || below == m, down || below == n);
        }

        return Math.Min(1, ((up ? 1 : 0) + (down ? 1 : 0)) * Math.Exp(-SpecialFunctions.BinomialLn((int)(n + m), (int)n)));
    }
}
