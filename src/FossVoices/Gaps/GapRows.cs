namespace FossVoices.Gaps;

/// <summary>One item of the report.</summary>
/// <param name="Item">The item's id.</param>
/// <param name="Downstream">What downstream makes of it; null below the minimum group.</param>
/// <param name="Upstream">The same of upstream.</param>
/// <param name="Comparison">The two together; null when either side is below the minimum group.</param>
/// <param name="Coorientation">Who guesses whom how well; null for an item without guesses.</param>
internal sealed record ItemRow(string Item, SideStance? Downstream, SideStance? Upstream, ItemComparison? Comparison, Coorientation? Coorientation);

/// <summary>Both sides' answers to an item, compared.</summary>
/// <param name="Gap">The figures.</param>
/// <param name="AdjustedP">The deciding p, adjusted within the family of compared items.</param>
/// <param name="Verdict">The gap in words.</param>
/// <param name="Size">Its size in words.</param>
/// <param name="Stance">Held by both, rejected by both, split, or open.</param>
internal sealed record ItemComparison(ItemGap Gap, double AdjustedP, GapVerdict Verdict, EffectSize Size, JointStance Stance);

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
internal sealed record CodeComparison(ProportionGap Gap, double AdjustedP, GapVerdict Verdict);

/// <summary>One tension of the report.</summary>
/// <param name="Tension">The tension's id.</param>
/// <param name="Downstream">Who holds both halves downstream; null below the minimum group.</param>
/// <param name="Upstream">The same of upstream.</param>
internal sealed record TensionRow(string Tension, TensionHolders? Downstream, TensionHolders? Upstream);
