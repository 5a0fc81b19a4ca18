using System.Collections.Immutable;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>Coverage as it may be shown: per side, and per platform and source where there is more than one way of coming.</summary>
internal static class CoverageLines
{
    public static ImmutableArray<CoverageLine> Of(Coverage coverage, Disclosure disclosure)
    {
        var lines = ImmutableArray.CreateBuilder<CoverageLine>();
        foreach (var (side, invited) in new[]
        {
            (Coverage.Upstream, coverage.Invited?.Upstream), (Coverage.Downstream, coverage.Invited?.Downstream), (Coverage.Both, null), (Coverage.Unknown, null),
        })
        {
            if (side is Coverage.Upstream or Coverage.Downstream || coverage.Sum(side, cell => cell.Started) > 0)
            {
                lines.Add(new(
                    "side", side, invited is { } persons ? disclosure.Persons(persons) : null,
                    disclosure.Persons(coverage.Sum(side, cell => cell.Started)), disclosure.Persons(coverage.Sum(side, cell => cell.Core)),
                    disclosure.Persons(coverage.Sum(side, cell => cell.Finished))));
            }
        }

        AddWays(lines, coverage, disclosure, "platform", cell => cell.Platform);
        AddWays(lines, coverage, disclosure, "source", cell => cell.Source.Length > 0 ? cell.Source : "no tag");
        return lines.ToImmutable();
    }

    public static ImmutableArray<FollowingLine> FollowingOf(Coverage coverage, Disclosure disclosure)
    {
        if (coverage.Following.IsDefaultOrEmpty)
            return [];

        var down = coverage.Following.Sum(option => option.Persons.Downstream);
        var up = coverage.Following.Sum(option => option.Persons.Upstream);
        return Math.Max(down, up) < disclosure.MinimumGroup
            ? []
            : [.. coverage.Following.Select(option => new FollowingLine(option.Label, Shown(option.Persons.Downstream, down), Shown(option.Persons.Upstream, up)))];

        ShownShare? Shown(long persons, long of) => of < disclosure.MinimumGroup ? null : disclosure.Share(new(persons, of));
    }

    /// <summary>Persons whose side was proved, per side; null where they, or the others, are too few to be told apart.</summary>
    public static BySide<string>? AttestedOf(Coverage coverage, Disclosure disclosure) =>
        coverage.Attested is { } attested
        && new BySide<(long Attested, long Started)>((attested.Downstream, coverage.Started.Downstream), (attested.Upstream, coverage.Started.Upstream))
            .All(side => Suppression.Of([side.Attested, Math.Max(0, side.Started - side.Attested)], disclosure.MinimumGroup) is [false, false] && side.Attested > 0)
            ? attested.Select(disclosure.Persons)
            : null;

    private static void AddWays(
        ImmutableArray<CoverageLine>.Builder lines, Coverage coverage, Disclosure disclosure, string group, Func<CoverageCell, string> way)
    {
        var ways = coverage.Cells.Where(cell => cell.Started > 0).GroupBy(way, StringComparer.Ordinal).OrderBy(cells => cells.Key, StringComparer.Ordinal).ToArray();
        if (ways.Length < 2)
            return;

        // The sides' totals stand above, so a single small way of coming could be found by subtraction.
        var withheld = Suppression.Of([.. ways.Select(cells => cells.Sum(cell => cell.Started))], disclosure.MinimumGroup);
        for (var i = 0; i < ways.Length; i++)
        {
            var cells = ways[i];
            lines.Add(withheld[i]
                ? new(group, cells.Key, null, NotShown, NotShown, NotShown)
                : new(group, cells.Key, null, disclosure.Persons(cells.Sum(c => c.Started)), disclosure.Persons(cells.Sum(c => c.Core)), disclosure.Persons(cells.Sum(c => c.Finished))));
        }
    }

    /// <summary>Stands where a number of persons is withheld.</summary>
    public const string NotShown = "not shown";
}
