using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>Agreement on sets of codes (Passonneau 2006, "Measuring Agreement on Set-valued Items"): a set that holds the other is nearer than one that overlaps it.</summary>
internal static class Masi
{
    /// <returns>From 0, the same set, to 1, nothing in common; two empty sets are the same.</returns>
    public static double Distance(ImmutableHashSet<string> one, ImmutableHashSet<string> other)
    {
        if (one.SetEquals(other))
            return 0;
        var common = one.Intersect(other).Count;
        var monotony = one.IsSubsetOf(other) || other.IsSubsetOf(one) ? 2.0 / 3 : 1.0 / 3;
        return 1 - ((double)common / one.Union(other).Count * monotony);
    }

    /// <summary>Krippendorff's alpha of two coders who both judged every unit, with this distance instead of a metric on numbers.</summary>
    /// <returns>Null where all sets are the same, so that chance cannot disagree.</returns>
    public static double? Alpha(IReadOnlyList<(ImmutableHashSet<string> One, ImmutableHashSet<string> Other)> units)
    {
        // The same few sets come again and again; distances are taken between kinds of sets, not between all answers.
        var kinds = units.SelectMany(unit => new[] { unit.One, unit.Other })
            .GroupBy(set => string.Join('\n', set.Order(StringComparer.Ordinal)), StringComparer.Ordinal)
            .Select(group => (Set: group.First(), Count: group.Count()))
            .ToList();
        var n = 2.0 * units.Count;
        var expected = kinds.Sum(one => kinds.Sum(other => one.Count * other.Count * Distance(one.Set, other.Set))) / (n * (n - 1));
        return expected > 0 ? 1 - (units.Average(unit => Distance(unit.One, unit.Other)) / expected) : null;
    }
}
