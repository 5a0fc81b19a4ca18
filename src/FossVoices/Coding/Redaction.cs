using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace FossVoices.Coding;

/// <summary>A part of a text, in UTF-16 code units.</summary>
internal readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>
/// Suggests which parts of a text could give somebody away: names that the study knows, handles, mail addresses, links, numbers that may be a phone's or
/// an id, and two or more capitalised words in a row. A suggestion to a person, who decides; it will miss some and offer too many.
/// </summary>
internal static partial class Redaction
{
    /// <param name="names">Names that the study knows: of the team, of places.</param>
    /// <returns>Parts in order, none of which overlap.</returns>
    public static ImmutableArray<TextSpan> Suggest(string text, IEnumerable<string> names)
    {
        var found = Patterns().SelectMany(pattern => pattern.Matches(text).Select(match => new TextSpan(match.Index, match.Length)))
            .Concat(names.Where(name => name.Length > 1).SelectMany(name => Occurrences(text, name)));
        return Joined(found);
    }

    /// <summary>Where a phrase occurs as whole words, whatever its case.</summary>
    public static IEnumerable<TextSpan> Occurrences(string text, string phrase)
    {
        for (var at = text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(phrase, at + phrase.Length, StringComparison.OrdinalIgnoreCase))
        {
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + phrase.Length == text.Length || !char.IsLetterOrDigit(text[at + phrase.Length])))
                yield return new TextSpan(at, phrase.Length);
        }
    }

    /// <summary>The parts in order, those that touch or overlap made one.</summary>
    public static ImmutableArray<TextSpan> Joined(IEnumerable<TextSpan> spans)
    {
        var joined = ImmutableArray.CreateBuilder<TextSpan>();
        foreach (var span in spans.Where(span => span.Length > 0).OrderBy(span => span.Start).ThenByDescending(span => span.Length))
        {
            if (joined.Count > 0 && span.Start <= joined[^1].End)
                joined[^1] = joined[^1] with { Length = Math.Max(joined[^1].End, span.End) - joined[^1].Start };
            else
                joined.Add(span);
        }

        return joined.ToImmutable();
    }

    private static ImmutableArray<Regex> Patterns() => [Mail(), Link(), Handle(), Number(), NameInARow()];

    [GeneratedRegex(@"[^\s@<>()]+@[^\s@<>()]+\.\w+", RegexOptions.NonBacktracking)]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?:[a-z][a-z0-9+.-]{1,15}://|www\.)\S+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(@"<?@[!&]?[\w.-]+>?", RegexOptions.NonBacktracking)]
    private static partial Regex Handle();

    [GeneratedRegex(@"\+?\d[\d ()/-]{6,}\d", RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    /// <summary>A capital with an apostrophe begins a name (O’Brien), but not where it is the speaker: "So I’m", "And I’ve".</summary>
    [GeneratedRegex(
        @"(?:\p{Lu}[\p{L}\p{M}-]|[\p{Lu}-[I]]['’])[\p{L}\p{M}'’-]*(?:\s+(?:(?:van|von|de|der|den|da|di|du|la|le|bin|al)\s+){0,2}(?:\p{Lu}[\p{L}\p{M}.-]|[\p{Lu}-[I]]['’])[\p{L}\p{M}'’.-]*)+",
        RegexOptions.NonBacktracking)]
    private static partial Regex NameInARow();
}
