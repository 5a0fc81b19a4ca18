using System.Text.Json;
using FossVoices.Host.Commands;

namespace FossVoices.Tests.Commands;

public sealed class ReportVerbTests : IDisposable
{
    private const string Up = """
        ANA: How is it kept going?
        BEA: By two people, and I am burnt out, honestly. #busfactor
        """;

    private const string Down = """
        ANA: How do you use it?
        CLEO: It just works. #magic
        """;

    private readonly Fossvoices _fossvoices = new();

    public void Dispose() => _fossvoices.Dispose();

    [Fact]
    public async Task Before_anybody_has_answered_it_says_so()
    {
        var said = await _fossvoices.SayAsync("report", "pypi-expectations");
        Assert.Equal((ExitCode.Fine, ""), (said.ExitCode, said.Error));
        Assert.Contains("Nobody has answered here yet.", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_answers_are_the_same_snapshot_and_more_are_the_next()
    {
        var (first, again) = (await Json(), await Json());
        await ImportAsync("up.md", Up, "upstream");
        var next = await Json();
        var researcher = await Json("--audience", "researcher");

        Assert.Equal([1, 1, 2, 1], new[] { first, again, next, researcher }.Select(report => report.GetProperty("number").GetInt32()));
        Assert.Equal(first.GetRawText(), again.GetRawText());
    }

    [Fact]
    public async Task Narrators_who_published_are_counted_in_full_and_others_are_not()
    {
        await ImportAsync("up.md", Up, "upstream", "--public");
        await ImportAsync("down.md", Down, "downstream");
        await _fossvoices.SayAsync("code", "pypi-expectations");

        var sections = (await Json()).GetProperty("sections");

        Assert.Equal(["answering", "published"], sections.EnumerateArray().Select(section => section.GetProperty("stratum").GetString()));
        Assert.Equal(("0", "<10"), (Persons(sections[0], "upstream"), Persons(sections[0], "downstream")));
        Assert.Equal(("1", "0"), (Persons(sections[1], "upstream"), Persons(sections[1], "downstream")));
        var busfactor = sections[1].GetProperty("codes").EnumerateArray().Single(code => code.GetProperty("code").GetString() == "busfactor");
        Assert.Equal("1 of 1", busfactor.GetProperty("upstream").GetProperty("mentioning").GetProperty("label").GetString());
        Assert.DoesNotContain(sections[0].GetProperty("codes").EnumerateArray(), code => code.TryGetProperty("downstream", out _));
    }

    [Fact]
    public async Task A_file_holds_what_would_have_been_printed()
    {
        var path = _fossvoices.File("report.md", "old");
        var printed = await _fossvoices.SayAsync("report", "pypi-expectations", "--format", "markdown");
        var written = await _fossvoices.SayAsync("report", "pypi-expectations", "--format", "markdown", "--out", path);
        Assert.Equal((ExitCode.Fine, ""), (written.ExitCode, written.Out));
        Assert.Equal(printed.Out, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("pypi-expectation")]
    [InlineData("pypi-expectations", "--wave", "w1")]
    [InlineData("pypi-expectations", "--format", "word")]
    [InlineData("pypi-expectations", "--audience", "everybody")]
    public async Task Bad_usage_is_refused(params string[] given)
    {
        var said = await _fossvoices.SayAsync(["report", .. given]);
        Assert.Equal((ExitCode.WrongUsage, ""), (said.ExitCode, said.Out));
        Assert.NotEqual("", said.Error);
    }

    private static string? Persons(JsonElement section, string side) => section.GetProperty("persons").GetProperty(side).GetString();

    private Task<Said> ImportAsync(string name, string talk, string side, params string[] more) =>
        _fossvoices.SayAsync(["import", "pypi-expectations", _fossvoices.File(name, talk), "--side", side, "--interviewer", "ANA", .. more]);

    private async Task<JsonElement> Json(params string[] more)
    {
        var said = await _fossvoices.SayAsync(["report", "pypi-expectations", "--json", .. more]);
        Assert.Equal((ExitCode.Fine, ""), (said.ExitCode, said.Error));
        using var document = JsonDocument.Parse(said.Out);
        return document.RootElement.Clone();
    }
}
