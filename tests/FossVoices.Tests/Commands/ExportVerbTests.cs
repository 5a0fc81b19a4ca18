using System.Text.Json;
using FossVoices.Exchange;
using FossVoices.Storage;
using FossVoices.Tests.Exchange;

namespace FossVoices.Tests.Commands;

public sealed class ExportVerbTests : IDisposable
{
    private const string Study = "pypi-expectations";

    private readonly Fossvoices _fossvoices = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _fossvoices.Dispose();

    [Fact]
    public async Task What_narrators_released_for_nothing_stays_and_what_they_released_for_counts_leaves_without_its_words()
    {
        await ImportAsync("open.md", "MEL: How?\nADA: I was worn out, =1+1.\n", "--public");
        await ImportAsync("counts.md", "MEL: How?\nBOB: We were all spread too thin.\n", "--release", "count");
        await ImportAsync("closed.md", "MEL: How?\nCARL: Nobody must read of my burnout.\n", "--release", "none");
        await _fossvoices.SayAsync("code", Study);

        var (said, folder) = await ExportAsync("csv");

        var answers = Rows(folder, "answers.csv");
        Assert.Equal(["ADA", ""], Rows(folder, "sessions.csv").Select(row => row["name"]).OrderDescending(StringComparer.Ordinal));
        Assert.Equal(["", "I was worn out, =1+1."], answers.Select(row => row["words"]).Order(StringComparer.Ordinal));
        Assert.Equal(["answered", "withheld"], answers.Select(row => row["state"]).Order(StringComparer.Ordinal));
        Assert.Contains(Rows(folder, "codings.csv"), row => row["code"] == "burnout" && row["quote"].Length == 0);
        Assert.Contains(Rows(folder, "codings.csv"), row => row["code"] == "burnout" && row["quote"] == "worn out");
        Assert.DoesNotContain("CARL", string.Concat(Directory.EnumerateFiles(folder).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Persons_have_names_of_their_own_that_are_the_same_in_each_export_and_not_the_store_s()
    {
        await ImportAsync("a.md", "MEL: How?\nADA: Well.\n", "--release", "anonymous");
        await ImportAsync("b.md", "MEL: How?\nADA: Well again.\n", "--release", "anonymous");
        var (_, first) = await ExportAsync("csv");
        var (_, second) = await ExportAsync("jsonl");

        var person = Assert.Single(Rows(first, "sessions.csv").Select(row => row["person"]).Distinct());

        Assert.Contains(person, await File.ReadAllTextAsync(Path.Combine(second, "sessions.jsonl"), Cancellation), StringComparison.Ordinal);
        await using var database = await Database.OpenAsync(_fossvoices.Data, Cancellation);
        Assert.DoesNotContain(ImportStore.PseudonymOf(database.StudyKey(Study), "ADA"), await File.ReadAllTextAsync(Path.Combine(first, "sessions.csv"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_export_of_words_leaves_a_line_in_the_access_log()
    {
        await ImportAsync("a.md", "MEL: How?\nADA: Well.\n", "--release", "paraphrase");
        await ExportAsync("qdpx");
        await ExportAsync("csv", "--words", "quotable");
        await ExportAsync("qdc");

        await using var database = await Database.OpenAsync(_fossvoices.Data, Cancellation);
        await using var writer = new TurnWriter(database);
        var lines = Assert.Single(await new AccessLog(database, writer, TimeProvider.System).VerifyAsync(Cancellation)).Lines;

        Assert.Equal([("export qdpx, words team", 1), ("export csv, words quotable", 0)], lines.Select(line => (line.What, line.Quantity)));
    }

    [Fact]
    public async Task Every_format_of_an_empty_study_can_be_opened()
    {
        foreach (var format in ExportFiles.Formats)
        {
            var (said, folder) = await ExportAsync(format, "--json");
            using var json = JsonDocument.Parse(said.Out);
            Assert.Equal(0, json.RootElement.GetProperty("sessions").GetInt32());
            Assert.NotEmpty(Directory.EnumerateFiles(folder));
            if (format == "qdpx")
                Assert.Contains("project.qde", RefiProjectTests.Entries(await File.ReadAllBytesAsync(Path.Combine(folder, $"{Study}.qdpx"), Cancellation)).Keys);
        }
    }

    [Fact]
    public async Task Where_nothing_can_be_written_one_sentence_says_so()
    {
        var file = _fossvoices.File("taken", "");

        var said = await _fossvoices.SayAsync("export", Study, "--format", "csv", "--out", file);

        Assert.Equal((3, 1), (said.ExitCode, said.Error.TrimEnd().Split('\n').Length));
        Assert.StartsWith("The export can't be written to", said.Error, StringComparison.Ordinal);
    }


    private Task<Said> ImportAsync(string name, string text, params string[] options) =>
        _fossvoices.SayAsync(["import", Study, _fossvoices.File(name, text), "--side", "upstream", "--interviewer", "MEL", .. options]);

    private async Task<(Said Said, string Folder)> ExportAsync(string format, params string[] options)
    {
        var folder = Path.Combine(_fossvoices.Data, "..", $"out-{format}");
        var said = await _fossvoices.SayAsync(["export", Study, "--format", format, "--out", folder, .. options]);
        Assert.True(said.ExitCode == 0, said.Error);
        return (said, folder);
    }

    private static List<Dictionary<string, string>> Rows(string folder, string file)
    {
        using var stream = File.OpenRead(Path.Combine(folder, file));
        var rows = CsvTable.Read(stream);
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];
    }
}
