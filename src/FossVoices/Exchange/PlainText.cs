using System.Text;

namespace FossVoices.Exchange;

/// <summary>
/// Words as they leave: one line ending (<c>\n</c>), no null characters, no halves of characters, no byte-order marks, since other programs drop or change those
/// unasked and every position behind them would be wrong. Positions outside are counted in Unicode code points, as Python, R and REFI-QDA count.
/// </summary>
internal static class PlainText
{
    /// <summary>The text as other programs will hold it. Whatever is replaced is replaced one for one, save for <c>\r\n</c>, which becomes one character.</summary>
    public static string Of(ReadOnlySpan<char> said)
    {
        var plain = new StringBuilder(said.Length);
        for (var i = 0; i < said.Length; i++)
        {
            switch (said[i])
            {
                case '\r':
                    i += i + 1 < said.Length && said[i + 1] == '\n' ? 1 : 0;
                    plain.Append('\n');
                    break;
                case '\0':
                    plain.Append('\uFFFD');
                    break;
                case '\uFEFF':
                    plain.Append('\u2060'); // The word joiner means the same and is no byte-order mark.
                    break;
                case var c when char.IsHighSurrogate(c) && i + 1 < said.Length && char.IsLowSurrogate(said[i + 1]):
                    plain.Append(c).Append(said[++i]);
                    break;
                case var c:
                    plain.Append(char.IsSurrogate(c) ? '\uFFFD' : c);
                    break;
            }
        }

        return plain.ToString();
    }

    /// <summary>How many code points the text has.</summary>
    public static int Length(string plain)
    {
        var length = 0;
        foreach (var _ in plain.EnumerateRunes())
            length++;
        return length;
    }

    /// <summary>Where a place of the text as said (in UTF-16 code units) is in the text as it leaves (in code points).</summary>
    public static int Place(string said, int index) => Length(Of(said.AsSpan(0, Math.Clamp(index, 0, said.Length))));

    /// <summary>A span of the text as said as one of the text as it leaves, its end exclusive; the whole text for none.</summary>
    public static (int Start, int End) Span(string said, int? start, int? length) => start is { } from && length is { } count
        ? (Place(said, from), Place(said, from + count))
        : (0, Place(said, said.Length));

    /// <summary>A text that may stand in XML 1.0, which has no place for most control characters.</summary>
    public static string InXml(string text)
    {
        var plain = Of(text);
        return string.Concat(plain.EnumerateRunes().Select(rune =>
            rune.Value is '\t' or '\n' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000 ? rune.ToString() : "\uFFFD"));
    }
}
