using Deque.AxeCore.Playwright;
using FossVoices.Tests.Web;
using Microsoft.Playwright;

namespace FossVoices.Browser.Tests;

/// <summary>The pages on which people code, in a browser.</summary>
public sealed class ReviewTests(Chromium chromium)
{
    /// <summary>Asked again and again: a wait for the change itself misses one that comes between looking and waiting.</summary>
    private static readonly PageAssertionsToHaveURLOptions s_patient = new() { Timeout = 120_000 };

    [Theory]
    [InlineData(360, false)]
    [InlineData(360, true)]
    [InlineData(1200, false)]
    [InlineData(1200, true)]
    public async Task No_page_has_anything_that_axe_finds_wrong_or_scrolls_sideways(int width, bool dark)
    {
        await using var served = await CodedGarden.StartAsync("The rain came at six, and we had no water before; nobody had asked whether there would be any.", "Nothing happened there.", "It rained again.");
        var page = await chromium.OpenAsync(served, new Screen(width, 800, dark));
        var shots = Environment.GetEnvironmentVariable("FOSSVOICES_SHOTS");

        await page.GotoAsync("/review/garden");
        await LookAsync("name");
        await SignInAsync(page, "Eve");
        await LookAsync("home");
        await page.GotoAsync("/review/garden/next");
        foreach (var entry in await page.Locator("details").AllAsync())
            await entry.EvaluateAsync("e => e.open = true");
        await page.Locator("input[name=code]").First.CheckAsync();
        await LookAsync("code");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Words for Water" }).FillAsync("no such words");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await LookAsync("code-refused");
        await page.GotoAsync("/review/garden");
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw", Exact = true }).ClickAsync();
        await LookAsync("home-sample");
        await page.GotoAsync("/review/garden/blind");
        await LookAsync("blind");
        await CodeBlindAsync(page, tick: true);
        await page.GotoAsync("/review/garden");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await SignInAsync(page, "Bob");
        await CodeBlindAsync(page, tick: false);
        await page.GotoAsync("/review/garden/settle");
        await LookAsync("settle");
        await page.Locator("ol.waiting a").First.ClickAsync();
        await LookAsync("settle-answer");
        await page.GotoAsync("/review/garden/find?side=downstream");
        await LookAsync("find");
        await page.Locator("input[name=cite]").First.CheckAsync();
        await page.GetByLabel("What you conclude").FillAsync("People look at the sky.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the claim" }).ClickAsync();
        await page.GetByText("Change or delete").ClickAsync();
        await LookAsync("claims");
        await page.GotoAsync("/review/garden/together");
        await LookAsync("together");

        async Task LookAsync(string where)
        {
            if (shots is not null)
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(shots, $"{where}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{where}: {string.Join("; ", found.Violations.Select(v => $"{v.Id}: {v.Help} at {string.Join(" ", v.Nodes.Select(n => n.Html))}"))}");
            Assert.DoesNotContain(found.Incomplete, i => i.Id == "color-contrast");
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{where} scrolls sideways");
        }
    }

    [Fact]
    public async Task An_answer_is_coded_by_keys_and_a_selection_becomes_the_words_of_a_code()
    {
        await using var served = await CodedGarden.StartAsync("The rain came at six.", "It rained again.");
        var page = await chromium.OpenAsync(served, Screen.Desktop);
        await page.GotoAsync("/review/garden");
        await SignInAsync(page, "Eve");
        await page.GotoAsync("/review/garden/next");
        var first = page.Url;

        await page.Keyboard.PressAsync("1");
        Assert.True(await page.Locator("input[name=code]").First.IsCheckedAsync());
        await page.EvaluateAsync("document.getSelection().selectAllChildren(document.getElementById('answer'))");
        await page.Keyboard.PressAsync("q");
        var words = await page.Locator("[data-quote]").First.InputValueAsync();
        Assert.Equal(await page.Locator("#answer").InnerTextAsync(), words);
        await page.Keyboard.PressAsync("s");
        await Assertions.Expect(page).Not.ToHaveURLAsync(first, s_patient);
        await page.WaitForFunctionAsync("document.readyState === 'complete'");
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("That was the last one");
        await page.GotoAsync("/review/garden/next");
        await page.Keyboard.PressAsync("u");

        await Assertions.Expect(page).ToHaveURLAsync(first, s_patient);
        Assert.False(await page.Locator("input[name=code]").First.IsCheckedAsync());
    }

    [Fact]
    public async Task Keys_can_be_switched_off_and_are_text_where_one_writes()
    {
        await using var served = await CodedGarden.StartAsync("The rain came at six.");
        var page = await chromium.OpenAsync(served, Screen.Desktop);
        await page.GotoAsync("/review/garden");
        await SignInAsync(page, "Eve");
        await page.GotoAsync("/review/garden/next");

        await page.Locator("#memo").PressSequentiallyAsync("1 nus");
        Assert.Equal("1 nus", await page.Locator("#memo").InputValueAsync());
        Assert.False(await page.Locator("input[name=code]").First.IsCheckedAsync());
        await page.GetByText("Keys", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Keys are on").UncheckAsync();
        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("1");

        Assert.False(await page.Locator("input[name=code]").First.IsCheckedAsync());
    }

    private static async Task SignInAsync(IPage page, string name)
    {
        await page.GetByLabel("Your name or initials").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
    }

    private static async Task CodeBlindAsync(IPage page, bool tick)
    {
        await page.GotoAsync("/review/garden/blind");
        while (await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).CountAsync() > 0)
        {
            if (tick)
                await page.Locator("input[name=code]").First.CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        }
    }
}
