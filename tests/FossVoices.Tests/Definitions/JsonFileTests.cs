using System.Text;
using FossVoices.Definitions;

namespace FossVoices.Tests.Definitions;

public sealed class JsonFileTests
{
    [Theory]
    [InlineData("", 1, 1, "the file is empty")]
    [InlineData(" \n ", 2, 2, "the file is empty")]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2\n}", 3, 3, "a comma is missing before this")]
    [InlineData("[1 2]", 1, 4, "a comma is missing before this")]
    [InlineData("{ \"a\": { } { } }", 1, 12, "a comma is missing before this")]
    [InlineData("{\n  \"a\": [1, 2,]\n}", 2, 13, "a comma before ']' is not JSON")]
    [InlineData("{\n  \"a\": 1,\n}", 2, 9, "a comma before '}' is not JSON")]
    [InlineData("{ \"a\": 1,, \"b\": 2 }", 1, 10, "this comma is one too many")]
    [InlineData("{\n  // note\n  \"a\": 1 }", 2, 3, "comments are not JSON")]
    [InlineData("{ \"a\": 1 /* note */ }", 1, 10, "comments are not JSON")]
    [InlineData("{\n \"a\": [1,\n  {\"b\": 2\n", 4, 1, "the file ends, and the '{' of line 3 is not closed")]
    [InlineData("{ \"a\": \"no end\n}", 1, 8, "this text has no closing quotation mark on its line")]
    [InlineData("{ \"a\": \"no end", 1, 8, "this text has no closing quotation mark on its line")]
    [InlineData("{ \"a\": \"C:\\dir\" }", 1, 8, "this text holds a backslash that is no escape")]
    [InlineData("{ \"a\" 1 }", 1, 7, "a colon is missing before this")]
    [InlineData("{ \"a\": }", 1, 8, "a value is missing before this")]
    [InlineData("{ \"a\": [1 }", 1, 11, "'}' closes something that it did not open")]
    [InlineData("{ } { }", 1, 5, "the file goes on after its end")]
    [InlineData("{ 'a': 1 }", 1, 3, "JSON wants straight double quotation marks")]
    [InlineData("{ “a”: 1 }", 1, 3, "JSON wants straight double quotation marks")]
    [InlineData("{ a: 1 }", 1, 3, "'a: 1 }' stands without quotation marks")]
    [InlineData("{ \"a\": True }", 1, 8, "this is not JSON: 'True }'")]
    [InlineData("{ \"a\": 01 }", 1, 8, "this is not JSON: '01 }'")]
    public void Broken_JSON_is_said_in_words_with_line_and_column(string json, int line, int column, string message)
    {
        var problem = Assert.Single(Problems(json));

        Assert.Equal(("FV001", line, column, message), (problem.Code, problem.Line, problem.Column, problem.Message));
        Assert.NotNull(problem.Suggestion);
    }

    [Fact]
    public void Columns_count_as_editors_do_after_emoji_and_accents()
    {
        var problem = Assert.Single(Problems("{ \"é💥\": 1 \"b\": 2 }"));

        Assert.Equal(12, problem.Column);
    }

    [Fact]
    public void A_byte_order_mark_is_no_problem_and_moves_no_column()
    {
        var bytes = Encoding.UTF8.Preamble.ToArray().Concat("{ \"a\": 1 }"u8.ToArray()).ToArray();
        var problems = new Problems("f");

        var root = Assert.IsType<Node.Object>(JsonFile.Read(bytes, problems));

        Assert.Empty(problems.InOrder());
        Assert.Equal(new Position(1, 8), root.Find("a")!.At);
    }

    [Fact]
    public void What_is_not_UTF_8_is_pointed_at()
    {
        var problems = new Problems("f");

        Assert.Null(JsonFile.Read([.. "{\n \"a\": \""u8, 0xE9, .. "\" }"u8], problems));

        Assert.Equal("f:2:8: error FV001: this is not UTF-8 text (save the file with the encoding UTF-8)", Assert.Single(problems.InOrder()).ToString());
    }

    [Fact]
    public void Half_a_character_by_escape_is_pointed_at() =>
        Assert.Equal("f:2:8: error FV001: this text has an escape that is half a character (write the character itself)",
            Assert.Single(Problems("{ \"a\": 1,\n  \"b\": \"\\ud83d\" }")).ToString());

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void Five_thousand_levels_are_too_deep_and_said_so(string opening)
    {
        var problem = Assert.Single(Problems(string.Concat(Enumerable.Repeat(opening, 5000))));

        Assert.Equal(("FV001", "this nests deeper than 32 levels"), (problem.Code, problem.Message));
        Assert.Equal(1 + (32 * opening.Length), problem.Column);
    }

    [Fact]
    public void Braces_inside_texts_do_not_count_as_levels()
    {
        var problem = Assert.Single(Problems($"{{ \"a\": \"{new string('{', 40)}\" {{ }}"));

        Assert.Equal("a comma is missing before this", problem.Message);
    }

    [Fact]
    public void Ten_megabytes_are_not_read()
    {
        var problem = Assert.Single(Problems("{ \"a\": \"" + new string('x', 10_000_000) + "\" }"));

        Assert.Equal(("FV008", "the file has 10,000,011 bytes; 2,097,152 is the most that is read"), (problem.Code, problem.Message));
    }

    [Fact]
    public void A_key_that_stands_twice_is_pointed_at_where_it_stands_the_second_time()
    {
        var problems = Problems("{ \"a\": 1,\n  \"b\": { \"c\": 1, \"c\": 2 },\n  \"a\": 2 }");

        Assert.Equal(["f:2:18: error FV005: the key 'c' stands here a second time (keep one of the two)", "f:3:3: error FV005: the key 'a' stands here a second time (keep one of the two)"],
            problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Huge_numbers_are_read_as_what_they_are()
    {
        var root = Assert.IsType<Node.List>(JsonFile.Read("[1e999, -1e999, 12345678901234567890, 1.0]"u8, new Problems("f")));

        Assert.Equal([null, null, null, 1], root.Items.Cast<Node.Number>().Select(n => n.Whole));
        Assert.Equal("1e999", ((Node.Number)root.Items[0]).Raw);
    }

    [Fact]
    public void Every_piece_knows_where_it_stands()
    {
        var root = Assert.IsType<Node.Object>(JsonFile.Read("{\r\n  \"a\": [ true, null ],\n\t\"b\": \"x\"\n}"u8, new Problems("f")));

        Assert.Equal([new(2, 8), new(2, 10), new(2, 16)], ((Node.List)root.Find("a")!).Items.Select(i => i.At).Prepend(root.Find("a")!.At));
        Assert.Equal(new Position(3, 7), root.Where("b"));
    }

    private static System.Collections.Immutable.ImmutableArray<Problem> Problems(string json)
    {
        var problems = new Problems("f");
        JsonFile.Read(Encoding.UTF8.GetBytes(json), problems);
        return problems.InOrder();
    }
}
