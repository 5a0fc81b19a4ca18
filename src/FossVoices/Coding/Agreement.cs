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

    private static double? BeyondChance(double observed, double expected) => expected < 1 ? (observed - expected) / (1 - expected) : null;

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
