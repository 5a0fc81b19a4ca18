using System.Numerics;
using CsCheck;
using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

public sealed class StudentizedPermutationTests
{
    [Theory]
    [InlineData(new long[] { 1, 1, 1, 1, 1 }, new long[] { 2, 1, 1, 1, 0 }, 0.47619047619047616, "permutation")]
    [InlineData(new long[] { 0, 0, 0, 4, 6 }, new long[] { 5, 3, 0, 0, 0 }, 2.2852964029434626e-05, "permutation")]
    [InlineData(new long[] { 0, 0, 10, 0, 0 }, new long[] { 3, 4, 2, 4, 3 }, 1, "permutation")]
    [InlineData(new long[] { 20, 5, 2, 5, 20 }, new long[] { 2, 8, 32, 8, 2 }, 1, "permutation")]
    [InlineData(new long[] { 0, 9 }, new long[] { 0, 7 }, 1, "tied")]
    [InlineData(new long[] { 1, 2, 3, 9, 14, 12, 9 }, new long[] { 6, 9, 8, 7, 4, 3, 1 }, 1.1120313549209175e-08, "brunner-munzel-t")]
    public void The_p_and_how_it_was_found_are_as_expected(long[] down, long[] up, double p, string method)
    {
        var test = StudentizedPermutation.Of(Histogram.Of(down), Histogram.Of(up));
        Near.Equal(p, test.P);
        Assert.Equal(method, test.Method);
    }

    [Fact]
    public void The_p_is_what_dealing_the_persons_out_in_every_way_gives() => Histograms.Pairs(most: 5).Sample(sides =>
    {
        int[] pooled = [.. Histograms.Persons(sides.Downstream), .. Histograms.Persons(sides.Upstream)];
        var n = (int)sides.Downstream.Persons;
        var seen = AbsoluteW(pooled[..n], pooled[n..]);
        var deals = Enumerable.Range(0, 1 << pooled.Length).Where(deal => BitOperations.PopCount((uint)deal) == n)
            .Select(deal => AbsoluteW(
                [.. pooled.Where((_, person) => (deal >> person & 1) == 1)], [.. pooled.Where((_, person) => (deal >> person & 1) == 0)]))
            .ToArray();

        Near.Equal(deals.Count(w => w >= seen * (1 - 1e-9)) / (double)deals.Length, StudentizedPermutation.Of(sides.Downstream, sides.Upstream).P);
    });

    [Fact]
    public void Tables_are_counted_without_being_made() => Histograms.Pairs(most: 12).Sample(sides =>
    {
        long[] pooled = [.. sides.Downstream.Counts.Zip(sides.Upstream.Counts, (x, y) => x + y)];
        var tables = new PooledTables([.. pooled], sides.Downstream.Persons);
        var visited = Visit(pooled, sides.Downstream.Persons);
        Assert.Equal(visited, tables.Count(most: long.MaxValue / 2));
        Assert.Equal(Math.Min(visited, 6), tables.Count(most: 5));
    });

    [Fact]
    public void Tables_judged_together_weigh_what_they_weigh_one_by_one() => Histograms.Pairs(least: 2, most: 14).Where(Overlap).Sample(sides =>
    {
        var n = sides.Downstream.Persons;
        long[] here = [.. sides.Downstream.Counts], pooled = [.. sides.Downstream.Counts.Zip(sides.Upstream.Counts, (x, y) => x + y)];
        (here, pooled) = ([.. here.Where((_, point) => pooled[point] > 0)], [.. pooled.Where(t => t > 0)]);
        var tables = new PooledTables([.. pooled], n);
        var square = tables.SquaredW([.. here]) * (1 - 2e-9);
        var (extreme, all) = (BigInteger.Zero, BigInteger.Zero);
        foreach (var table in Tables(pooled, n))
        {
            var weight = table.Zip(pooled, Choose).Aggregate(BigInteger.Multiply);
            // No spread at all makes the statistic infinite, or nothing where the sides are level.
            var squared = tables.SquaredW([.. table]);
            (extreme, all) = (extreme + (squared >= square ? weight : 0), all + weight);
        }

        Near.Equal((double)extreme / (double)all, tables.ChanceOfAtLeast(square));
    });

    [Fact]
    public void A_study_of_millions_is_counted_at_once_and_one_lone_dissenter_is_still_exact()
    {
        var million = Enumerable.Repeat(400_000L, 5).ToArray();
        Assert.Equal(100_001, new PooledTables([.. million], 1_000_000).Count(100_000));

        var dissent = StudentizedPermutation.Of(Histogram.Of(500_000_000, 0), Histogram.Of(499_999_999, 1));
        Assert.Equal(new StudentizedPermutation(1, "permutation"), dissent);
    }

    [Fact]
    public void Large_disjoint_sides_need_no_table()
    {
        var test = StudentizedPermutation.Of(Histogram.Of(0, 0, 10, 10, 10, 10, 10), Histogram.Of(25, 25, 0, 0, 0, 0, 0));
        Assert.Equal("permutation", test.Method);
        // 2/C(100, 50): either side may be the upper one.
        Near.Equal(2 / 1.0089134454556417e29, test.P);
    }

    /// <summary>How many ways there are of taking so many out of the points.</summary>
    private static long Visit(ReadOnlySpan<long> pooled, long left)
    {
        if (pooled.IsEmpty)
            return left == 0 ? 1 : 0;
        var ways = 0L;
        for (var x = 0L; x <= Math.Min(pooled[0], left); x++)
            ways += Visit(pooled[1..], left - x);
        return ways;
    }

    /// <summary>Neither all tied nor one side wholly above the other nor level, as the test itself asks first.</summary>
    private static bool Overlap(BySide<Histogram> sides) =>
        Placements.Of(sides.Downstream, sides.Upstream) is { AllTied: false, Disjoint: false } placements && placements.Greater != placements.Less;

    private static IEnumerable<long[]> Tables(long[] pooled, long left)
    {
        if (pooled.Length == 0)
            return left == 0 ? [[]] : [];
        return Enumerable.Range(0, (int)Math.Min(pooled[0], left) + 1).SelectMany(x => Tables(pooled[1..], left - x), (x, rest) => (long[])[x, .. rest]);
    }

    private static BigInteger Choose(long some, long of)
    {
        var ways = BigInteger.One;
        for (var i = 0L; i < some; i++)
            ways = ways * (of - i) / (i + 1);
        return ways;
    }

    private static double AbsoluteW(int[] x, int[] y)
    {
        double n = x.Length, m = y.Length;
        var d = x.SelectMany(_ => y, (a, b) => Math.Sign(a - b)).Average();
        var spread = Spread(x.Select(a => y.Average(b => Math.Sign(a - b)))) / n + Spread(y.Select(b => x.Average(a => Math.Sign(a - b)))) / m;
        return d == 0 ? 0 : spread < 1e-12 ? double.PositiveInfinity : Math.Abs(d) / Math.Sqrt(spread);
    }

    private static double Spread(IEnumerable<double> placements)
    {
        var values = placements.ToArray();
        return values.Length < 2 ? 0 : values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1);
    }
}
