namespace FossVoices.Coding;

/// <summary>Agreement beyond chance of two coders who judged every unit.</summary>
internal static class Agreement
{
    /// <summary>Cohen's kappa (1960): chance is taken from each coder's own habits.</summary>
    /// <param name="table">Row: the first coder's category; column: the second coder's; how often.</param>
    /// <returns>Null without units, or where both coders only ever used one and the same category.</returns>
    public static double? CohenKappa(long[,] table)
    {
        var (n, agreed, rows, columns) = Margins(table);
        if (n == 0)
            return null;
        var expected = rows.Zip(columns, (row, column) => row / n * (column / n)).Sum();
        return BeyondChance(agreed / n, expected);
    }

    /// <summary>Gwet's AC1 (2008): stays meaningful for rare codes, where kappa falls apart.</summary>
    /// <inheritdoc cref="CohenKappa"/>
    public static double? GwetAc1(long[,] table)
    {
        var (n, agreed, rows, columns) = Margins(table);
        if (n == 0 || rows.Length < 2)
            return null;
        var shares = rows.Zip(columns, (row, column) => (row + column) / (2 * n));
        return BeyondChance(agreed / n, shares.Sum(share => share * (1 - share)) / (rows.Length - 1));
    }

    /// <summary>Fleiss' kappa (1971) for any number of raters, the same number for every subject.</summary>
    /// <param name="counts">Row: the subject; column: the category; how many raters chose it.</param>
    /// <returns>Null without subjects, with fewer than two raters, or where all chose the same category throughout.</returns>
    public static double? FleissKappa(long[,] counts)
    {
        var (subjects, categories) = (counts.GetLength(0), counts.GetLength(1));
        var raters = subjects == 0 ? 0 : Enumerable.Range(0, categories).Sum(c => counts[0, c]);
        if (raters < 2)
            return null;

        var (observed, shares) = (0.0, new double[categories]);
        for (var subject = 0; subject < subjects; subject++)
        {
            for (var c = 0; c < categories; c++)
            {
                observed += counts[subject, c] * (counts[subject, c] - 1.0) / (raters * (raters - 1.0) * subjects);
                shares[c] += counts[subject, c] / ((double)subjects * raters);
            }
        }

        return BeyondChance(observed, shares.Sum(share => share * share));
    }

    private static double? BeyondChance(double observed, double expected) => expected < 1 - 1e-12 ? (observed - expected) / (1 - expected) : null;

    private static (double N, double Agreed, double[] Rows, double[] Columns) Margins(long[,] table)
    {
        var size = table.GetLength(0);
        var (rows, columns, agreed) = (new double[size], new double[size], 0.0);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                rows[i] += table[i, j];
                columns[j] += table[i, j];
                agreed += i == j ? table[i, j] : 0;
            }
        }

        return (rows.Sum(), agreed, rows, columns);
    }
}
