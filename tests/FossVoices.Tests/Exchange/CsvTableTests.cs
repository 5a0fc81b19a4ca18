using System.Collections.Immutable;
using System.Text;
using CsCheck;
using FossVoices.Exchange;

namespace FossVoices.Tests.Exchange;

public sealed class CsvTableTests
{
    private static readonly Gen<string> s_text = Gen.Select(Gen.OneOf("", "=", "+", "-", "@", "\t", "\n", "'", "''=", "＝", " =", "\r\n", "\"", ","), Gen.String, (start, rest) => start + rest);

    [Fact]
    public void Whatever_is_written_is_read_as_it_was_meant() => Gen.Select(s_text.Array[1, 6], s_text.Array[1, 6]).Sample((header, row) =>
    {
        // An empty line is no row.
        var columns = header.Select((name, i) => $"{name}{i}").ToImmutableArray();
        var cells = columns.Select((_, i) => row[i % row.Length]).ToImmutableArray();

        var read = CsvTable.Read(Written(new Table("t", columns, [[.. cells.Select(cell => (Cell)cell)]])));

        Assert.Equal(columns.Select(name => PlainText.Of(name)), read[0]);
        if (cells.Any(cell => cell.Length > 0))
            Assert.Equal(cells.Select(cell => PlainText.Of(cell)), read[1]);
    });

    [Fact]
    public void No_cell_is_a_formula_and_numbers_are_numbers() => s_text.Sample(text =>
        Assert.DoesNotContain(CsvTable.Harmless(text) is [var first, ..] ? first : ' ', "=+-@\t\r\n＝＋－＠"));

    [Fact]
    public void Numbers_stand_as_they_are_and_texts_that_look_like_formulas_get_an_apostrophe()
    {
        var stream = Written(new Table("t", ["=a", "b"], [[-1, "-1"], [0.5, "'=1"], [Cell.Nothing, "it's"]]));

        Assert.Equal("'=a,b\n-1,'-1\n0.5,''=1\n,it's\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void What_is_no_CSV_is_refused_in_one_sentence()
    {
        var refused = Assert.Throws<FormatException>(() => CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes("tag,description\na,\"b\"c\n"))));

        Assert.StartsWith("This is no CSV: line ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Positions_count_code_points_of_the_text_as_it_leaves() => Gen.Select(s_text, Gen.Int[0, 40], Gen.Int[0, 40]).Sample((said, from, length) =>
    {
        from = Math.Min(from, said.Length);
        length = Math.Min(length, said.Length - from);
        if (Splits(said, from) || Splits(said, from + length))
            return;

        var (start, end) = PlainText.Span(said, from, length);

        Assert.Equal(PlainText.Of(said.AsSpan(from, length)), string.Concat(PlainText.Of(said).EnumerateRunes().Skip(start).Take(end - start)));
        Assert.Equal((0, PlainText.Length(PlainText.Of(said))), PlainText.Span(said, null, null));
    });

    private static bool Splits(string text, int at) => at > 0 && at < text.Length
        && ((char.IsHighSurrogate(text[at - 1]) && char.IsLowSurrogate(text[at])) || (text[at - 1] == '\r' && text[at] == '\n'));

    private static MemoryStream Written(Table table)
    {
        var stream = new MemoryStream();
        CsvTable.Write(table, stream);
        stream.Position = 0;
        return stream;
    }
}
