using System.Collections.Immutable;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>How the answers of one side may be spread over a scale, before anybody has answered: shares of persons, from the lowest point.</summary>
internal static class AssumedAnswers
{
    /// <summary>Agreeing leads, as it does in surveys of expectations.</summary>
    private static readonly ImmutableArray<double> s_leaning = [0.10, 0.15, 0.20, 0.30, 0.25];

    /// <summary>The same leaning over a scale of so many points: as much of each of the five as falls to it.</summary>
    public static ImmutableArray<double> Leaning(int points) =>
    [
        .. Enumerable.Range(0, points).Select(point => s_leaning.Select((share, of) =>
            share * Math.Max(0, Math.Min((point + 1) * s_leaning.Length, (of + 1) * points) - Math.Max(point * s_leaning.Length, of * points)) / points).Sum()),
    ];

    /// <summary>The other side's answers where the gap to these has this Cliff's delta.</summary>
    /// <param name="delta">From 0 to 1; positive means that the other side answers lower.</param>
    public static ImmutableArray<double> Lower(ImmutableArray<double> shares, double delta) =>
        Tilted(shares, lower => WeightedDelta.Of(shares, lower) < delta);

    /// <summary>Answers of which this share is at or above the point where agreeing begins.</summary>
    public static ImmutableArray<double> Agreeing(ImmutableArray<double> shares, int agreeFrom, double share) =>
        Tilted(shares, tilted => tilted.Skip(agreeFrom - 1).Sum() > share);

    /// <summary>
    /// Moves weight evenly towards the lowest point (exponential tilting, which keeps the shape as far as it can) until it is no longer
    /// too little.
    /// </summary>
    private static ImmutableArray<double> Tilted(ImmutableArray<double> shares, Func<ImmutableArray<double>, bool> tooLittle)
    {
        var (from, to) = (-50.0, 50.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (from + to) / 2;
            (from, to) = tooLittle(By(middle)) ? (middle, to) : (from, middle);
        }

        return By((from + to) / 2);

        ImmutableArray<double> By(double tilt)
        {
            var weights = shares.Select((share, point) => share * Math.Exp(-tilt * point / shares.Length)).ToArray();
            var sum = weights.Sum();
            return [.. weights.Select(weight => weight / sum)];
        }
    }
}
