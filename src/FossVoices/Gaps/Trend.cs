namespace FossVoices.Gaps;

/// <summary>
/// How a gap changed between two waves of different people: the difference of the two deltas, whose variances add up. Two clear
/// gaps of different size are no trend; only an interval of the change itself that excludes zero is.
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
    public static Trend Between(BySide<Histogram> before, BySide<Histogram> after, double confidence = Distributions.Confidence)
    {
        var (earlier, later) = (CliffDelta.Of(before.Downstream, before.Upstream, confidence), CliffDelta.Of(after.Downstream, after.Upstream, confidence));
        var z = Distributions.NormalQuantile(confidence);
        var change = later.Delta - earlier.Delta;
        var error = Math.Sqrt(VarianceOf(earlier, z) + VarianceOf(later, z));
        var interval = new Interval(change - z * error, change + z * error).Clipped(-2, 2);
        return new(earlier, later, change, interval, Distributions.NormalTwoSided(change / error));
    }

    /// <summary>A wave whose answers show no variance is not without any: the longer arm of its interval, taken as normal, says how much.</summary>
    private static double VarianceOf(CliffDelta delta, double z) => delta.Method == CliffDelta.FengCliff
        ? delta.ConsistentVariance!.Value
        : Math.Pow(Math.Max(delta.High - delta.Delta, delta.Delta - delta.Low) / z, 2);
}
