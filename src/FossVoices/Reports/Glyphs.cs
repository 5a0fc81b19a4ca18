using System.Globalization;
using System.Text;
using SkiaSharp;

namespace FossVoices.Reports;

/// <summary>Knows which texts a picture can show. Letters are set one by one from left to right, in a font that does not have those of every script.</summary>
internal static class Glyphs
{
    /// <summary>
    /// The text without signs that the font lacks; null where it lacks letters, or they would have to be joined or set from right to left:
    /// then boxes or a wrong order would stand there. The same words are in the alternative text and the report.
    /// </summary>
    public static string? Of(string text, SKTypeface font)
    {
        var drawn = new StringBuilder(text.Length);
        foreach (var rune in Harmless.Line(text).EnumerateRunes())
        {
            var isLetter = Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.NonSpacingMark;
            if (isLetter && (IsJoined(rune) || !font.ContainsGlyph(rune.Value)))
                return null;
            if (rune.Value == ' ' || font.ContainsGlyph(rune.Value))
                drawn.Append(rune);
        }

        return drawn.ToString().Trim();
    }

    /// <summary>Hebrew, Arabic, Syriac, Thaana, N'Ko and their further forms; the scripts of India and its neighbours, Thai, Lao, Tibetan, Burmese and Khmer.</summary>
    private static bool IsJoined(Rune rune) =>
        rune.Value is (>= 0x0590 and <= 0x08FF) or (>= 0x0900 and <= 0x109F) or (>= 0x1780 and <= 0x18AF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF);
}
