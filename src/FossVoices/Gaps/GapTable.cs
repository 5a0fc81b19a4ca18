using System.Collections.Immutable;

namespace FossVoices.Gaps;

/// <summary>
/// The report's figures, one row per item, code and tension, in the order given. A side with fewer persons than the minimum
/// group is left out of its row, and its row out of the family of tests: that depends on numbers of persons alone, never on
/// what they answered. Items and codes are families of their own.
/// </summary>
internal sealed record GapTable(ImmutableArray<ItemRow> Items, ImmutableArray<CodeRow> Codes, ImmutableArray<TensionRow> Tensions)
{
    /// <exception cref="ArgumentException">The scales of an item differ between the sides, or its <c>agree_from</c> is not on its scale.</exception>
    public static GapTable Of(GapCounts counts)
    {
        var enough = Math.Max(1, counts.MinimumGroup);
        return new(
            OfItems(counts, enough),
            OfCodes(counts, enough),
            [.. counts.Tensions.Select(tension => new TensionRow(tension.Tension, Holders(tension.Held.Downstream), Holders(tension.Held.Upstream)))]);

        TensionHolders? Holders(HalvesHeld held) => held.Persons >= enough ? TensionHolders.Of(held) : null;
    }

    private static ImmutableArray<ItemRow> OfItems(GapCounts counts, int enough)
    {
        var gaps = counts.Items
            .Select(item => item.Own.All(side => side.Persons >= enough) ? ItemGap.Between(item.Own.Downstream, item.Own.Upstream, mostTables: counts.MostTables) : null)
            .ToArray();
        var adjusted = FalseDiscovery.Adjust([.. gaps.Select(gap => gap?.DecidingP)]);
        return [.. counts.Items.Select((item, i) =>
        {
            var stances = item.Own.Select(side => side.Persons >= enough ? SideStance.Of(side, item.AgreeFrom) : null);
            var comparison = gaps[i] is { } gap && adjusted[i] is { } p && stances is { Downstream: { } down, Upstream: { } up }
                ? new ItemComparison(
                    gap, p, VerdictOf(counts, gap.Delta, gap.Interval, p), EffectSize.Of(gap.Interval), SideStance.Together(down, up))
                : null;
            return new ItemRow(item.Item, stances.Downstream, stances.Upstream, comparison,
                item.Guesses is null ? null : Coorientation.Of(item.Own, item.Guesses, enough));
        })];
    }

    private static ImmutableArray<CodeRow> OfCodes(GapCounts counts, int enough)
    {
        var gaps = counts.Codes.Select(code => code.Mentioning)
            .Select(sides => sides.All(side => side.Of >= enough) ? ProportionGap.Between(sides.Downstream, sides.Upstream) : null)
            .ToArray();
        var adjusted = FalseDiscovery.Adjust([.. gaps.Select(gap => gap?.FisherP)]);
        return [.. counts.Codes.Select((code, i) =>
        {
            var mentions = code.Mentioning.Select(side => side.Of >= enough ? new Mentions(side, Wilson.Interval(side)) : null);
            var comparison = gaps[i] is { } gap && adjusted[i] is { } p
                ? new CodeComparison(gap, p, VerdictOf(counts, gap.Difference, gap.Interval, p))
                : null;
            return new CodeRow(code.Code, mentions.Downstream, mentions.Upstream, comparison);
        })];
    }

    private static GapVerdict VerdictOf(GapCounts counts, double effect, Interval interval, double adjustedP) =>
        Verdict.Of(effect, interval, counts.Confounded ? null : adjustedP);
}
