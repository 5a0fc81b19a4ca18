namespace FossVoices.Gaps;

/// <summary>
/// The p of an item that goes into the family and decides about "clear": the largest of three, since each alone is too small somewhere
/// far out in the tail, where many questions push it. Simulated in docs/method.md.
/// </summary>
internal static class CautiousP
{
    /// <param name="studentized">Of <see cref="StudentizedPermutation"/>: exact where both sides answer alike.</param>
    /// <param name="noise">What noise adds to the variance of delta.</param>
    public static double Of(Placements placements, double studentized, double noise = 0) =>
        Math.Max(studentized, Math.Max(OfInterval(placements, noise), Least(placements)));

    /// <summary>
    /// The level at which the interval of <see cref="CliffDelta"/> just touches zero. A statistic over its own standard error takes a
    /// large gap for a sure one, since the variance shrinks towards the ends of the scale; the asymmetric interval does not.
    /// </summary>
    public static double OfInterval(Placements placements, double noise = 0)
    {
        if (placements.Greater == placements.Less)
            return 1;

        if (BrunnerMunzel.Of(placements) is not { Df: var df })
        {
            // Newcombe's method 5 at theta = 1/2.
            var (n, m) = ((double)placements.Downstream, (double)placements.Upstream);
            var variance = (1 + ((n + m) / 2 - 1) * 2 / 3) / (n * m);
            return Distributions.NormalTwoSided(placements.Delta / Math.Sqrt(variance + noise));
        }

        // Where (d - d³)² = q²v((1 - d²)² + q²v), solved for q²v.
        var (square, room) = (placements.Delta * placements.Delta, Math.Pow(1 - placements.Delta * placements.Delta, 2));
        var spread = room / 2 * (Math.Sqrt(1 + 4 * square / room) - 1);
        return Distributions.StudentTwoSided(Math.Sqrt(spread / (CliffDelta.ConsistentVarianceOf(placements)!.Value + noise)), df);
    }

    /// <summary>
    /// With k persons on the smaller side no smaller p is right. Where they stand at the two ends of the scale, half of them at each,
    /// and the other side in the middle, there is no gap; yet all k are drawn from one and the same end with the chance 2·2⁻ᵏ, however
    /// many answered on the other side.
    /// </summary>
    public static double Least(Placements placements) => Math.Min(1, Math.ScaleB(2, -(int)Math.Min(1000, Math.Min(placements.Downstream, placements.Upstream))));
}
