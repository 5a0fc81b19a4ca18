namespace FossVoices.Gaps;

/// <summary>
/// Fisher's exact test of two shares, two-sided: the chance, with all margins held, of a table no likelier than the one seen
/// (Fisher 1935), and its mid-p, which counts tables just as likely as the one seen by half (Lancaster 1961).
/// </summary>
internal sealed record FisherExact(double P, double MidP)
{
    /// <summary>Tables whose probabilities differ by rounding alone count as equally likely.</summary>
    private const double Tolerance = 1e-7;

    /// <summary>Tables this much less likely than the one seen add nothing that a double could hold.</summary>
    private const double Negligible = 1e-20;

    /// <summary>Beneath this a double loses digits, and a ratio above one half no longer makes it smaller.</summary>
    private const double Vanishing = 1e-300;

    public static FisherExact Of(Share downstream, Share upstream)
    {
        var hits = downstream.Persons + upstream.Persons;
        var (lowest, highest) = (Math.Max(0, hits - upstream.Of), Math.Min(downstream.Of, hits));
        var mode = Math.Clamp((long)((downstream.Of + 1.0) * (hits + 1.0) / (downstream.Of + upstream.Of + 2.0)), lowest, highest);

        // Weights relative to the likeliest table, walked outwards by ratios: no logarithm loses digits on the way. The side on
        // which the seen table lies goes first, since what is negligible beside that one need not be walked.
        double Odds(long x) => (double)(downstream.Of - x) * (hits - x) / ((double)(x + 1) * (upstream.Of - hits + x + 1)); // of x + 1 against x
        var weights = new List<double> { 1 };
        var seen = downstream.Persons == mode ? 1.0 : 0;
        var first = downstream.Persons < mode ? -1 : 1;
        Walk(first, seen);
        Walk(-first, seen > 0 ? seen : 1); // a seen table too unlikely for a double has p = 0, whatever else is added

        var all = weights.Sum();
        var asLikely = weights.Where(weight => Math.Abs(weight - seen) <= seen * Tolerance).Sum() / all;
        var lessLikely = weights.Where(weight => weight < seen * (1 - Tolerance)).Sum() / all;
        return new(Math.Min(1, lessLikely + asLikely), Math.Min(1, lessLikely + asLikely / 2));

        void Walk(int direction, double beside)
        {
            var weight = 1.0;
            for (var x = mode + direction; x >= lowest && x <= highest; x += direction)
            {
                weight *= direction > 0 ? Odds(x - 1) : 1 / Odds(x);
                if (weight <= Math.Max(beside * Negligible, Vanishing))
                    break;

                weights.Add(weight);
                if (x == downstream.Persons)
                    seen = beside = weight;
            }
        }
    }
}
