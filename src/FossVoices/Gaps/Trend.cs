namespace FossVoices.Gaps;

/// <summary>
/// How a gap changed between two waves: the difference of the two deltas. The variances of different people add up; of people who
/// answered both times the covariance is taken off twice. Two clear gaps of different size are no trend; only an interval of the
/// change itself that excludes zero is.
/// </summary>
/// <param name="Before">The earlier gap.</param>
/// <param name="After">The later gap.</param>
/// <param name="Change">After minus before; positive means that downstream came to expect more, compared with upstream.</param>
/// <param name="Interval">Normal interval of the change, clipped to [-2, 2].</param>
/// <param name="P">Two-sided normal p.</param>
internal sealed record Trend(CliffDelta Before, CliffDelta After, double Change, Interval Interval, double P)
{
    public bool IsChange => Interval.ExcludesZero;

    /// <exception cref="ArgumentException">A side of a wave is empty, or the scales of a wave differ.</exception>
    public static Trend Between(BySide<Histogram> before, BySide<Histogram> after, double confidence = Distributions.Confidence) =>
        Between(before, after, again: null, confidence);

    /// <inheritdoc cref="Between(BySide{Histogram}, BySide{Histogram}, double)"/>
    /// <param name="again">What the people who answered both times said; null to take everybody for somebody else.</param>
    public static Trend Between(BySide<Histogram> before, BySide<Histogram> after, BySide<PanelTable>? again, double confidence = Distributions.Confidence)
    {
        var (earlier, later) = (CliffDelta.Of(before.Downstream, before.Upstream, confidence), CliffDelta.Of(after.Downstream, after.Upstream, confidence));
        var z = Distributions.NormalQuantile(confidence);
        var change = later.Delta - earlier.Delta;
        var variance = VarianceOf(earlier, z) + VarianceOf(later, z);
        // An estimate of the covariance from few people can be larger than what it is taken from; then the waves count as independent.
        var shared = again is null ? 0 : 2 * CovarianceOf(before, after, again);
        var error = Math.Sqrt(shared < variance ? variance - shared : variance);
        var interval = new Interval(change - z * error, change + z * error).Clipped(-2, 2);
        return new(earlier, later, change, interval, Distributions.NormalTwoSided(change / error));
    }

    /// <summary>
    /// Σ over the same people of IF₁·IF₂, where (di - d)/n is what a person downstream at that point adds to delta, and (dj - d)/m one
    /// upstream: the influence function (Hampel 1974, "The influence curve and its role in robust estimation").
    /// </summary>
    private static double CovarianceOf(BySide<Histogram> before, BySide<Histogram> after, BySide<PanelTable> again)
    {
        var (one, other) = (Placements.Influence(before.Downstream, before.Upstream), Placements.Influence(after.Downstream, after.Upstream));
        return again.Downstream.Sum([.. one.Downstream], [.. other.Downstream]) + again.Upstream.Sum([.. one.Upstream], [.. other.Upstream]);
    }

    /// <summary>A wave whose answers show no variance is not without any: the longer arm of its interval, taken as normal, says how much.</summary>
    private static double VarianceOf(CliffDelta delta, double z) => delta.Method == CliffDelta.FengCliff
        ? delta.ConsistentVariance!.Value + delta.Noise
        : Math.Pow(Math.Max(delta.High - delta.Delta, delta.Delta - delta.Low) / z, 2);
}
