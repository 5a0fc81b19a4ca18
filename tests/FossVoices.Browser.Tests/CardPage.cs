using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using FossVoices.Tests;
using Microsoft.Playwright;

namespace FossVoices.Browser.Tests;

/// <summary>Shows Adaptive Cards by the renderer that others wrote (npm's adaptivecards), with the widths and colours of a chat client.</summary>
internal sealed class CardPage : IAsyncDisposable
{
    private readonly string _folder;

    private CardPage(string folder) => _folder = folder;

    /// <summary>Installs the renderer; skips where node or npm, or the way to the registry, is missing, but not in CI.</summary>
    public static async Task<CardPage> InstallAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("voices-cards-").FullName;
        File.Copy(Path.Combine(Source, "package.json"), Path.Combine(folder, "package.json"));
        var why = "";
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"])
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            var errors = npm.StandardError.ReadToEndAsync(token);
            await npm.StandardOutput.ReadToEndAsync(token);
            await npm.WaitForExitAsync(token);
            if (npm.ExitCode == 0)
                return new CardPage(folder);
            why = $"npm could not install adaptivecards: {await errors}";
        }
        catch (Win32Exception)
        {
            why = "needs node and npm (apt-get install nodejs npm)";
        }

        Directory.Delete(folder, recursive: true);
        Assert.True(Environment.GetEnvironmentVariable("CI") is null, why);
        Assert.Skip(why);
        throw new UnreachableException();
    }

    /// <summary>Shows a card.</summary>
    /// <returns>What the renderer finds wrong with it.</returns>
    public async Task<string[]> ShowAsync(IPage page, string card)
    {
        if (!await page.EvaluateAsync<bool>("'AdaptiveCards' in window"))
        {
            await page.SetContentAsync(await File.ReadAllTextAsync(Path.Combine(Source, "page.html"), TestContext.Current.CancellationToken));
            await page.AddScriptTagAsync(new() { Path = Path.Combine(_folder, "node_modules", "markdown-it", "dist", "markdown-it.min.js") });
            await page.AddScriptTagAsync(new() { Path = Path.Combine(_folder, "node_modules", "adaptivecards", "dist", "adaptivecards.min.js") });
        }

        var found = await page.EvaluateAsync<JsonElement>(
            """
            text => {
              AdaptiveCards.AdaptiveCard.onProcessMarkdown = (words, result) => { result.outputHtml = markdownit().render(words); result.didProcess = true; };
              const card = new AdaptiveCards.AdaptiveCard();
              card.hostConfig = new AdaptiveCards.HostConfig({
                fontFamily: '"Segoe UI", "DejaVu Sans", sans-serif',
                actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', showCard: { actionMode: 'inline' } },
                inputs: { label: { inputSpacing: 'small', requiredInputs: { suffix: ' *', suffixColor: 'attention' }, optionalInputs: {} }, errorMessage: { color: 'attention' } },
                textBlock: { headingLevel: 2 },
                containerStyles: { default: { backgroundColor: '#ffffff', foregroundColors: {
                  default: { default: '#242424', subtle: '#5c5c5c' }, accent: { default: '#4f52b2', subtle: '#4f52b2' },
                  attention: { default: '#b10e1c', subtle: '#b10e1c' }, good: { default: '#0e700e', subtle: '#0e700e' }, warning: { default: '#8a3707', subtle: '#8a3707' } } },
                  emphasis: { backgroundColor: '#f0f0f0', foregroundColors: { default: { default: '#242424', subtle: '#545454' } } } }
              });
              const context = new AdaptiveCards.SerializationContext();
              card.parse(JSON.parse(text), context);
              document.getElementById('card').replaceChildren(card.render());
              const events = [];
              for (let i = 0; i < context.eventCount; i++) events.push(context.getEventAt(i).message);
              return events.concat(card.validateProperties().validationEvents.map(e => e.message));
            }
            """,
            card);
        return [.. found.EnumerateArray().Select(e => e.GetString()!)];
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string Source { get; } = Path.Combine(Repository.Root, "tests", "FossVoices.Browser.Tests", "Cards");
}
