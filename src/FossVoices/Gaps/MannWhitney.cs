namespace FossVoices.Gaps;

/// <summary>
/// The Mann–Whitney test with tie and continuity correction (Mann and Whitney 1947). Shown beside the other figures so that
/// they can be compared with other programs; it decides nothing here, because it takes different spreads for a gap.
/// </summary>
/// <param name="U">Pairs in which downstream is higher, plus half of the ties.</param>
/// <param name="StandardDeviation">Of U, were the sides alike, corrected for ties.</param>
/// <param name="P">Two-sided p with continuity correction; null when all answers are tied.</param>
internal sealed record MannWhitney(double U, double StandardDeviation, double? P)
{
    /// <exception cref="ArgumentException">A side is empty, or the scales differ.</exception>
    public static MannWhitney Of(Histogram downstream, Histogram upstream)
    {
        var placements = Placements.Of(downstream, upstream);
        var (n, m) = ((double)downstream.Persons, (double)upstream.Persons);
        var all = n + m;
        var u = placements.Greater + placements.Ties / 2.0;

        // In floating point, since t³ leaves 64 bits at two million persons.
        var tied = downstream.Counts.Zip(upstream.Counts, (x, y) => (double)(x + y)).Sum(t => t * t * t - t);
        var variance = placements.AllTied ? 0 : n * m / 12 * (all + 1 - tied / (all * (all - 1)));
        var sd = Math.Sqrt(variance);
        return new(u, sd, sd > 0 ? Distributions.NormalTwoSided(Math.Max(0, Math.Abs(u - n * m / 2) - 0.5) / sd) : null);
    }
}
