namespace FossVoices.Gaps;

/// <summary>
/// Cliff's delta with an interval: the share of pairs in which the person downstream answered higher, minus the share in which
/// the person upstream did. From -1 to 1; positive means that downstream expects more.
/// </summary>
/// <remarks>
/// The interval is the asymmetric one of Feng and Cliff (2004, "Monte Carlo evaluation of ordinal d with improved confidence
/// interval") with the consistent variance, and with Student's t at the degrees of freedom of Brunner and Munzel (2000) in
/// place of the normal quantile, which holds its coverage on small sides. Where the answers show no variance to build it on
/// (<see cref="Placements.Degenerate"/>), it is Newcombe's method 5.
/// </remarks>
/// <param name="Delta">The estimate, d.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Method"><see cref="FengCliff"/> or <see cref="Newcombe5"/>.</param>
/// <param name="Df">Degrees of freedom of Feng and Cliff's interval; null for the other.</param>
/// <param name="Placements">The sums behind the estimate.</param>
internal sealed record CliffDelta(double Delta, double Low, double High, string Method, double? Df, Placements Placements)
{
    public const string FengCliff = "feng-cliff";
    public const string Newcombe5 = "newcombe-5";

    public Interval Interval => new(Low, High);

    /// <summary>What noise in the counts adds to the variance; it is in the interval.</summary>
    public double Noise { get; init; }

    /// <summary>The chance that a person downstream answered higher than one upstream, a tie counting half (theta).</summary>
    public double Superiority => (Delta + 1) / 2;

    /// <summary>The consistent variance of delta (Cliff 1996); null when a side is one person.</summary>
    public double? ConsistentVariance => ConsistentVarianceOf(Placements);

    /// <summary>The unbiased variance of delta (Cliff 1993), which may fall below zero; null when a side is one person.</summary>
    public double? UnbiasedVariance => OnTwoOrMore(Placements, (n, m, ssI, ssJ, ssIj) =>
        (m * m * ssI + n * n * ssJ - ssIj) / (n * m * (n - 1) * (m - 1)));

    /// <exception cref="ArgumentException">A side is empty, or the scales differ.</exception>
    public static CliffDelta Of(Histogram downstream, Histogram upstream, double confidence = Distributions.Confidence) =>
        Of(Placements.Of(downstream, upstream), confidence, NoiseOf(downstream, upstream));

    /// <summary>What noise in the counts adds to the variance of delta: each count moves it by what one person at that point adds.</summary>
    public static double NoiseOf(Histogram downstream, Histogram upstream)
    {
        if (downstream.Noise + upstream.Noise == 0)
            return 0;
        var moved = Placements.Influence(downstream, upstream);
        return downstream.Noise * moved.Downstream.Sum(one => one * one) + upstream.Noise * moved.Upstream.Sum(one => one * one);
    }

    /// <param name="noise">What noise adds to the variance.</param>
    public static CliffDelta Of(Placements placements, double confidence = Distributions.Confidence, double noise = 0)
    {
        var delta = placements.Delta;
        if (BrunnerMunzel.Of(placements) is not { Df: var df })
        {
            var theta = NewcombeMethod5.Interval((delta + 1) / 2, placements.Downstream, placements.Upstream, confidence);
            var wide = new Interval(2 * theta.Low - 1, 2 * theta.High - 1).Widened(Distributions.NormalQuantile(confidence) * Math.Sqrt(noise)).Clipped(-1, 1);
            return new(delta, wide.Low, wide.High, Newcombe5, null, placements) { Noise = noise };
        }

        var pointOnly = new CliffDelta(delta, delta, delta, FengCliff, df, placements);
        var interval = Asymmetric(delta, pointOnly.ConsistentVariance!.Value + noise, Distributions.StudentQuantile(confidence, df));
        return pointOnly with { Low = interval.Low, High = interval.High, Noise = noise };
    }

    /// <summary>Feng and Cliff's interval for a variance and a quantile: [d - d³ ∓ q√v·√((1-d²)² + q²v)] / (1 - d² + q²v).</summary>
    public static Interval Asymmetric(double d, double variance, double quantile)
    {
        var spread = quantile * quantile * variance;
        var centre = d - d * d * d;
        var reach = Math.Sqrt(spread) * Math.Sqrt(Math.Pow(1 - d * d, 2) + spread);
        var scale = 1 - d * d + spread;
        // In exact arithmetic the interval holds d and stays within [-1, 1]; the two calls keep rounding from undoing that.
        return new Interval((centre - reach) / scale, (centre + reach) / scale).Holding(d).Clipped(-1, 1);
    }

    /// <inheritdoc cref="ConsistentVariance"/>
    public static double? ConsistentVarianceOf(Placements placements) => OnTwoOrMore(placements, (n, m, ssI, ssJ, ssIj) =>
        ((m - 1) * ssI / (n - 1) + (n - 1) * ssJ / (m - 1) + ssIj / ((n - 1) * (m - 1))) / (n * m));

    private static double? OnTwoOrMore(Placements placements, Func<double, double, double, double, double, double> variance) =>
        placements is { Downstream: > 1, Upstream: > 1 } p
            ? variance(p.Downstream, p.Upstream, p.DownstreamSquares, p.UpstreamSquares, p.PairSquares)
            : null;
}
