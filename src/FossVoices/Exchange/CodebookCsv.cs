using System.Collections.Immutable;
using FossVoices.Codebooks;

namespace FossVoices.Exchange;

/// <summary>
/// Codebooks as Taguette reads and writes them: CSV with the columns <c>tag</c> and <c>description</c>, what stands above a code written before it with a dot
/// (<c>people.burnout</c>).
/// </summary>
internal static class CodebookCsv
{
    public static void Write(Codebook codebook, Stream stream) => CsvTable.Write(
        new Table("codebook", ["tag", "description"], codebook.Codes.Select(code => (ImmutableArray<Cell>)[Path(codebook, code), Description(code)])), stream);

    /// <exception cref="FormatException">It is no such table; the message is one sentence.</exception>
    public static ImmutableArray<Code> Read(Stream stream)
    {
        var rows = CsvTable.Read(stream);
        if (rows.IsEmpty || Column(rows[0], "tag") is not (>= 0 and var tag))
            throw new FormatException("This is no codebook of Taguette: the first line has no column 'tag'.");
        var description = Column(rows[0], "description");
        var entries = rows.Skip(1).Where(row => row.Any(cell => cell.Length > 0)).Select((row, i) => row.Length > tag && row[tag].Trim() is { Length: > 0 } path
            ? (Path: path, Text: description >= 0 && row.Length > description ? row[description] : "")
            : throw new FormatException($"Code {i + 1} of the codebook has no tag.")).ToList();
        return entries.Count == 0 ? throw new FormatException("The codebook has no codes.") : Coded(entries);
    }

    private static ImmutableArray<Code> Coded(List<(string Path, string Text)> entries)
    {
        var names = entries.ConvertAll(entry => entry.Path[(entry.Path.LastIndexOf('.') + 1)..]);
        var ids = CodeIds.Of(names);
        var byPath = entries.Select((entry, i) => (entry.Path, Id: ids[i])).DistinctBy(entry => entry.Path, StringComparer.Ordinal)
            .ToDictionary(entry => entry.Path, entry => entry.Id, StringComparer.Ordinal);
        var above = entries.ConvertAll(entry => entry.Path.LastIndexOf('.') is > 0 and var dot ? byPath.GetValueOrDefault(entry.Path[..dot]) : null);
        return
        [
            .. entries.Select((entry, i) => CodeText.Read(ids[i], names[i], WithoutKind(entry.Text)) with { Parent = above[i], IsCategory = IsCategory(entry.Text) }),
        ];
    }

    // Every tag of Taguette can be given, so that one is a category has to be said.
    private const string Category = "Category: groups codes and is itself given to nothing";

    private static string Description(Code code) => code.IsCategory ? $"{Category}\n{CodeText.Of(code, hasParent: true)}" : CodeText.Of(code, hasParent: true);

    private static bool IsCategory(string text) => text.StartsWith("Category: ", StringComparison.Ordinal);

    private static string WithoutKind(string text) => IsCategory(text) ? text[(text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end + 1 : text.Length)..] : text;

    private static string Path(Codebook codebook, Code code)
    {
        var path = code.Id;
        var above = code.Parent is null ? null : codebook.WithId(code.Parent);
        for (var steps = 0; above is not null && steps < codebook.Codes.Length; steps++)
        {
            path = $"{above.Id}.{path}";
            above = above.Parent is null ? null : codebook.WithId(above.Parent);
        }

        return path;
    }

    private static int Column(ImmutableArray<string> header, string name)
    {
        for (var i = 0; i < header.Length; i++)
        {
            if (string.Equals(header[i].Trim('\uFEFF', '\u2060', ' '), name, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }
}
