using System.Collections.Immutable;

namespace FossVoices.Gaps;

/// <summary>Judges all items of a report together, since how many were looked at is part of what each can say.</summary>
internal static class ItemFamily
{
    /// <summary>One item of the family.</summary>
    /// <param name="AdjustedP">The p of the test, adjusted.</param>
    /// <param name="CautiousP">The p that decides about "clear", adjusted.</param>
    public sealed record Judged(ItemGap Gap, double AdjustedP, double CautiousP, GapVerdict Verdict)
    {
        public bool IsGap => Verdict is GapVerdict.Clear or GapVerdict.Probably;
    }

    /// <summary>One entry per item, in their order; null for an item that is left out of the family.</summary>
    /// <param name="enough">The fewest persons of a side.</param>
    /// <param name="of">Which answers of an item to judge; null for none.</param>
    public static ImmutableArray<Judged?> Judge(GapCounts counts, int enough, Func<ItemCounts, BySide<Histogram>?> of)
    {
        var compared = counts.Items.Select(of).Select(own => own is not null && own.All(side => side.Persons >= enough) ? own : null).ToArray();
        var gaps = compared.Select(own => own is null ? null : ItemGap.Between(own.Downstream, own.Upstream, mostTables: counts.MostTables)).ToArray();
        var adjusted = FalseDiscovery.Adjust([.. gaps.Select(gap => gap?.P)]);
        var cautious = FalseDiscovery.Adjust(
            [.. gaps.Zip(compared, (gap, own) => gap is null ? null : (double?)CautiousP.Of(Placements.Of(own!.Downstream, own.Upstream), gap.P, CliffDelta.NoiseOf(own.Downstream, own.Upstream)))]);
        return
        [
            .. gaps.Select((gap, i) => gap is not null && adjusted[i] is { } p && cautious[i] is { } last
                ? new Judged(gap, p, last, Verdict.Of(gap.Delta, gap.Interval, counts.Confounded ? null : last))
                : null),
        ];
    }
}
