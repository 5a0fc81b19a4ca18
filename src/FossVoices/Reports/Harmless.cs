using System.Buffers;
using System.Globalization;
using System.Text;

namespace FossVoices.Reports;

/// <summary>
/// Takes out of a text what would act rather than be read: control characters (a terminal obeys them), marks that turn the direction
/// of what follows, and piles of accents that cover other lines.
/// </summary>
internal static class Harmless
{
    /// <summary>A space at which no line ends. It stands between a side's sign and what is said of that side.</summary>
    public const char Hold = '\u00a0';

    private const int MostMarks = 3;

    /// <summary>Letters, figures and signs of which nothing is ever taken out: most of what is said here. No white space but the space.</summary>
    private static readonly SearchValues<char> s_plain = SearchValues.Create([.. Between(' ', '~'), .. Between('\u00a1', '\u024f'), .. Between('\u2010', '\u2027')]);

    /// <summary>The text in one line.</summary>
    public static string Line(string text)
    {
        if (text.Length == 0 || (text[0] != ' ' && text[^1] != ' ' && !text.AsSpan().ContainsAnyExcept(s_plain) && !text.Contains("  ", StringComparison.Ordinal) && !text.Contains(" %", StringComparison.Ordinal)))
            return text;
        var line = new StringBuilder(text.Length);
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || Rune.IsWhiteSpace(rune))
            {
                if (line.Length > 0 && line[^1] is not (' ' or Hold))
                    line.Append(line[^1] is '▼' or '▲' ? Hold : ' ');
            }
            else if (marks <= MostMarks && !TurnsDirection(rune) && !IsNone(rune))
            {
                line.Append(rune);
            }
        }

        // A figure keeps its unit likewise.
        return line.ToString().TrimEnd().Replace(" %", $"{Hold}%", StringComparison.Ordinal);
    }

    /// <summary>The text with its line breaks and spaces as they are, and nothing in it that a terminal would obey.</summary>
    public static string Printable(string text) =>
        string.Concat(text.EnumerateRunes().Where(rune => rune.Value == '\n' || (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Control && !TurnsDirection(rune))));

    private static IEnumerable<char> Between(char first, char last) => Enumerable.Range(first, last - first + 1).Select(c => (char)c);

    /// <summary>What stands for no character at all; no XML file may hold it.</summary>
    private static bool IsNone(Rune rune) => rune == Rune.ReplacementChar || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;

    /// <summary>The Unicode characters that embed, override or isolate a direction.</summary>
    private static bool TurnsDirection(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x061C or 0xFEFF;
}
