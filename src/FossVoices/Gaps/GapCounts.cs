using System.Collections.Immutable;

namespace FossVoices.Gaps;

/// <summary>The answers to one ordinal item.</summary>
/// <param name="Item">The item's id.</param>
/// <param name="Own">Own views of each side. A side that did not answer has a histogram of zeros.</param>
/// <param name="AgreeFrom">The scale point, from 1, at which agreeing begins.</param>
/// <param name="Guesses">What each side guessed of the other; null for an item that does not ask.</param>
/// <param name="Bridge">Own views of those who are on both sides, and in neither side's figures; null where nobody looked.</param>
/// <param name="Attested">Of the own views those of people whose side was proved; null where nobody looked.</param>
/// <param name="Earlier">The same item in the wave before; null where there is none to compare with.</param>
internal sealed record ItemCounts(
    string Item, BySide<Histogram> Own, int AgreeFrom, GuessCounts? Guesses = null,
    Histogram? Bridge = null, BySide<Histogram>? Attested = null, EarlierCounts? Earlier = null);

/// <summary>An item in the wave before.</summary>
/// <param name="Own">Own views.</param>
/// <param name="Again">Of the people who answered both times, what they said: by the earlier point, then the later; null where they are too few or nobody.</param>
internal sealed record EarlierCounts(BySide<Histogram> Own, BySide<PanelTable>? Again);

/// <summary>Who mentioned a code before any probe, in answers to questions that both sides got.</summary>
/// <param name="Code">The code's id.</param>
/// <param name="Mentioning">Persons who mentioned it, of persons who gave at least one answer that can be coded.</param>
/// <param name="Coding">How well the coders of it are known; null where nobody has measured it.</param>
internal sealed record CodeCounts(string Code, BySide<Share> Mentioning, CodingQuality? Coding = null);

/// <summary>Who holds which halves of a tension.</summary>
internal sealed record TensionCounts(string Tension, BySide<HalvesHeld> Held);

/// <summary>All counts that one snapshot of a report rests on.</summary>
/// <param name="Items">Every ordinal item, whether or not it will be shown: the family of tests is what was asked.</param>
/// <param name="Codes">Every code, likewise.</param>
/// <param name="Tensions">Every tension.</param>
/// <param name="MinimumGroup">The fewest persons of a side that may be shown; at least 1.</param>
/// <param name="Confounded">Side coincides with platform or source, so that a gap could come from either; nothing is clear then.</param>
/// <param name="MostTables">How much work an exact p may take, see <see cref="StudentizedPermutation.MostTables"/>; less where reports are made up by the thousand.</param>
internal sealed record GapCounts(
    ImmutableArray<ItemCounts> Items, ImmutableArray<CodeCounts> Codes, ImmutableArray<TensionCounts> Tensions,
    int MinimumGroup, bool Confounded = false, long MostTables = StudentizedPermutation.MostTables);
