using System.Text.Json;
using FossVoices.Host.Commands;

namespace FossVoices.Tests.Web;

/// <summary>At the end people hear what they guessed, and what the other side really says: once a report has been posted, and as it was posted.</summary>
public sealed class MirrorTests : IDisposable
{
    private const string Mirrored = "You guessed that most people who look after the garden would say “a little” to “It should be open at night”. Of those who answered, ";

    private readonly string _studies = Directory.CreateTempSubdirectory("voices-").FullName;

    public void Dispose() => Directory.Delete(_studies, recursive: true);

    [Fact]
    public async Task The_end_of_a_survey_in_the_web_and_in_the_terminal_tells_it()
    {
        Write();
        using var fossvoices = new Commands.Fossvoices();
        await using var served = await Served.StartAsync(_studies, fossvoices.Data);
        for (var i = 0; i < 12; i++)
        {
            Assert.DoesNotContain("You guessed", (await AnswerAsync(served, "upstream", i < 9 ? "5" : "1")).Text, StringComparison.Ordinal);
            await AnswerAsync(served, "downstream", "1");
        }

        // A preview is nobody's business yet.
        Assert.Equal(ExitCode.Fine, (await fossvoices.SayAsync("report", "garden", "--preview", "--studies", _studies)).ExitCode);
        Assert.DoesNotContain("You guessed", (await AnswerAsync(served, "downstream", "2")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("You guessed", await TryAsync(fossvoices), StringComparison.Ordinal);

        var posted = JsonDocument.Parse((await fossvoices.SayAsync("report", "garden", "--format", "json", "--studies", _studies)).Out).RootElement;
        var share = posted.GetProperty("sections")[0].GetProperty("items")[0].GetProperty("upstream").GetProperty("agreeing").GetProperty("label").GetString();
        var end = await AnswerAsync(served, "downstream", "2");

        Assert.Equal("more than half", share);
        Assert.Contains($"{Mirrored}{share} say “mostly or fully”.", end.Text, StringComparison.Ordinal);
        Assert.Contains($"{Mirrored}{share} say “mostly or fully”.", await TryAsync(fossvoices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_and_a_correction_from_the_prompt_are_no_report_for_researchers()
    {
        using var fossvoices = new Commands.Fossvoices();
        Assert.Contains("There is nothing to correct", (await fossvoices.SayAsync("report", "pypi-expectations", "--correct")).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUsage, (await fossvoices.SayAsync("report", "pypi-expectations", "--correct", "--audience", "researcher")).ExitCode);
        Assert.Equal(ExitCode.WrongUsage, (await fossvoices.SayAsync("report", "pypi-expectations", "--correct", "--preview")).ExitCode);
    }

    private async Task<string> TryAsync(Commands.Fossvoices fossvoices) => (await fossvoices.SayAsync("yes\n2\n2\n2\n", ["try", "garden", "--studies", _studies])).Out;

    /// <summary>Own view and guess are the same, for some are asked for the one first and some for the other.</summary>
    private static async Task<Page> AnswerAsync(Served served, string side, string point)
    {
        using var reader = new Reader(served);
        await reader.AgreeAsync();
        await reader.SendAsync(("choice", side));
        await reader.SendAsync(("choice", point));
        var end = await reader.SendAsync(("choice", point));
        Assert.Contains("Thank you.", end.Text, StringComparison.Ordinal);
        return end;
    }

    /// <summary>The garden's study with a side and one pair, and the mirror at its end.</summary>
    private void Write()
    {
        var garden = Path.Combine(Served.Garden, "garden");
        Directory.CreateDirectory(Path.Combine(_studies, "garden", "flows"));
        foreach (var file in new[] { "study.json", "codebook.json" })
            File.Copy(Path.Combine(garden, file), Path.Combine(_studies, "garden", file));
        var flow = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(garden, "flows", "visit.json")))!.AsObject();
        var role = flow["items"]!.AsArray().Single(item => (string?)item!["id"] == "role")!.DeepClone();
        flow["items"] = new System.Text.Json.Nodes.JsonArray(role, System.Text.Json.Nodes.JsonNode.Parse("""
            { "id": "open", "type": "pair", "core": true, "scale": "how_far", "reading": "owed", "own": "How far should {project} be open at night?",
              "other": "What would most {other_side|people on the other side} say?", "short": "It should be open at night", "codes": [], "starter": "Until when?" }
            """));
        flow["end"] = "Thank you. {mirror}";
        File.WriteAllText(Path.Combine(_studies, "garden", "flows", "visit.json"), flow.ToJsonString());
    }
}
