using System.Text;

namespace FossVoices.Reports;

/// <summary>A report as Markdown, in which nothing that a text says becomes markup, a mention or a link.</summary>
internal static class Markdown
{
    public static string Of(Document document)
    {
        var text = new StringBuilder().Append("# ").Append(Escaped(document.Title)).Append('\n');
        foreach (var block in document.Blocks)
        {
            text.Append('\n');
            switch (block)
            {
                case Block.Heading(var heading):
                    text.Append("## ").Append(Escaped(heading)).Append('\n');
                    break;
                case Block.Paragraph(var words):
                    text.Append(Escaped(words)).Append('\n');
                    break;
                case Block.Entry(var title, var lines):
                    text.Append("**").Append(Escaped(title)).Append("**\n\n");
                    foreach (var line in lines)
                        text.Append("- ").Append(Escaped(line)).Append('\n');
                    break;
                case Block.Bullets(var items):
                    foreach (var item in items)
                        text.Append("- ").Append(Escaped(item)).Append('\n');
                    break;
                case Block.Table table:
                    Row(text, table.Header);
                    Row(text, table.Header.Select(_ => "---"), raw: true);
                    foreach (var row in table.Rows)
                        Row(text, row);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>A text whose every character is read as itself; an empty character breaks up mentions and addresses.</summary>
    public static string Escaped(string words)
    {
        var line = Harmless.Line(words);
        var text = new StringBuilder(line.Length + 16);
        for (var i = 0; i < line.Length; i++)
        {
            var special = line[i] is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '~' or '#'
                || (i == 0 && line[i] is '-' or '+' or '=' or ':')
                || (line[i] is '.' or ')' && i > 0 && line[..i].All(char.IsAsciiDigit));
            if (special)
                text.Append('\\');
            text.Append(line[i]);
            if ((line[i] == '@' && i + 1 < line.Length) || (line[i] == ':' && line.AsSpan(i).StartsWith("://")) || (line[i] == '.' && line.AsSpan(0, i + 1).EndsWith("www.", StringComparison.OrdinalIgnoreCase)))
                text.Append('\u200B');
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells, bool raw = false) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => raw ? cell : Escaped(cell))).Append(" |\n");
}
