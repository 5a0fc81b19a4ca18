namespace FossVoices.Gaps;

/// <summary>The score interval of one proportion (Wilson 1927, "Probable inference, the law of succession, and statistical inference").</summary>
internal static class Wilson
{
    /// <summary>The interval of a share; all of [0, 1] among nobody.</summary>
    public static Gaps.Interval Interval(Share share, double confidence = Distributions.Confidence)
    {
        if (share.Of == 0)
            return new(0, 1);

        var (n, p, z) = ((double)share.Of, share.Value, Distributions.NormalQuantile(confidence));
        var scale = 1 + z * z / n;
        var centre = (p + z * z / (2 * n)) / scale;
        var reach = z * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale;
        // At 0 and n the score interval ends exactly at 0 and 1; rounding would leave a stray last digit.
        return new Gaps.Interval(share.Persons == 0 ? 0 : centre - reach, share.Persons == share.Of ? 1 : centre + reach).Widened(z * Math.Sqrt(share.Noise)).Clipped(0, 1);
    }
}
