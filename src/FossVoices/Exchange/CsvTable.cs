using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;

namespace FossVoices.Exchange;

/// <summary>
/// Writes tables as CSV (RFC 4180, UTF-8 without a mark, <c>\n</c>). A spreadsheet takes a text that begins with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a line break for a
/// formula and may run it, so such a text gets an apostrophe before it; a text that had one already gets another, so that taking one away gives back what was said.
/// Numbers are numbers.
/// </summary>
internal static class CsvTable
{
    private const int LargestRecord = 4 * 1024 * 1024;

    private static readonly CsvWriterOptions s_writing = new() { NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace };

    private static readonly CsvReaderOptions s_reading = new()
    {
        Separator = ',',
        HasHeader = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        IncludeValuesInExceptions = false,
        TrackLineNumbers = true,
        MaxRecordSize = LargestRecord,
    };

    public static void Write(Table table, Stream stream)
    {
        using var csv = CsvWriter.Create(stream, s_writing, leaveOpen: true);
        foreach (var column in table.Columns)
            csv.WriteField(Harmless(column));
        csv.EndRecord();
        foreach (var row in table.Rows)
        {
            foreach (var cell in row)
                csv.WriteField(Written(cell));
            csv.EndRecord();
        }
    }

    /// <summary>What stands in the file for a text.</summary>
    public static string Harmless(string text)
    {
        var plain = PlainText.Of(text);
        return IsFormula(plain.AsSpan().TrimStart('\'')) ? "'" + plain : plain;
    }

    /// <summary>The text that <see cref="Harmless"/> was given.</summary>
    public static string Meant(string written) => written.StartsWith('\'') && IsFormula(written.AsSpan().TrimStart('\'')) ? written[1..] : written;

    /// <summary>Every row of a CSV file, the first one included, each cell as it was meant.</summary>
    /// <exception cref="FormatException">It is no CSV; the message is one sentence.</exception>
    public static ImmutableArray<ImmutableArray<string>> Read(Stream stream)
    {
        try
        {
            using var csv = CsvReader.Create(stream, s_reading, leaveOpen: true);
            var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
            while (csv.Read())
                rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(field => Meant(csv.GetString(field)))]);
            return rows.ToImmutable();
        }
        catch (CsvFormatException e)
        {
            throw new FormatException($"This is no CSV: line {Math.Max(1, e.LineNumber)} has a quotation mark where none can be.", e);
        }
    }

    private static string Written(Cell cell) => cell switch
    {
        { Text: { } text } => Harmless(text),
        { Number: { } number } => number.ToString("R", CultureInfo.InvariantCulture),
        _ => "",
    };

    // Full-width signs and white space are taken for formulas by some programs too.
    private static bool IsFormula(ReadOnlySpan<char> text) =>
        text is ['=' or '+' or '-' or '@' or '\t' or '\n' or '＝' or '＋' or '－' or '＠', ..]
        || (text.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..]);
}
