using System.Collections.Immutable;

namespace FossVoices.Gaps;

/// <summary>The answers to one ordinal item.</summary>
/// <param name="Item">The item's id.</param>
/// <param name="Own">Own views of each side. A side that did not answer has a histogram of zeros.</param>
/// <param name="AgreeFrom">The scale point, from 1, at which agreeing begins.</param>
/// <param name="Guesses">What each side guessed of the other; null for an item that does not ask.</param>
internal sealed record ItemCounts(string Item, BySide<Histogram> Own, int AgreeFrom, GuessCounts? Guesses = null);

/// <summary>Who mentioned a code before any probe, in answers to questions that both sides got.</summary>
/// <param name="Code">The code's id.</param>
/// <param name="Mentioning">Persons who mentioned it, of persons who gave at least one answer that can be coded.</param>
internal sealed record CodeCounts(string Code, BySide<Share> Mentioning);

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
