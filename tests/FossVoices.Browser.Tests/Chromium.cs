using FossVoices.Tests.Web;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(FossVoices.Browser.Tests.Chromium))]

namespace FossVoices.Browser.Tests;

/// <summary>Debian's Chromium, started once for all tests. Where it is not installed they are skipped, but not in CI.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string? s_path =
        new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser" }.FirstOrDefault(File.Exists);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (s_path is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = s_path,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A window of its own, with cookies of its own.</summary>
    /// <param name="obeysPolicy">Whether scripts run only where the page's own policy allows it, as in people's browsers.</param>
    internal Task<IPage> OpenAsync(Served served, Screen screen, bool script = true, bool obeysPolicy = false) => OpenAsync(served.Home, screen, script, obeysPolicy);

    /// <summary>A window of its own.</summary>
    /// <param name="home">Where paths begin; null where nothing is visited.</param>
    internal async Task<IPage> OpenAsync(Uri? home, Screen screen, bool script = true, bool obeysPolicy = false)
    {
        if (s_path is null)
        {
            Assert.True(Environment.GetEnvironmentVariable("CI") is null, "Chromium is missing: apt-get install chromium");
            Assert.Skip("needs Chromium (apt-get install chromium, or its path in CHROMIUM)");
        }

        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = home?.ToString(),
            ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
            ColorScheme = screen.Dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            // Only what axe needs to look at the page; the pages themselves bring no script.
            BypassCSP = script && !obeysPolicy,
        });
        // A busy machine runs the other tests beside; nothing here is about speed.
        context.SetDefaultTimeout(120_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>How large a window is, in CSS pixels, and whether its owner likes it dark.</summary>
internal sealed record Screen(int Width, int Height, bool Dark = false)
{
    public static Screen Phone { get; } = new(360, 740);

    public static Screen SmallPhone { get; } = new(320, 640);

    public static Screen Desktop { get; } = new(1200, 900);

    public string Name => $"{Width}{(Dark ? "-dark" : "")}";
}
