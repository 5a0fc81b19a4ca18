using MathNet.Numerics.Distributions;

namespace FossVoices.Gaps;

/// <summary>
/// How far people of one side think that the other side differs from themselves: the share who guess higher than their own view
/// minus the share who guess lower (within-person dominance, Cliff 1993; "congruency" in coorientation research).
/// </summary>
/// <param name="Persons">People who gave both an own view and a guess.</param>
/// <param name="Dominance">From -1 to 1; positive means that they think the other side expects more.</param>
/// <param name="Variance">Of the dominance; null for one person.</param>
/// <param name="Unclipped">Student's interval, which on few people may leave [-1, 1]; null where nothing varies.</param>
/// <param name="Interval">The interval to show: clipped, and Newcombe's method 10 where nothing varies.</param>
/// <param name="SignTestP">Exact two-sided sign test; people who guess their own view do not count in it.</param>
internal sealed record PairedDominance(
    long Persons, double Dominance, double? Variance, Interval? Unclipped, Interval Interval, double SignTestP)
{
    /// <summary>Up to here the sign test decides, since the interval is only roughly right (and can pass 1).</summary>
    private const int Few = 10;

    public bool ExcludesZero => Persons <= Few ? SignTestP <= 1 - Distributions.Confidence : Interval.ExcludesZero;

    /// <exception cref="ArgumentException">There is nobody.</exception>
    public static PairedDominance Of(Differences differences, double confidence = Distributions.Confidence)
    {
        if (differences.Persons == 0)
            throw new ArgumentException("Nobody gave both an own view and a guess; their difference needs at least one person.", nameof(differences));

        var (n, higher, lower) = ((double)differences.Persons, differences.GuessHigher, differences.GuessLower);
        var dominance = (higher - lower) / n;
        double? variance = n > 1 ? Math.Max(0, (higher + lower - n * dominance * dominance) / (n * (n - 1))) : null;
        var nothingVaries = n < 2 || new[] { higher, differences.Same, lower }.Contains(differences.Persons);
        Interval? student = nothingVaries ? null : Around(dominance, Distributions.StudentQuantile(confidence, n - 1) * Math.Sqrt(variance!.Value));

        // Where all agree, the variance is zero and Student's interval a single point, as if nothing could be learned from one
        // more person. The two shares, taken as if independent, keep an honest width.
        var noise = Distributions.NormalQuantile(confidence) / n
            * Math.Sqrt(differences.Noise * (Math.Pow(1 - dominance, 2) + dominance * dominance + Math.Pow(1 + dominance, 2)));
        var interval = (student ?? ProportionGap.HybridScore(new(higher, differences.Persons), new(lower, differences.Persons), confidence)).Widened(noise).Clipped(-1, 1);
        return new(differences.Persons, dominance, variance, student, interval, SignTest(higher, lower));
    }

    private static Interval Around(double centre, double reach) => new(centre - reach, centre + reach);

    private static double SignTest(long higher, long lower) =>
        Math.Min(1, 2 * Binomial.CDF(0.5, (int)(higher + lower), Math.Min(higher, lower)));
}
