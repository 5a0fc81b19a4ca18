using System.Collections.Immutable;

namespace FossVoices.Gaps;

/// <summary>Keeps the share of false finds among all finds in bounds when many items are tested at once.</summary>
internal static class FalseDiscovery
{
    public const double Rate = 0.05;

    /// <summary>
    /// Adjusted p values of one family (Benjamini and Hochberg 1995, "Controlling the false discovery rate"):
    /// min over j ≥ i of p(j)·M/j, in the order given. A null is no member of the family and stays null.
    /// </summary>
    public static ImmutableArray<double?> Adjust(IReadOnlyList<double?> family)
    {
        var adjusted = new double?[family.Count];
        var descending = Enumerable.Range(0, family.Count).Where(i => family[i] is not null).OrderByDescending(i => family[i]).ToArray();
        var least = 1.0;
        for (var i = 0; i < descending.Length; i++)
        {
            var rank = descending.Length - i;
            var p = family[descending[i]]!.Value;
            least = Math.Min(least, (double)descending.Length / rank * p); // in this order, as R does: .025 · 6/3 is .05 and not a bit more
            adjusted[descending[i]] = least;
        }

        return [.. adjusted];
    }

    /// <summary>
    /// The confidence level of the intervals of items that are shown because they stand out: 1 - R·q/M for R shown out of M
    /// (Benjamini and Yekutieli 2005, "False discovery rate-adjusted multiple confidence intervals for selected parameters").
    /// </summary>
    public static double ConfidenceOfSelected(int shown, int family) => family == 0 ? 1 - Rate : 1 - Rate * Math.Min(shown, family) / family;
}
