using System.Text.Json.Nodes;
using FossVoices.Host.Commands;
using FossVoices.Tests.Discord;

namespace FossVoices.Tests.Web;

public sealed class ReportPagesTests
{
    [Fact]
    public async Task A_report_stands_there_once_one_was_made_and_looking_makes_none()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);

        var before = await reader.OpenAsync("/r/garden");
        Assert.Equal((404, "No report yet"), (before.Status, before.Heading));
        Assert.Empty(await Rows.AllAsync(served, "select number from snapshot"));

        var made = await Verbs.RunAsync(
            ["report", "garden", "--data", served.Data, "--studies", served.Studies],
            new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, TimeProvider.System), TestContext.Current.CancellationToken);
        var after = await reader.OpenAsync("/r/garden");

        Assert.Equal((ExitCode.Fine, 200), (made, after.Status));
        Assert.Contains("(report 1)", after.Heading, StringComparison.Ordinal);
        Assert.Contains("Nobody has answered here yet.", after.Text, StringComparison.Ordinal);
        Assert.Single(await Rows.AllAsync(served, "select number from snapshot"));
    }

    [Fact]
    public async Task Its_picture_is_there_in_light_and_dark()
    {
        await using var served = await Served.StartAsync();
        await Verbs.RunAsync(
            ["report", "garden", "--data", served.Data, "--studies", served.Studies],
            new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, TimeProvider.System), TestContext.Current.CancellationToken);
        using var browser = new HttpClient();
        foreach (var theme in new[] { "light", "dark" })
        {
            using var answer = await browser.GetAsync(new Uri(served.Home, $"/r/garden/{theme}.png"), TestContext.Current.CancellationToken);
            Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Where_places_are_apart_the_page_is_of_the_web_and_each_place_has_a_page_for_those_who_have_its_address()
    {
        using var apart = new MadeStudy(study =>
        {
            study["places"]!["pool"] = false;
            study["report"] = JsonNode.Parse("""{ "channels": ["discord:800/1"] }""");
        });
        await using var served = await Served.StartAsync(apart.Folder);
        using var reader = new Reader(served);

        Assert.Equal((ExitCode.WrongUsage, "The study 'garden' reports each place apart; name one with --place web, discord:SERVER_ID or teams:TEAM_ID, or take all of them with --audience researcher."), await ReportAsync(served));
        Assert.Equal((ExitCode.WrongUsage, "The study 'garden' has no channel in 'discord:900'. Name a place with --place web, discord:SERVER_ID or teams:TEAM_ID."), await ReportAsync(served, "--place", "discord:900"));
        Assert.Equal((ExitCode.Fine, ""), await ReportAsync(served, "--place", "discord:800"));
        Assert.Equal((ExitCode.Fine, ""), await ReportAsync(served, "--audience", "researcher"));
        Assert.Equal(404, (await reader.OpenAsync("/r/garden")).Status);
        var key = Assert.Single(await Rows.AllAsync(served, "select community from place"));
        var discord = await reader.OpenAsync($"/r/garden?place={key}");
        Assert.Contains("This report counts only people who began in this Discord server.", discord.Text, StringComparison.Ordinal);
        Assert.Contains($"/r/garden/light.png?place={key}", discord.Html, StringComparison.Ordinal);

        Assert.Equal((ExitCode.Fine, ""), await ReportAsync(served, "--place", "web"));
        Assert.Contains("people who came by the web page", (await reader.OpenAsync("/r/garden")).Text, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Error)> ReportAsync(Served served, params string[] options)
    {
        using var error = new StringWriter();
        var code = await Verbs.RunAsync(
            ["report", "garden", "--data", served.Data, "--studies", served.Studies, .. options],
            new Terminal(TextReader.Null, TextWriter.Null, error, TimeProvider.System), TestContext.Current.CancellationToken);
        return (code, error.ToString().Trim());
    }

    [Fact]
    public async Task There_is_none_of_a_study_that_is_not_here()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        Assert.Equal(404, (await reader.OpenAsync("/r/nowhere")).Status);
        Assert.Equal(404, (await reader.OpenAsync("/r/garden/blue.png")).Status);
    }
}
