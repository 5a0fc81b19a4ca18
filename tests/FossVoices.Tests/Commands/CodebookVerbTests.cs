using FossVoices.Studies;
using FossVoices.Tests.Web;

namespace FossVoices.Tests.Commands;

public sealed class CodebookVerbTests : IDisposable
{
    private const string Study = "pypi-expectations";

    private readonly Fossvoices _fossvoices = new();
    private readonly Folder _surveys = new();
    private readonly string _codebook;

    public CodebookVerbTests() => _codebook = _surveys.Copy(Path.Combine(Repository.Surveys, Study), "codebook.json");

    public void Dispose()
    {
        _fossvoices.Dispose();
        _surveys.Dispose();
    }

    [Theory]
    [InlineData("json")]
    [InlineData("qdc")]
    [InlineData("csv")]
    public async Task What_went_out_comes_in_again_without_a_change(string format)
    {
        var file = _surveys.File($"book.{format}");
        var before = await File.ReadAllTextAsync(_codebook, TestContext.Current.CancellationToken);

        Assert.Equal(0, (await SayAsync("export", format, file)).ExitCode);
        var said = await SayAsync("import", format, file);

        Assert.StartsWith("Nothing has changed", said.Out, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_codebook, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_change_becomes_the_next_version_and_the_indicators_stay()
    {
        var file = _surveys.File("book.csv");
        await SayAsync("export", "csv", file);
        await File.WriteAllTextAsync(
            file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("Label: Burnout", "Label: Worn out", StringComparison.Ordinal) + "people.fresh,What is new\n",
            TestContext.Current.CancellationToken);
        var before = StudyFolder.Load(Path.Combine(_surveys.Path, Study)).Study!.Codebook;

        var said = await SayAsync("import", "csv", file);

        var after = StudyFolder.Load(Path.Combine(_surveys.Path, Study)).Study!.Codebook;
        Assert.StartsWith("The codebook is version 2 now: 1 added (fresh), 1 changed (burnout), none retired.", said.Out, StringComparison.Ordinal);
        Assert.Equal(("Worn out", "people"), (after.WithId("burnout")!.Label, after.WithId("fresh")!.Parent));
        Assert.Equal(before.WithId("burnout")!.Indicators.Length, after.WithId("burnout")!.Indicators.Length);
        Assert.True(File.Exists(_codebook + ".replaced"));
    }

    [Theory]
    [InlineData("json", "{ \"id\": 7 }")]
    [InlineData("qdc", "<html/>")]
    [InlineData("csv", "a,b\nc,d\n")]
    public async Task A_file_that_is_none_is_refused_in_one_sentence_and_changes_nothing(string format, string text)
    {
        var file = _surveys.File("wrong");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        var before = await File.ReadAllTextAsync(_codebook, TestContext.Current.CancellationToken);

        var said = await SayAsync("import", format, file);

        Assert.Equal((1, 1), (said.ExitCode, said.Error.TrimEnd().Split('\n').Length));
        Assert.EndsWith("Nothing was imported.", said.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_codebook, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_codebook_that_would_break_the_study_is_refused()
    {
        var file = _surveys.File("book.csv");
        await File.WriteAllTextAsync(file, "tag,description\nonly,One\n", TestContext.Current.CancellationToken);

        var said = await SayAsync("import", "csv", file);

        Assert.Equal(1, said.ExitCode);
        Assert.StartsWith($"With the codebook in '{file}' the study would have errors, such as FV", said.Error, StringComparison.Ordinal);
    }

    private Task<Said> SayAsync(string direction, string format, string file) => _fossvoices.SayAsync("codebook", Study, direction, "--format", format, file, "--studies", _surveys.Path);
}
