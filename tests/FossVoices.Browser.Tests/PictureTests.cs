using FossVoices.Tests;
using FossVoices.Tests.Web;

namespace FossVoices.Browser.Tests;

/// <summary>Pictures of every kind of page, for people to look at. Set FOSSVOICES_PICTURES to a folder to get them.</summary>
public sealed class PictureTests(Chromium chromium)
{
    [Fact]
    public async Task Every_page_is_pictured_on_a_phone_and_on_a_desk_in_light_and_dark()
    {
        var folder = Environment.GetEnvironmentVariable("FOSSVOICES_PICTURES");
        Assert.SkipUnless(folder is { Length: > 0 }, "takes pictures only where FOSSVOICES_PICTURES names a folder for them");
        foreach (var screen in new[] { Screen.Phone, Screen.Phone with { Dark = true }, Screen.Desktop, Screen.Desktop with { Dark = true } })
        {
            await using var served = await Served.StartAsync();
            var page = await chromium.OpenAsync(served, screen);
            await Walk.EverywhereAsync(page, kind => page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{kind}-{screen.Name}.png"), FullPage = true }));

            await using var bundled = await Served.StartAsync(Repository.Surveys);
            page = await chromium.OpenAsync(bundled, screen);
            await page.GotoAsync("/s/pypi-expectations");
            for (var i = 0; i < 6; i++)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"bundled-{i}-{screen.Name}.png"), FullPage = true });
                await page.Locator("main button").First.ClickAsync();
            }
        }
    }
}
