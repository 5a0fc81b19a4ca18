using System.Text.Json.Nodes;
using Deque.AxeCore.Playwright;
using FossVoices.Tests.Teams;
using Microsoft.Playwright;

namespace FossVoices.Browser.Tests;

/// <summary>Every kind of card that somebody in Teams gets, in the renderer that others wrote, on a phone and at a desk.</summary>
public sealed class TeamsCardTests(Chromium chromium)
{
    [Fact]
    public async Task Every_card_of_a_survey_can_be_read_filled_in_and_pressed_by_everybody()
    {
        await using var cards = await CardPage.InstallAsync();
        var seen = await WalkAsync();
        Assert.True(seen.Count > 18, $"only {seen.Count} kinds of cards");

        var faults = new List<string>();
        foreach (var screen in new[] { Screen.Phone, Screen.Desktop })
        {
            var page = await chromium.OpenAsync(home: null, screen);
            foreach (var (kind, card) in seen)
            {
                faults.AddRange((await FaultsAsync(cards, page, card, screen.Width)).Select(fault => $"{kind} at {screen.Name}: {fault}"));
                if (Environment.GetEnvironmentVariable("FOSSVOICES_PICTURES") is { Length: > 0 } folder)
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"teams-{kind}-{screen.Name}.png"), FullPage = true });
            }
        }

        Assert.Empty(faults);
    }

    private static async Task<List<string>> FaultsAsync(CardPage cards, IPage page, CardView card, int width)
    {
        List<string> faults = [.. await cards.ShowAsync(page, card.Json.ToJsonString())];
        foreach (var title in card.Json["actions"]?.AsArray().Select(action => (string)action!["title"]!) ?? [])
        {
            var named = page.GetByRole(AriaRole.Button, new() { Name = title, Exact = true }).Or(page.GetByRole(AriaRole.Link, new() { Name = title, Exact = true }));
            if (await named.CountAsync() != 1 || !await named.IsVisibleAsync())
                faults.Add($"no button '{title}'");
        }

        foreach (var input in card.Json["body"]!.AsArray().OfType<JsonObject>().Where(element => CardView.TypeOf(element).StartsWith("Input.", StringComparison.Ordinal)))
        {
            if (!await page.GetByText((string)input["label"]!).First.IsVisibleAsync())
                faults.Add($"nobody sees '{input["label"]}'");
        }

        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width)
            faults.Add("scrolls sideways");
        faults.AddRange((await page.RunAxe()).Violations.Select(v => $"{v.Id}: {v.Help} at {string.Join(" ", v.Nodes.Select(n => n.Html))}"));
        return faults;
    }

    /// <summary>The cards that somebody gets who sees everything once, in the order of their coming.</summary>
    private static async Task<Dictionary<string, CardView>> WalkAsync()
    {
        await using var program = await InTeams.StartAsync();
        var seen = new Dictionary<string, CardView>(StringComparer.Ordinal);
        seen["invitation"] = (await program.InviteAsync()).Card!;
        var (ada, stranger) = (new TeamsGuest(program, "Ada"), new TeamsGuest(program, "Eve", hasApp: false));
        await stranger.JoinAsync();
        seen["not-installed"] = program.Invitation.CardFor(stranger.Person)!;

        await ada.JoinAsync();
        await program.UntilAsync(() => ada.Offers("agree"), "a question for consent");
        seen["consent"] = ada.Last.CardFor(ada.Person)!;
        await ada.AgreeFromHereAsync();
        seen["agreed"] = ada.Messages[^2].CardFor(ada.Person)!;
        for (var asked = 1; ada.IsAsked; asked++)
        {
            var question = ada.Question!;
            seen[$"question-{asked}"] = question.CardFor(ada.Person)!;
            if (asked == 2)
            {
                await ada.PressAsync("pause", says: false);
                seen["paused"] = question.CardFor(ada.Person)!;
                await ada.PressAsync("resume");
                question = ada.Question!;
            }

            var frozen = question.Frozen(ada.Person);
            await ada.AnswerAsync("7");
            seen["read-back"] = question.CardFor(ada.Person)!;
            if (asked == 3)
            {
                await program.Teams.ClickAsync(ada.Person, frozen, "answer", ada.Filled(frozen, "7"));
                seen["answered-already"] = question.CardFor(ada.Person)!;
                await ada.TypeAsync("one hundred and more");
                seen["refused"] = ada.Last.CardFor(ada.Person)!;
            }
        }

        seen["end"] = ada.Last.CardFor(ada.Person)!;
        foreach (var verb in new[] { "mine", "withdraw", "delete" })
        {
            await ada.PressAsync(verb, says: false);
            seen[verb] = ada.Last.CardFor(ada.Person)!;
        }

        await ada.TypeAsync("/voices help");
        seen["help"] = ada.Last.CardFor(ada.Person)!;
        await ada.TypeAsync("/voices feedback");
        seen["feedback"] = ada.Last.CardFor(ada.Person)!;
        Assert.DoesNotContain(program.Refused, refused => !refused.Contains("403", StringComparison.Ordinal)); // The stranger has not the app.
        return seen;
    }
}
