namespace FossVoices.Gaps;

/// <summary>One item of the report.</summary>
/// <param name="Item">The item's id.</param>
/// <param name="Downstream">What downstream makes of it; null below the minimum group.</param>
/// <param name="Upstream">The same of upstream.</param>
/// <param name="Comparison">The two together; null when either side is below the minimum group.</param>
/// <param name="Coorientation">Who guesses whom how well; null for an item without guesses.</param>
/// <param name="Bridge">What those on both sides make of it; null below the minimum group.</param>
/// <param name="Trend">How the gap changed since the wave before; null where there is nothing to compare.</param>
internal sealed record ItemRow(
    string Item, SideStance? Downstream, SideStance? Upstream, ItemComparison? Comparison, Coorientation? Coorientation, SideStance? Bridge, Trend? Trend);

/// <summary>Both sides' answers to an item, compared.</summary>
/// <param name="Gap">The figures.</param>
/// <param name="AdjustedP">The p of the test, adjusted within the family of compared items.</param>
/// <param name="CautiousP">The p that decides about "clear", never smaller: see <see cref="Gaps.CautiousP"/>; adjusted likewise.</param>
/// <param name="Verdict">The gap in words.</param>
/// <param name="Size">Its size in words.</param>
/// <param name="Stance">Held by both, rejected by both, split, or open.</param>
/// <param name="Shown">The interval to show: where the item is shown for its gap, that of the selected (<see cref="FalseDiscovery.ConfidenceOfSelected"/>).</param>
/// <param name="WithBridge">The verdicts if those on both sides were counted with one: with downstream, and with upstream; null where they are too few.</param>
/// <param name="Attested">The verdict among people whose side was proved; null where they are too few.</param>
internal sealed record ItemComparison(
    ItemGap Gap, double AdjustedP, double CautiousP, GapVerdict Verdict, EffectSize Size, JointStance Stance, Interval Shown,
    BySide<ItemFinding>? WithBridge, ItemFinding? Attested)
{
    /// <summary>The verdict with its direction.</summary>
    public ItemFinding Finding => ItemFinding.Of(Verdict, Gap.Delta);

    /// <summary>Somebody who counts those on both sides with one of them comes to another verdict.</summary>
    public bool DependsOnBridge => WithBridge is { } with && !with.All(finding => finding == Finding);
}

/// <summary>A verdict and, where it is of a gap, which side is higher. Two findings that differ would be told differently.</summary>
/// <param name="Direction">1 where downstream is higher, -1 where upstream is, 0 where no gap is told.</param>
internal readonly record struct ItemFinding(GapVerdict Verdict, int Direction)
{
    public static ItemFinding Of(GapVerdict verdict, double delta) =>
        new(verdict, verdict is GapVerdict.Clear or GapVerdict.Probably ? Math.Sign(delta) : 0);
}

/// <summary>One code of the report.</summary>
/// <param name="Code">The code's id.</param>
/// <param name="Downstream">How many downstream mention it; null below the minimum group.</param>
/// <param name="Upstream">The same of upstream.</param>
/// <param name="Comparison">The two together; null when either side is below the minimum group.</param>
internal sealed record CodeRow(string Code, Mentions? Downstream, Mentions? Upstream, CodeComparison? Comparison);

/// <summary>How many of one side mention a code.</summary>
/// <param name="Persons">Persons mentioning, of persons codable.</param>
/// <param name="Interval">Wilson interval of the share.</param>
internal sealed record Mentions(Share Persons, Interval Interval);

/// <summary>Both sides' mentions of a code, compared.</summary>
/// <param name="Gap">The figures.</param>
/// <param name="AdjustedP">Fisher's p, adjusted within the family of compared codes.</param>
/// <param name="Verdict">The gap in words.</param>
/// <param name="Shown">The interval to show, as of an item.</param>
/// <param name="Corrected">The difference without what the coders err by, each side by its own; null where that is not known.</param>
internal sealed record CodeComparison(ProportionGap Gap, double AdjustedP, GapVerdict Verdict, Interval Shown, double? Corrected);

/// <summary>One tension of the report.</summary>
/// <param name="Tension">The tension's id.</param>
/// <param name="Downstream">Who holds both halves downstream; null below the minimum group.</param>
/// <param name="Upstream">The same of upstream.</param>
internal sealed record TensionRow(string Tension, TensionHolders? Downstream, TensionHolders? Upstream);
