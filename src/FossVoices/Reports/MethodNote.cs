using System.Collections.Immutable;

namespace FossVoices.Reports;

/// <summary>The method note, docs/method.md, as a document that stands beside every report. It uses headings, paragraphs, lists and tables, and no more.</summary>
internal static class MethodNote
{
    private static readonly Lazy<Document> s_document = new(() =>
    {
        using var stream = typeof(MethodNote).Assembly.GetManifestResourceStream("FossVoices.Reports.method.md")
            ?? throw new InvalidOperationException("The method note is missing from the program.");
        using var text = new StreamReader(stream);
        return Read(text.ReadToEnd());
    });

    public static Document Document => s_document.Value;

    public static Document Read(string markdown)
    {
        var (title, blocks) = ("", ImmutableArray.CreateBuilder<Block>());
        foreach (var part in markdown.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var lines = part.Split('\n');
            if (part.StartsWith("# ", StringComparison.Ordinal))
                title = Plain(part[2..]);
            else if (part.StartsWith("## ", StringComparison.Ordinal))
                blocks.Add(new Block.Heading(Plain(part[3..])));
            else if (lines.All(line => line.StartsWith('|')))
                blocks.Add(Table(lines));
            else if (lines.All(line => line.StartsWith("- ", StringComparison.Ordinal)))
                blocks.Add(new Block.Bullets([.. lines.Select(line => Plain(line[2..]))]));
            else
                blocks.Add(new Block.Paragraph(Plain(part)));
        }

        return new Document(title, blocks.ToImmutable());
    }

    private static Block.Table Table(string[] lines)
    {
        var rows = lines.Where((_, i) => i != 1).Select(line => line.Trim('|').Split('|').Select(cell => Plain(cell.Trim())).ToImmutableArray()).ToImmutableArray();
        return new Block.Table(rows[0], rows[1..]);
    }

    private static string Plain(string text) => string.Concat(text.Where(letter => letter is not ('*' or '`')));
}
