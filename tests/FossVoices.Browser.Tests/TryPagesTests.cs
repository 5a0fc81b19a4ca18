using FossVoices.Tests.Web;
using Microsoft.Playwright;

namespace FossVoices.Browser.Tests;

/// <summary>The pages for whoever writes a study, with an editor in the other window.</summary>
public sealed class TryPagesTests(Chromium chromium) : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_saved_change_shows_by_itself_with_what_is_to_be_mended_beside_it()
    {
        var flow = _folder.Copy(Path.Combine(Served.Garden, "garden"), Path.Combine("flows", "visit.json"));
        await using var served = await Served.StartAsync(_folder.Path, preview: true);
        var page = await chromium.OpenAsync(served, Screen.Desktop, obeysPolicy: true);
        await page.GotoAsync("/try/garden");
        await page.GetByRole(AriaRole.Button, new() { Name = "I agree" }).ClickAsync();

        Save(text => text.Replace("Which is closer to you?", "Which of these is nearer to you?", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Which of these is nearer to you?");

        Save(text => text.Replace("\"scale\": \"how_far\"", "\"scale\": \"how_fra\"", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByText("error FV010: no scale 'how_fra'").First).ToBeVisibleAsync();

        Save(text => text.Replace("how_fra", "how_far", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Which of these is nearer to you?");

        void Save(Func<string, string> change) => File.WriteAllText(flow, change(File.ReadAllText(flow)));
    }

    [Theory]
    [InlineData(320)]
    [InlineData(360)]
    [InlineData(1200)]
    public async Task Nothing_is_wrong_with_these_pages_on_a_phone_or_at_a_desk(int width)
    {
        var flow = _folder.Copy(Path.Combine(Served.Garden, "garden"), Path.Combine("flows", "visit.json"));
        await using var served = await Served.StartAsync(_folder.Path, preview: true);
        var page = await chromium.OpenAsync(served, new Screen(width, 800));
        await page.GotoAsync("/try/garden");
        await LookAsync("consent");
        await page.GetByRole(AriaRole.Button, new() { Name = "I agree" }).ClickAsync();
        await LookAsync("question");
        await page.GetByRole(AriaRole.Button, new() { Name = "Skip" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Skip" }).ClickAsync();
        await LookAsync("pick");
        await File.WriteAllTextAsync(flow, (await File.ReadAllTextAsync(flow, TestContext.Current.CancellationToken)).Replace("\"scale\": \"how_far\"", "\"scale\": \"how_fra\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await Assertions.Expect(page.GetByText("error FV010").First).ToBeVisibleAsync();
        await LookAsync("broken");

        async Task LookAsync(string kind)
        {
            await AccessTests.NothingIsWrongAsync(page, kind);
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{kind} scrolls sideways");
            if (Environment.GetEnvironmentVariable("FOSSVOICES_PICTURES") is { Length: > 0 } pictures)
                await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"try-{kind}-{width}.png"), FullPage = true });
        }
    }
}
