using System.Text.Json;
using FossVoices.Host.Commands;

namespace FossVoices.Tests.Commands;

public sealed class PlanVerbTests : IDisposable
{
    private readonly Fossvoices _fossvoices = new();

    public void Dispose() => _fossvoices.Dispose();

    [Fact]
    public async Task A_plan_is_one_JSON_document_with_the_chance_of_each_verdict()
    {
        var said = await _fossvoices.SayAsync("plan", "pypi-expectations", "--up", "8", "--down", "40", "--reports", "20", "--json");

        Assert.Equal(ExitCode.Fine, said.ExitCode);
        using var document = JsonDocument.Parse(said.Out);
        var scenarios = document.RootElement.GetProperty("scenarios");
        Assert.Equal(["none", "small", "medium", "large", "agreed"], scenarios.EnumerateArray().Select(s => s.GetProperty("scenario").GetString()));
        Assert.Equal(1, scenarios[3].GetProperty("notShown").GetDouble());
        Assert.Contains("With 8 upstream", document.RootElement.GetProperty("advice")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--up", "8")]
    [InlineData("--up", "8", "--down", "many")]
    [InlineData("--up", "0", "--down", "40")]
    [InlineData("--up", "8", "--down", "40", "--audience", "everyone")]
    public async Task Numbers_that_are_none_are_wrong_usage_and_said_so(params string[] words)
    {
        var said = await _fossvoices.SayAsync(["plan", "pypi-expectations", .. words]);

        Assert.Equal(ExitCode.WrongUsage, said.ExitCode);
        Assert.NotEmpty(said.Error);
    }
}
