using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FossVoices.Reports;

/// <summary>A report for a terminal: plain text, wrapped.</summary>
internal static class PlainText
{
    private const int Width = 96;

    public static string Of(Document document)
    {
        var text = new StringBuilder();
        Underlined(text, document.Title, '=');
        foreach (var block in document.Blocks)
        {
            text.Append('\n');
            switch (block)
            {
                case Block.Heading(var heading):
                    Underlined(text, heading, '-');
                    break;
                case Block.Paragraph(var words):
                    Wrapped(text, words, "", "");
                    break;
                case Block.Entry(var title, var lines):
                    Wrapped(text, title, "", "");
                    foreach (var line in lines)
                        Wrapped(text, line, "   ", "   ");
                    break;
                case Block.Bullets(var items):
                    foreach (var item in items)
                        Wrapped(text, item, "- ", "  ");
                    break;
                case Block.Table table:
                    Table(text, table);
                    break;
            }
        }

        // Where lines end is settled; whoever searches the text types a space.
        return text.Replace(Harmless.Hold, ' ').ToString();
    }

    private static void Underlined(StringBuilder text, string words, char line)
    {
        var start = text.Length;
        Wrapped(text, words, "", "");
        var longest = text.ToString(start, text.Length - start).Split('\n').Max(Columns);
        text.Append(line, longest).Append('\n');
    }

    private static void Wrapped(StringBuilder text, string words, string first, string next)
    {
        var (lead, column) = (first, 0);
        foreach (var word in Harmless.Line(words).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > 0 && column + 1 + Columns(word) > Width)
            {
                text.Append('\n');
                (lead, column) = (next, 0);
            }

            text.Append(column == 0 ? lead : " ").Append(word);
            column += (column == 0 ? lead.Length : 1) + Columns(word);
        }

        text.Append('\n');
    }

    private static void Table(StringBuilder text, Block.Table table)
    {
        var rows = table.Rows.Prepend(table.Header).Select(row => row.Select(Harmless.Line).ToImmutableArray()).ToImmutableArray();
        var widths = Enumerable.Range(0, table.Header.Length).Select(column => rows.Max(row => Columns(row[column]))).ToArray();
        foreach (var row in rows)
        {
            var line = string.Join("  ", row.Select((cell, column) => cell + new string(' ', widths[column] - Columns(cell))));
            text.Append(line.TrimEnd()).Append('\n');
        }
    }

    /// <summary>How many columns a terminal gives a text: accents none, East Asian wide letters and pictures two.</summary>
    private static int Columns(string text) => text.EnumerateRunes().Sum(rune => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ when rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) => 2,
        _ => 1,
    });
}
