using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using FossVoices.Tests;
using FossVoices.Tests.Web;
using Microsoft.Playwright;

namespace FossVoices.Browser.Tests;

/// <summary>Whoever answers, with whatever they have.</summary>
public sealed class AccessTests(Chromium chromium)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_page_has_anything_that_axe_finds_wrong(bool dark)
    {
        await using var served = await Served.StartAsync();
        var page = await chromium.OpenAsync(served, Screen.Phone with { Dark = dark });
        var seen = 0;

        await Walk.EverywhereAsync(page, async kind =>
        {
            seen++;
            await NothingIsWrongAsync(page, kind);
        });
        Assert.True(seen > 20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_report_has_nothing_that_axe_finds_wrong_and_fits_a_small_phone(bool dark)
    {
        await using var served = await Served.StartAsync(Repository.Surveys, demoPeople: 80);
        var page = await chromium.OpenAsync(served, Screen.SmallPhone with { Dark = dark });
        await page.GotoAsync("/r/demo");
        await page.Locator("summary").ClickAsync();
        // On a small phone parts of the tables wait to be scrolled to, and nobody can tell the contrast of what is not there; a wide window shows all of them.
        await NothingIsWrongAsync(page, "report on a small phone", showsAll: false);
        await page.SetViewportSizeAsync(1100, 900);
        await NothingIsWrongAsync(page, "report with its method note");
        await page.SetViewportSizeAsync(320, 640);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320, "scrolls sideways");
        if (Environment.GetEnvironmentVariable("FOSSVOICES_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"report-{(dark ? "dark" : "light")}.png"), FullPage = true });
            await page.SetViewportSizeAsync(1100, 900);
            await page.Locator("summary").ClickAsync();
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"report-wide-{(dark ? "dark" : "light")}.png"), FullPage = true });
        }
    }

    [Fact]
    public async Task In_another_language_nothing_is_wrong_either_and_the_switch_leads_back()
    {
        await using var served = await Served.StartAsync(Repository.Surveys);
        var page = await chromium.OpenAsync(served, Screen.SmallPhone);
        await page.GotoAsync("/s/pypi-expectations");
        await page.GetByRole(AriaRole.Link, new() { Name = "Français" }).ClickAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("fr", await page.EvaluateAsync<string>("document.documentElement.lang"));
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320, "scrolls sideways");
            await NothingIsWrongAsync(page, page.Url);
            await page.Locator("main button").First.ClickAsync();
        }

        var here = page.Url;
        await page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();

        Assert.Equal(here, page.Url);
        await Assertions.Expect(page.GetByText("Question 5 of about")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task At_320_pixels_nothing_reaches_beyond_the_side_and_every_target_is_large_enough()
    {
        await using var served = await Served.StartAsync();
        var page = await chromium.OpenAsync(served, Screen.SmallPhone);

        await Walk.EverywhereAsync(page, async kind =>
        {
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320, $"{kind} scrolls sideways");
            var small = await page.EvaluateAsync<string[]>(
                """
                [...document.querySelectorAll('button, select, textarea, label:has(input), input:not([type=hidden]):not([type=radio]):not([type=checkbox]), a, summary')]
                  .filter(e => e.getClientRects().length && !e.closest('p:not(.exits)'))
                  .map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.height < 43.9 || r.width < 43.9)
                  .map(([e, r]) => `${e.outerHTML.slice(0, 80)} ${r.width}x${r.height}`)
                """);
            Assert.True(small.Length == 0, $"{kind}: {string.Join("; ", small)}");
        });
    }

    [Fact]
    public async Task With_text_twice_as_large_nothing_reaches_beyond_the_side()
    {
        await using var served = await Served.StartAsync();
        var page = await chromium.OpenAsync(served, Screen.Phone);

        await Walk.EverywhereAsync(page, async kind =>
        {
            await page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360, $"{kind} scrolls sideways");
        });
    }

    [Fact]
    public async Task Everything_works_without_script()
    {
        await using var served = await Served.StartAsync();
        var page = await chromium.OpenAsync(served, Screen.Phone, script: false);
        var last = "";

        await Walk.EverywhereAsync(page, kind =>
        {
            last = kind;
            return Task.CompletedTask;
        });

        Assert.Equal("withdrawn", last);
        Assert.Equal("Your answers are deleted", await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());
    }

    [Fact]
    public async Task The_survey_can_be_answered_by_keyboard_alone()
    {
        await using var served = await Served.StartAsync();
        var page = await chromium.OpenAsync(served, Screen.Desktop);
        await page.GotoAsync("/s/garden");
        await PressAsync(page, "I agree", "Enter");
        await PressAsync(page, "I come to sit there", "Enter");
        await PressAsync(page, "fully", "Space");
        await FocusAsync(page, "A tap");
        await page.Keyboard.PressAsync("Space");
        await FocusAsync(page, "Shade");
        await page.Keyboard.PressAsync("Space");
        await PressAsync(page, "Next", "Enter");
        await FocusAsync(page, "First");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await PressAsync(page, "Next", "Enter");
        await FocusAsync(page, "How many hours");
        await page.Keyboard.TypeAsync("7");
        await OnwardAsync(page, "Enter"); // Means Next, not Back or Skip.
        await FocusAsync(page, "Tell us of one evening");
        await page.Keyboard.TypeAsync("It was a long and warm evening");
        await PressAsync(page, "Next", "Enter");
        await PressAsync(page, "Finish here", "Enter");

        Assert.Equal("That was all", await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());
        Assert.Equal(
            ["I come to sit there", "fully", "A tap, Shade", "Shade", "7 hours", "It was a long and warm evening", "Finish here"],
            await page.Locator(".said").AllInnerTextsAsync());
    }

    [Fact]
    public async Task The_browsers_own_back_button_leads_to_the_question_before()
    {
        await using var served = await Served.StartAsync();
        var page = await chromium.OpenAsync(served, Screen.Phone);
        await page.GotoAsync("/s/garden");
        await page.GetByRole(AriaRole.Button, new() { Name = "I agree" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I look after it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "a little" }).ClickAsync();

        await page.GoBackAsync();
        Assert.Equal("How far should the garden be open at night?", await page.Locator("h1").InnerTextAsync());
        Assert.Contains("Your answer", await page.GetByRole(AriaRole.Button, new() { Name = "a little" }).InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "fully" }).ClickAsync();

        Assert.Equal("Which should be there? Choose up to three.", await page.Locator("h1").InnerTextAsync());
        await page.ReloadAsync();
        Assert.Equal("Which should be there? Choose up to three.", await page.Locator("h1").InnerTextAsync());
        await page.GotoAsync("/mine/garden");
        Assert.Equal(["I look after it", "fully"], await page.Locator(".said").AllInnerTextsAsync());
    }

    [Fact]
    public async Task Nothing_is_fetched_from_anywhere_else()
    {
        await using var served = await Served.StartAsync();
        var page = await chromium.OpenAsync(served, Screen.Phone);
        var asked = new ConcurrentQueue<Uri>();
        page.Request += (_, request) => asked.Enqueue(new Uri(request.Url));

        await Walk.EverywhereAsync(page, _ => Task.CompletedTask);

        Assert.NotEmpty(asked);
        Assert.All(asked, url => Assert.Equal(served.Home.Authority, url.Authority));
    }

    /// <param name="showsAll">Whether all of the page can be seen without scrolling within it.</param>
    internal static async Task NothingIsWrongAsync(IPage page, string where, bool showsAll = true)
    {
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, $"{where}: {string.Join("; ", found.Violations.Select(v => $"{v.Id}: {v.Help} at {string.Join(" ", v.Nodes.Select(n => n.Html))}"))}");
        // Contrast that axe can't decide on its own would go unnoticed.
        if (showsAll)
            Assert.DoesNotContain(found.Incomplete, i => i.Id == "color-contrast");
    }

    /// <summary>Moves the focus on by the Tab key until it is on what has this name, as a screen reader would say it.</summary>
    private static async Task FocusAsync(IPage page, string name)
    {
        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var here = await page.EvaluateAsync<string>(
                """
                (() => { const e = document.activeElement; const by = e.getAttribute('aria-labelledby');
                  return e.getAttribute('aria-label') ?? (by ? document.getElementById(by).innerText : e.labels?.[0]?.innerText ?? e.innerText ?? ''); })()
                """);
            if (here.Trim().StartsWith(name, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"The Tab key does not lead to '{name}'.");
    }

    private static async Task PressAsync(IPage page, string name, string key)
    {
        await FocusAsync(page, name);
        await OnwardAsync(page, key);
    }

    /// <summary>Presses a key and waits for the page that it leads to.</summary>
    private static async Task OnwardAsync(IPage page, string key)
    {
        var before = await page.Locator("h1").InnerTextAsync();
        await page.Keyboard.PressAsync(key);
        await Assertions.Expect(page.Locator("h1")).Not.ToHaveTextAsync(before);
    }
}
