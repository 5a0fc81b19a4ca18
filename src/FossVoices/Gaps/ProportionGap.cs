using System.Globalization;
using System.Text.Json.Serialization;

namespace FossVoices.Gaps;

/// <summary>
/// The difference of two shares, downstream minus upstream, with Newcombe's hybrid score interval (Newcombe 1998, "Interval
/// estimation for the difference between independent proportions", method 10), which is never without width: 0 and all are fine.
/// Its properties, in camel case, are the keys of the <c>gap</c> verb for shares.
/// </summary>
/// <param name="Difference">From -1 to 1; on a yes/no answer this is Cliff's delta.</param>
/// <param name="CiLow">Lower end of the interval.</param>
/// <param name="CiHigh">Upper end of the interval.</param>
/// <param name="FisherP">Fisher's exact p, two-sided; the one that decides.</param>
/// <param name="MidP">Fisher's mid-p, for display.</param>
internal sealed record ProportionGap(double Difference, double CiLow, double CiHigh, double FisherP, [property: JsonIgnore] double MidP)
{
    [JsonIgnore]
    public Interval Interval => new(CiLow, CiHigh);

    /// <exception cref="ArgumentException">A side is empty; the message is that of <see cref="Refusal"/>.</exception>
    public static ProportionGap Between(Share downstream, Share upstream, double confidence = Distributions.Confidence)
    {
        if (Refusal(downstream, upstream) is { } why)
            throw new ArgumentException(why, nameof(upstream));

        var interval = HybridScore(downstream, upstream, confidence);
        var fisher = FisherExact.Of(downstream, upstream);
        var (difference, noise) = (downstream.Value - upstream.Value, downstream.Noise + upstream.Noise);
        // Of noisy counts no test is exact; the normal one knows of the noise.
        var least = noise == 0 ? 0 : Distributions.NormalTwoSided(difference / Math.Sqrt(
            downstream.Value * (1 - downstream.Value) / downstream.Of + upstream.Value * (1 - upstream.Value) / upstream.Of + noise));
        return new(difference, interval.Low, interval.High, Math.Max(least, fisher.P), Math.Max(least, fisher.MidP));
    }

    /// <summary>Why these two cannot be compared, in one sentence; null when they can.</summary>
    public static string? Refusal(Share downstream, Share upstream) => downstream.Of == 0 || upstream.Of == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{downstream} and {upstream} cannot be compared; each side needs at least one person after the stroke.")
        : null;

    /// <summary>Method 10: [D - √((p-l)² + (u′-p′)²), D + √((u-p)² + (p′-l′)²)] from the two Wilson intervals.</summary>
    public static Interval HybridScore(Share first, Share second, double confidence = Distributions.Confidence)
    {
        var (p, q) = (first.Value, second.Value);
        var (one, two) = (Wilson.Interval(first, confidence), Wilson.Interval(second, confidence));
        return new Interval(
            p - q - Math.Sqrt(Math.Pow(p - one.Low, 2) + Math.Pow(two.High - q, 2)),
            p - q + Math.Sqrt(Math.Pow(one.High - p, 2) + Math.Pow(q - two.Low, 2))).Clipped(-1, 1);
    }
}
