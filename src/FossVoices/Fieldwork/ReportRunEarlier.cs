using System.Collections.Immutable;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>The wave before, as its last report showed it: nothing of it is published that was not.</summary>
/// <param name="Since">The wave, and whether it can be compared.</param>
/// <param name="Own">Persons per point by item; only of items that were asked in the same words.</param>
internal sealed record ReportRunEarlier(SinceWave Since, ImmutableDictionary<string, BySide<Histogram>> Own)
{
    /// <param name="last">The last report of that wave, for the same audience.</param>
    /// <param name="released">What it rested on.</param>
    /// <param name="ways">How people came: then, and now.</param>
    public static ReportRunEarlier Of(Study study, string wave, GapReport last, ImmutableArray<ReleasedCell> released, (ImmutableArray<CoverageCount> Then, ImmutableArray<CoverageCount> Now) ways)
    {
        var cells = released.ToDictionary(cell => cell.Key, cell => cell.Cell.Counts);
        var wordings = last.Sections.Single(section => section.Stratum == Reports.Stratum.Answering).Items.ToDictionary(item => item.Item, item => item.Wording, StringComparer.Ordinal);
        var own = ImmutableDictionary.CreateBuilder<string, BySide<Histogram>>(StringComparer.Ordinal);
        foreach (var item in Catalogue.ItemsOf(study).Where(item => wordings.GetValueOrDefault(item.Key) == Lines.WordingOf(item)))
        {
            own[item.Key] = new(PointsOf(item, Sides.Downstream), PointsOf(item, Sides.Upstream));

            Histogram PointsOf(CatalogueItem item, string side) =>
                Histogram.Of(cells.TryGetValue(new($"item/{item.Key}", side), out var counts) && counts.Length == item.Scale.Points.Length ? counts : [.. new long[item.Scale.Points.Length]]);
        }

        var differently = new[] { Sides.Upstream, Sides.Downstream }.FirstOrDefault(side => WayOf(ways.Then, side) is { } then && WayOf(ways.Now, side) is { } now && then != now);
        return differently is null
            ? new(new(wave, Refusal: null), own.ToImmutable())
            : new(new(wave, $"Most people {differently} came by another platform than in wave {wave}, so that a change could come from that. The waves are not compared."),
                ImmutableDictionary<string, BySide<Histogram>>.Empty);
    }

    /// <summary>The counts with those of the wave before beside them.</summary>
    public ImmutableArray<ItemCounts> Beside(ImmutableArray<ItemCounts> items) =>
        [.. items.Select(item => Own.TryGetValue(item.Item, out var own) ? item with { Earlier = new(own, Again: null) } : item)];

    /// <summary>The platform by which most people of a side came; null where nobody did.</summary>
    private static string? WayOf(ImmutableArray<CoverageCount> reached, string side) => reached.Where(group => group.Side == side && !group.Public && group.Started > 0)
        .GroupBy(group => group.Platform, StringComparer.Ordinal).OrderByDescending(platform => platform.Sum(group => group.Started)).ThenBy(platform => platform.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.Key;
}
