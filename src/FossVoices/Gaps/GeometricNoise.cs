namespace FossVoices.Gaps;

/// <summary>
/// The two-sided geometric mechanism (Ghosh, Roughgarden and Sundararajan 2009, "Universally utility-maximizing privacy
/// mechanisms"): whole-number noise added to a count so that one person more or less cannot be read from it.
/// </summary>
/// <param name="Epsilon">How much one person may show, above 0; smaller hides more.</param>
internal readonly record struct GeometricNoise(double Epsilon)
{
    public double Alpha => Math.Exp(-Epsilon);

    /// <summary>2α/(1-α)².</summary>
    public double Variance => 2 * Alpha / Math.Pow(1 - Alpha, 2);

    /// <summary>The chance of adding exactly <paramref name="noise"/>: (1-α)/(1+α)·α^|noise|.</summary>
    public double Probability(long noise) => (1 - Alpha) / (1 + Alpha) * Math.Exp(-Epsilon * Math.Abs((double)noise));
}
