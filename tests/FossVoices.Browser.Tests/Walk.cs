using Microsoft.Playwright;

namespace FossVoices.Browser.Tests;

/// <summary>Walks through the pages of the small study and stops at every kind of page.</summary>
internal static class Walk
{
    /// <param name="stop">Called at each page with its kind.</param>
    public static async Task EverywhereAsync(IPage page, Func<string, Task> stop)
    {
        await page.GotoAsync("/");
        await stop("studies");
        await page.GotoAsync("/s/garden");
        await stop("consent");
        await page.GetByRole(AriaRole.Button, new() { Name = "I agree" }).ClickAsync();
        await stop("choice");
        await page.GetByRole(AriaRole.Button, new() { Name = "I come to sit there" }).ClickAsync();
        await stop("scale");
        await page.GetByRole(AriaRole.Button, new() { Name = "mostly" }).ClickAsync();
        await stop("pick");
        await NextAsync(page);
        await stop("pick-refused");
        await page.GetByLabel("Benches").CheckAsync();
        await page.GetByLabel("Herbs").CheckAsync();
        await page.GetByLabel("Shade").CheckAsync();
        await NextAsync(page);
        await stop("rank");
        await page.GetByLabel("First", new() { Exact = true }).SelectOptionAsync("herbs");
        await page.GetByLabel("Second", new() { Exact = true }).SelectOptionAsync("bench");
        await NextAsync(page);
        await stop("number");
        await page.GetByRole(AriaRole.Textbox).FillAsync("500");
        await NextAsync(page);
        await stop("number-refused");
        await page.GetByRole(AriaRole.Textbox).FillAsync("20");
        await NextAsync(page);
        await stop("text");
        await page.GetByRole(AriaRole.Textbox).FillAsync("Nice.");
        await NextAsync(page);
        await stop("probe");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await stop("paused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await page.GotoAsync("/s/garden?q=open");
        await stop("scale-again");
        await page.GotoAsync("/s/garden?q=role");
        await stop("choice-again");
        await page.GotoAsync("/s/garden");
        await page.GetByRole(AriaRole.Textbox).FillAsync("The lamps were lit, and somebody sang; averylongwordwithoutanyspaceinitthatgoesonandonandonandonandon.");
        await NextAsync(page);
        await stop("gate");
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish here" }).ClickAsync();
        await stop("finished");
        var receipt = await page.Locator(".code").First.InnerTextAsync();
        await page.GotoAsync("/mine/garden");
        await page.GetByText("Is this a shared computer?").ClickAsync();
        await stop("mine");
        await page.GotoAsync("/receipt");
        await stop("receipt");
        await page.GetByRole(AriaRole.Textbox).FillAsync("no such thing");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await stop("receipt-refused");
        await page.GotoAsync("/nowhere");
        await stop("message");
        await page.GotoAsync("/withdraw/garden");
        await stop("withdraw");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"/resume/garden/{receipt}");
        await stop("resume");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await page.GotoAsync("/withdraw/garden");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete my answers" }).ClickAsync();
        await stop("withdrawn");
    }

    public static Task NextAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).ClickAsync();
}
