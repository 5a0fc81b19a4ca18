using FossVoices.Host.Commands;

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
    public async Task There_is_none_of_a_study_that_is_not_here()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        Assert.Equal(404, (await reader.OpenAsync("/r/nowhere")).Status);
        Assert.Equal(404, (await reader.OpenAsync("/r/garden/blue.png")).Status);
    }
}
