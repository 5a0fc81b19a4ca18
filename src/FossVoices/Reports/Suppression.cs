using System.Collections.Immutable;

namespace FossVoices.Reports;

/// <summary>
/// Which cells of a family must be withheld when its total can be known: those below the minimum group, and so many more that
/// nobody can find a small one by subtraction.
/// </summary>
internal static class Suppression
{
    /// <summary>
    /// True for each cell to withhold. Empty cells stay: that nobody came a certain way singles out nobody. When the cells that
    /// were withheld add up to less than the minimum group, the next smallest joins them.
    /// </summary>
    /// <param name="persons">Persons in each cell of a family that adds up to a known total.</param>
    /// <param name="minimumGroup">The fewest persons that may be shown.</param>
    public static ImmutableArray<bool> Of(IReadOnlyList<long> persons, long minimumGroup)
    {
        var withheld = persons.Select(count => count > 0 && count < minimumGroup).ToArray();
        while (withheld.Contains(true) && NotEnough())
        {
            var next = Enumerable.Range(0, persons.Count).Where(i => !withheld[i] && persons[i] > 0).OrderBy(i => persons[i]).ThenBy(i => i).Cast<int?>().FirstOrDefault();
            if (next is not { } index)
                break;
            withheld[index] = true;
        }

        return [.. withheld];

        bool NotEnough() => withheld.Count(w => w) < 2 || persons.Where((_, i) => withheld[i]).Sum() < minimumGroup;
    }
}
