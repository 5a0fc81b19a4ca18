using MathNet.Numerics.Distributions;
using MathNet.Numerics.RootFinding;

namespace FossVoices.Gaps;

/// <summary>Quantiles and tails of the normal and of Student's t distribution, in the two-sided form that intervals and tests use.</summary>
internal static class Distributions
{
    public const double Confidence = 0.95;

    /// <summary>Beyond these, differences of log-gamma values cost more digits than an expansion around the normal distribution does.</summary>
    private const double ManyForQuantile = 1e4, ManyForTail = 1e6;

    /// <summary>The z with <paramref name="confidence"/> of a standard normal distribution between -z and z.</summary>
    public static double NormalQuantile(double confidence) => Normal.InvCDF(0, 1, (1 + confidence) / 2);

    /// <summary>The t with <paramref name="confidence"/> of Student's distribution between -t and t.</summary>
    public static double StudentQuantile(double confidence, double df)
    {
        if (df > ManyForQuantile)
        {
            // The first two terms of Abramowitz and Stegun 1964, 26.7.5.
            var z = NormalQuantile(confidence);
            return z + (Math.Pow(z, 3) + z) / (4 * df) + (5 * Math.Pow(z, 5) + 16 * Math.Pow(z, 3) + 3 * z) / (96 * df * df);
        }

        var tail = (1 - confidence) / 2;
        var high = 2.0;
        while (StudentT.CDF(0, 1, df, -high) > tail)
            high *= 2;

        return Brent.FindRoot(t => StudentT.CDF(0, 1, df, -t) - tail, 0, high, 1e-13, 200);
    }

    /// <summary>The chance of a standard normal value at least as far from zero as <paramref name="z"/>.</summary>
    public static double NormalTwoSided(double z) => Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Abs(z)));

    /// <summary>The chance of a value of Student's distribution at least as far from zero as <paramref name="t"/>.</summary>
    public static double StudentTwoSided(double t, double df) => df > ManyForTail
        ? NormalTwoSided(t * (1 - 1 / (4 * df)) / Math.Sqrt(1 + t * t / (2 * df))) // Abramowitz and Stegun 1964, 26.7.8
        : Math.Min(1, 2 * StudentT.CDF(0, 1, df, -Math.Abs(t)));
}
