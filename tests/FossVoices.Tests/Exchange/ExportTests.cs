using System.Text;
using System.Text.Json;
using FossVoices.Exchange;

namespace FossVoices.Tests.Exchange;

public sealed class ExportTests
{
    private static WideTable Wide => Assert.Single(WideTable.Of(ExportSample.Study));

    [Fact]
    public void The_wide_table_has_every_column_of_every_version_and_says_why_there_is_no_answer() => Golden.Match(Text(Wide.Table()));

    [Fact]
    public void The_long_table_has_a_row_for_each_question_asked_or_not() => Golden.Match(Text(AnswerTables.Answers(ExportSample.Study)));

    [Fact]
    public void Codings_name_coder_version_reasons_and_the_words() => Golden.Match(Text(CodingTables.Codings(ExportSample.Study)));

    [Fact]
    public void Memos_and_claims_leave_with_the_words_that_they_are_about() =>
        Golden.Match(Text(NoteTables.Memos(ExportSample.Study)) + "\n" + Text(NoteTables.Claims(ExportSample.Study)) + "\n" + Text(NoteTables.Citations(ExportSample.Study)));

    [Fact]
    public void The_dictionary_says_what_was_asked_and_what_the_numbers_mean() =>
        Golden.Match(Text(DictionaryTables.Variables([Wide])) + "\n" + Text(DictionaryTables.Values([Wide])));

    [Fact]
    public void SPSS_syntax_names_variables_values_and_missing_values() => Golden.Match(SpssSyntax.Of(Wide));

    [Fact]
    public void What_stands_in_a_wide_column_is_in_the_dictionary()
    {
        var values = DictionaryTables.Values([Wide]).Rows.Select(row => (row[0].Text, (int)row[1].Number!.Value)).ToHashSet();
        foreach (var row in Wide.Table().Rows)
        {
            foreach (var (variable, i) in Wide.Variables.Select((variable, i) => (variable, WideTable.About.Length + i)))
            {
                if (variable.Measure is not (Measure.Number or Measure.Words or Measure.Place) && row[i].Number is { } number)
                    Assert.Contains((variable.Name, (int)number), values);
            }
        }
    }

    [Fact]
    public void Words_that_may_not_leave_are_in_no_file_of_any_format()
    {
        foreach (var file in ExportFiles.Formats.SelectMany(format => ExportFiles.Of(ExportSample.Study, format)))
        {
            var bytes = Bytes(file);
            Assert.DoesNotContain("So long ago", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
            if (file.Name.EndsWith(".qdpx", StringComparison.Ordinal))
                Assert.All(RefiProjectTests.Entries(bytes), entry => Assert.DoesNotContain("So long ago", entry.Value, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void JSON_lines_hold_the_same_tables()
    {
        var file = ExportFiles.Of(ExportSample.Study, "jsonl").Single(file => file.Name == "answers.jsonl");
        var lines = Encoding.UTF8.GetString(Bytes(file)).TrimEnd('\n').Split('\n');
        var rows = AnswerTables.Answers(ExportSample.Study).Rows.ToList();

        Assert.Equal(rows.Count, lines.Length);
        foreach (var (row, line) in rows.Zip(lines))
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(row[13].Text is { } words ? PlainText.Of(words) : null, json.RootElement.GetProperty("words").GetString());
            Assert.Equal(row[5].Text, json.RootElement.GetProperty("address").GetString());
        }
    }

    [Fact]
    public void The_same_export_is_the_same_bytes()
    {
        foreach (var format in ExportFiles.Formats)
            Assert.Equal(ExportFiles.Of(ExportSample.Study, format).Select(Bytes), ExportFiles.Of(ExportSample.Study, format).Select(Bytes));
    }

    internal static byte[] Bytes(ExportFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    private static string Text(Table table)
    {
        using var stream = new MemoryStream();
        CsvTable.Write(table, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
