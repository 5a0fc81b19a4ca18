namespace FossVoices.Gaps;

/// <summary>
/// Cliff's delta of weighted answers: Σ p(k)·q(j)·sgn(k-j) over the weighted shares of the two sides (poststratification). Weigh
/// only if the margins are really known, such as from a list of maintainers; minimum groups stay counts of persons.
/// </summary>
internal static class WeightedDelta
{
    /// <param name="downstream">Sum of weights at each scale point.</param>
    /// <param name="upstream">The same upstream.</param>
    /// <exception cref="ArgumentException">The lengths differ, a weight is negative or no number, or a side weighs nothing.</exception>
    public static double Of(IReadOnlyList<double> downstream, IReadOnlyList<double> upstream)
    {
        if (downstream.Count != upstream.Count || !IsWeighted(downstream) || !IsWeighted(upstream))
            throw new ArgumentException(
                "Weighted counts need the same number of scale points on both sides, weights of 0 or more, and a sum above 0.", nameof(upstream));

        var (dominance, xBelow, yBelow) = (0.0, 0.0, 0.0);
        for (var point = 0; point < downstream.Count; point++)
        {
            dominance += downstream[point] * yBelow - upstream[point] * xBelow;
            (xBelow, yBelow) = (xBelow + downstream[point], yBelow + upstream[point]);
        }

        return Math.Clamp(dominance / xBelow / yBelow, -1, 1);
    }

    /// <summary>How many persons of equal weight would say as much: (Σw)²/Σw² (Kish 1965, "Survey Sampling").</summary>
    public static double EffectivePersons(IEnumerable<double> weights)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var weight in weights)
            (sum, squares) = (sum + weight, squares + weight * weight);

        return squares > 0 ? sum * sum / squares : 0;
    }

    private static bool IsWeighted(IReadOnlyList<double> weights) =>
        weights.All(weight => weight >= 0 && double.IsFinite(weight)) && weights.Sum() > 0;
}
