namespace FossVoices.Definitions;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>
    /// The candidate with the smallest edit distance (Damerau 1964, adjacent swaps count once), if it is near enough
    /// to be a slip: one edit in three characters at the most. Null where none is, or where the name is absurdly long.
    /// </summary>
    public static string? To(string name, IEnumerable<string> candidates)
    {
        if (name.Length is 0 or > 64)
            return null;

        var limit = Math.Max(1, name.Length / 3);
        var (best, distance) = ((string?)null, limit + 1);
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) > limit)
                continue;
            var d = Distance(name, candidate);
            if (d < distance)
                (best, distance) = (candidate, d);
        }

        return best;
    }

    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
