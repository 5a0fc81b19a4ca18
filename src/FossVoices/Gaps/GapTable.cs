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
        var judged = ItemFamily.Judge(counts, enough, item => item.Own);
        var shown = FalseDiscovery.ConfidenceOfSelected(judged.Count(one => one?.IsGap == true), judged.Count(one => one is not null));
        // The family is judged anew as a whole; an item of which too few are on both sides stays in it as it is.
        var withDown = Findings(counts.Items.Any(HasBridge), item => HasBridge(item) ? item.Own with { Downstream = item.Own.Downstream.Plus(item.Bridge!) } : item.Own);
        var withUp = Findings(counts.Items.Any(HasBridge), item => HasBridge(item) ? item.Own with { Upstream = item.Own.Upstream.Plus(item.Bridge!) } : item.Own);
        var attested = Findings(counts.Items.Any(item => item.Attested is not null), item => item.Attested);
        return [.. counts.Items.Select((item, i) =>
        {
            var stances = item.Own.Select(side => side.Persons >= enough ? SideStance.Of(side, item.AgreeFrom) : null);
            var comparison = judged[i] is { } one && stances is { Downstream: { } down, Upstream: { } up }
                ? new ItemComparison(
                    one.Gap, one.AdjustedP, one.CautiousP, one.Verdict, EffectSize.Of(one.Gap.Interval), SideStance.Together(down, up),
                    one.IsGap ? CliffDelta.Of(item.Own.Downstream, item.Own.Upstream, shown).Interval : one.Gap.Interval,
                    HasBridge(item) && withDown[i] is { } d && withUp[i] is { } u ? new(d, u) : null,
                    attested[i])
                : null;
            return new ItemRow(item.Item, stances.Downstream, stances.Upstream, comparison,
                item.Guesses is null ? null : Coorientation.Of(item.Own, item.Guesses, enough),
                HasBridge(item) ? SideStance.Of(item.Bridge!, item.AgreeFrom) : null,
                comparison is not null && item.Earlier is { } earlier && earlier.Own.All(side => side.Persons >= enough)
                    ? Trend.Between(earlier.Own, item.Own, earlier.Again)
                    : null);
        })];

        bool HasBridge(ItemCounts item) => item.Bridge is { } bridge && bridge.Persons >= enough;

        ImmutableArray<ItemFinding?> Findings(bool any, Func<ItemCounts, BySide<Histogram>?> of) => any
            ? [.. ItemFamily.Judge(counts, enough, of).Select(one => one is null ? null : (ItemFinding?)ItemFinding.Of(one.Verdict, one.Gap.Delta))]
            : [.. new ItemFinding?[counts.Items.Length]];
    }

    private static ImmutableArray<CodeRow> OfCodes(GapCounts counts, int enough)
    {
        var gaps = counts.Codes.Select(code => code.Mentioning)
            .Select(sides => sides.All(side => side.Of >= enough) ? ProportionGap.Between(sides.Downstream, sides.Upstream) : null)
            .ToArray();
        var adjusted = FalseDiscovery.Adjust([.. gaps.Select(gap => gap?.FisherP)]);
        var verdicts = counts.Codes.Select((code, i) => gaps[i] is { } gap && adjusted[i] is { } p ? VerdictOf(counts, code, gap, p) : (GapVerdict?)null).ToArray();
        var shown = FalseDiscovery.ConfidenceOfSelected(verdicts.Count(IsGap), verdicts.Count(verdict => verdict is not null));
        return [.. counts.Codes.Select((code, i) =>
        {
            var mentions = code.Mentioning.Select(side => side.Of >= enough ? new Mentions(side, Wilson.Interval(side)) : null);
            var comparison = gaps[i] is { } gap && adjusted[i] is { } p && verdicts[i] is { } verdict
                ? new CodeComparison(
                    gap, p, verdict, IsGap(verdict) ? ProportionGap.HybridScore(code.Mentioning.Downstream, code.Mentioning.Upstream, shown) : gap.Interval, Corrected(code))
                : null;
            return new CodeRow(code.Code, mentions.Downstream, mentions.Upstream, comparison);
        })];
    }

    /// <summary>A gap that could come from the coders is not clear: where it turns round without their errors, or they hardly agree.</summary>
    private static GapVerdict VerdictOf(GapCounts counts, CodeCounts code, ProportionGap gap, double adjustedP)
    {
        var verdict = Verdict.Of(gap.Difference, gap.Interval, counts.Confounded ? null : adjustedP);
        var doubtful = code.Coding?.Agreement < CodingQuality.TooLow || Corrected(code) is { } corrected && Math.Sign(corrected) != Math.Sign(gap.Difference);
        return verdict == GapVerdict.Clear && doubtful ? GapVerdict.Probably : verdict;
    }

    private static double? Corrected(CodeCounts code) =>
        code.Coding?.Errors is { } errors && errors.All(error => error.CanTell)
            ? errors.Downstream.Corrected(code.Mentioning.Downstream.Value) - errors.Upstream.Corrected(code.Mentioning.Upstream.Value)
            : null;

    private static bool IsGap(GapVerdict? verdict) => verdict is GapVerdict.Clear or GapVerdict.Probably;
}
