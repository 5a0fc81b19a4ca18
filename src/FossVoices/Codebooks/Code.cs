using System.Collections.Immutable;

namespace FossVoices.Codebooks;

/// <summary>Where a code stands in its life. A retired code is hidden and its past codings are kept.</summary>
internal enum CodeStatus
{
    Active,
    Draft,
    Retired,
}

/// <summary>
/// One code of a codebook, with the fields of MacQueen et al. (1998): what it stands for, when to give it and when not, and an example;
/// beside them its spelling variants and the indicators by which the lexicon hears it.
/// </summary>
internal sealed record Code
{
    /// <summary>The tag without <c>#</c>, as in <c>burnout</c>. Never reused for another meaning.</summary>
    public required string Id { get; init; }

    public required string Label { get; init; }

    /// <summary>One sentence: what the code stands for.</summary>
    public required string Brief { get; init; }

    public string Full { get; init; } = "";

    public ImmutableArray<string> UseWhen { get; init; } = [];

    public ImmutableArray<string> NotWhen { get; init; } = [];

    public ImmutableArray<string> Examples { get; init; } = [];

    public ImmutableArray<string> CounterExamples { get; init; } = [];

    /// <summary>Other spellings under which people type the tag.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>The id of the category or code above this one, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>A category groups codes and is itself given to nothing.</summary>
    public bool IsCategory { get; init; }

    public CodeStatus Status { get; init; }

    /// <summary>The id of the code that has taken this one's place, or null.</summary>
    public string? MergedInto { get; init; }

    /// <summary>The id by which programs for qualitative analysis know the code again; null where it came from none of them.</summary>
    public string? Guid { get; init; }

    /// <summary>As in <c>#aa3300</c>, or null. Nothing here shows it; it is kept for other programs.</summary>
    public string? Color { get; init; }

    public ImmutableArray<Indicator> Indicators { get; init; } = [];
}

/// <summary>
/// Phrases that point to a code. A phrase is words in a row, compared by their stems. <c>a|b</c> is either word;
/// <c>decide ... ourselves</c> leaves a gap of up to five words within one sentence.
/// </summary>
/// <param name="Id">As in <c>burnout.1</c>; the reason shown beside a suggestion.</param>
/// <param name="Any">Any one of these phrases is a hit.</param>
/// <param name="Near">When given, a hit counts only beside one of these.</param>
/// <param name="Not">A hit is dropped where one of these phrases overlaps it or stands within five words of it.</param>
/// <param name="Confidence">
/// How likely one hit alone means the code, above 0 and up to 1; null for the lexicon's default. Below one half it is a cue: it needs
/// another indicator of the code beside it.
/// </param>
internal sealed record Indicator(string Id, ImmutableArray<string> Any, Nearby? Near, ImmutableArray<string> Not, double? Confidence = null)
{
    /// <summary>The words that a gap <c>...</c> may span, and the reach of a guard.</summary>
    public const int Reach = 5;
}

/// <summary>Phrases of which one must stand within so many words of the hit, before or after it.</summary>
internal sealed record Nearby(ImmutableArray<string> Any, int Within = Nearby.DefaultWithin)
{
    public const int DefaultWithin = 8;
}
