namespace FossVoices.Coding;

/// <summary>
/// How likely a hit means its code. The figures are a ranking by kind of evidence, not measured probabilities; the agreement of the
/// coder with people is measured and stands beside every report.
/// </summary>
internal static class Confidence
{
    /// <summary>A hashtag that the author typed.</summary>
    public const double Tag = 1.0;

    /// <summary>From here on a hit counts as sure, and a flow may ask about it at once.</summary>
    public const double Sure = 0.95;

    /// <summary>From here on a code is suggested.</summary>
    public const double Suggested = 0.5;

    /// <summary>The most that several hits reach together when none of them is sure: much weak evidence never becomes a sure one.</summary>
    private const double MostTogether = 0.94;

    /// <summary>
    /// An indicator's confidence where its author states none: several words in a row are sure, words with a gap or with a condition
    /// less, a single word is weak.
    /// </summary>
    public static double Of(int words, bool loose) => (words, loose) switch
    {
        ( <= 1, false) => 0.6,
        (_, true) => 0.8,
        _ => Sure,
    };

    /// <summary>A negated or supposed hit is weaker: it is about the code, and less often meant as one.</summary>
    public static double Under(Polarity polarity, double confidence) => polarity switch
    {
        Polarity.Negated or Polarity.Hypothetical => confidence * 0.9,
        _ => confidence,
    };

    /// <summary>
    /// Adds another indicator's hit as independent evidence, 1 − (1 − a)(1 − b) ("noisy or", Pearl 1988), below <see cref="Sure"/>
    /// unless one of the two is sure by itself.
    /// </summary>
    public static double Together(double one, double other) =>
        Math.Max(Math.Max(one, other), Math.Min(MostTogether, 1 - ((1 - one) * (1 - other))));
}
