using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>How far two values disagree.</summary>
internal enum Metric
{
    Nominal,
    Ordinal,
    Interval,
    Ratio,
}

/// <summary>
/// Krippendorff's alpha (2011, "Computing Krippendorff's Alpha-Reliability"): agreement beyond chance between any number of coders,
/// with missing values. 1 is perfect agreement, 0 is chance.
/// </summary>
internal static class Krippendorff
{
    /// <param name="values">
    /// By coder, then by unit; null where the coder did not judge the unit. Nominal values need only be equal or not.
    /// </param>
    /// <param name="metric">The level of measurement.</param>
    /// <returns>Null where it is undefined: no unit has two values, or all values are the same, so that chance cannot disagree.</returns>
    public static double? Alpha(ImmutableArray<ImmutableArray<double?>> values, Metric metric)
    {
        var units = values.IsEmpty ? 0 : values.Max(coder => coder.Length);
        var categories = values.SelectMany(coder => coder).OfType<double>().Distinct().Order().ToArray();
        var coincidences = new double[categories.Length, categories.Length];
        for (var unit = 0; unit < units; unit++)
        {
            var given = values
                .Where(coder => unit < coder.Length)
                .Select(coder => coder[unit])
                .OfType<double>()
                .Select(value => Array.BinarySearch(categories, value))
                .ToArray();
            if (given.Length < 2)
                continue;
            for (var i = 0; i < given.Length; i++)
            {
                for (var j = 0; j < given.Length; j++)
                {
                    if (i != j)
                        coincidences[given[i], given[j]] += 1.0 / (given.Length - 1);
                }
            }
        }

        return Alpha(coincidences, categories, metric);
    }

    /// <summary>Nominal alpha of two coders from how often each pair of judgements occurred.</summary>
    /// <param name="table">Row: the first coder's category; column: the second coder's.</param>
    public static double? NominalAlpha(long[,] table)
    {
        var size = table.GetLength(0);
        var coincidences = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                coincidences[i, j] = table[i, j] + table[j, i];
        }

        return Alpha(coincidences, [.. Enumerable.Range(0, size).Select(category => (double)category)], Metric.Nominal);
    }

    private static double? Alpha(double[,] coincidences, double[] categories, Metric metric)
    {
        var totals = categories.Select((_, c) => Enumerable.Range(0, categories.Length).Sum(k => coincidences[c, k])).ToArray();
        var n = totals.Sum();
        var (observed, expected) = (0.0, 0.0);
        for (var c = 0; c < categories.Length; c++)
        {
            for (var k = 0; k < categories.Length; k++)
            {
                var distance = Distance(c, k, categories, totals, metric);
                observed += coincidences[c, k] * distance;
                expected += totals[c] * totals[k] * distance;
            }
        }

        return expected > 0 ? 1 - ((n - 1) * observed / expected) : null;
    }

    /// <summary>The squared difference of two categories.</summary>
    private static double Distance(int c, int k, double[] categories, double[] totals, Metric metric)
    {
        if (c == k)
            return 0;
        var difference = metric switch
        {
            Metric.Nominal => 1,
            Metric.Ordinal => totals[Math.Min(c, k)..(Math.Max(c, k) + 1)].Sum() - ((totals[c] + totals[k]) / 2),
            Metric.Ratio => categories[c] + categories[k] is not 0 and var sum ? (categories[c] - categories[k]) / sum : 0,
            _ => categories[c] - categories[k],
        };
        return difference * difference;
    }
}
