using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace FossVoices.Reports;

/// <summary>What one person adds to a cell, unreadable without the study's key.</summary>
/// <param name="Person">A keyed hash of who.</param>
/// <param name="Said">A keyed hash of what.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Member(ulong Person, uint Said);

/// <summary>A table of one side: an item's answers, a tension's halves, the codes. What is published of it is published together.</summary>
/// <param name="Name">Such as <c>item/works</c>.</param>
/// <param name="Side">The side's id.</param>
internal readonly record struct CellKey(string Name, string Side);

/// <summary>A cell's counts and the persons behind them, sorted by person.</summary>
internal sealed record Cell(ImmutableArray<long> Counts, ImmutableArray<Member> Members)
{
    /// <summary>Persons by which two versions of a cell differ: those who came, left, or changed what they said.</summary>
    public static int Changed(ImmutableArray<Member> before, ImmutableArray<Member> after)
    {
        var (changed, i, j) = (0, 0, 0);
        while (i < before.Length && j < after.Length)
        {
            var order = before[i].Person.CompareTo(after[j].Person);
            changed += order != 0 || before[i].Said != after[j].Said ? 1 : 0;
            (i, j) = (i + (order <= 0 ? 1 : 0), j + (order >= 0 ? 1 : 0));
        }

        return changed + before.Length - i + after.Length - j;
    }
}

/// <summary>
/// Decides which figures of a report may change. A cell changes only when at least the minimum group of different people came,
/// left or changed their answer since it was last published; until then it stays what it was. So nobody can subtract one report
/// from the next and be left with fewer people than that. Old figures of one side may stand beside new ones of the other.
/// </summary>
internal static class Refresh
{
    /// <param name="published">The cells as last published.</param>
    /// <param name="now">The cells as they are.</param>
    /// <param name="minimumGroup">The fewest different people who make a change.</param>
    /// <param name="restsOn">
    /// The cells from which part of a cell could be worked out. It changes only together with them: a tension holds how many agree
    /// with each half, which is what its items show.
    /// </param>
    public static ImmutableDictionary<CellKey, Cell> Of(
        IReadOnlyDictionary<CellKey, Cell> published, IReadOnlyDictionary<CellKey, Cell> now, int minimumGroup, Func<string, ImmutableArray<string>> restsOn)
    {
        var settled = ImmutableDictionary.CreateBuilder<CellKey, Cell>();
        foreach (var key in published.Keys.Union(now.Keys))
        {
            var cells = restsOn(key.Name).Select(name => key with { Name = name }).Prepend(key);
            if ((cells.All(cell => MayChange(published.GetValueOrDefault(cell), now.GetValueOrDefault(cell), minimumGroup))
                    ? now.GetValueOrDefault(key) : published.GetValueOrDefault(key)) is { } cell)
                settled[key] = cell;
        }

        return settled.ToImmutable();
    }

    /// <summary>Nothing changed, or enough people did. A first publication needs as many people as a change.</summary>
    private static bool MayChange(Cell? published, Cell? now, int minimumGroup)
    {
        var changed = Cell.Changed(published?.Members ?? [], now?.Members ?? []);
        return changed == 0 || changed >= minimumGroup;
    }
}
