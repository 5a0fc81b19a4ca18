namespace FossVoices.Gaps;

/// <summary>
/// Newcombe's method 5 for theta, the chance that one side answers higher, a tie counting half (Newcombe 2006, "Confidence
/// intervals for an effect size measure based on the Mann–Whitney statistic", part 2). It needs no variance of the answers,
/// so it also speaks where all answers are tied or the sides are disjoint.
/// </summary>
internal static class NewcombeMethod5
{
    /// <summary>
    /// The two theta with (estimate - theta)² = z²·theta(1-theta)·[1 + (N*-1)·((1-theta)/(2-theta) + theta/(1+theta))]/(nm),
    /// where N* = (n+m)/2.
    /// </summary>
    public static Interval Interval(double estimate, long n, long m, double confidence)
    {
        var z = Distributions.NormalQuantile(confidence);

        double Excess(double theta)
        {
            var widening = 1 + ((n + m) / 2.0 - 1) * ((1 - theta) / (2 - theta) + theta / (1 + theta));
            return Math.Pow(estimate - theta, 2) - z * z * theta * (1 - theta) * widening / n / m;
        }

        // At 0 and 1 the equation has the trivial root "theta = estimate". It is a true limit there, and the other one is looked for inside.
        return new(estimate == 0 ? 0 : Root(Excess, outside: 0, inside: estimate), estimate == 1 ? 1 : Root(Excess, outside: 1, inside: estimate));
    }

    /// <summary>Halves the stretch between a point outside the interval and one inside until no number lies between.</summary>
    private static double Root(Func<double, double> excess, double outside, double inside)
    {
        while ((outside + inside) / 2 is var middle && middle != outside && middle != inside)
            (outside, inside) = excess(middle) > 0 ? (middle, inside) : (outside, middle);

        return inside;
    }
}
