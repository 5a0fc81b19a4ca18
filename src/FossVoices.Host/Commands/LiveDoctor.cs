using System.Security.Cryptography;
using System.Text.Json;
using FossVoices.Channels;
using FossVoices.Discord;
using FossVoices.Discord.Rest;
using FossVoices.Fieldwork;
using FossVoices.Host.Web;
using FossVoices.Teams;
using FossVoices.Teams.Connector;
using SkiaSharp;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices doctor --live</c>: tries each thing the bot needs on the real platforms, a line each.</summary>
internal static class LiveDoctor
{
    /// <param name="channel">The id of a channel in Discord for a message that is deleted again; null to post none.</param>
    /// <exception cref="CannotRun">No platform is configured, or only half.</exception>
    public static async Task<int> RunAsync(Settings settings, string? channel, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings.Halfway is { } halfway)
            throw new CannotRun(halfway);
        if (settings is { Discord: null, Teams: null })
            throw new CannotRun("No chat platform is switched on. Set 'FossVoices:Discord:Token' or 'FossVoices:Teams:AppId' first; docs/running-on-discord.md and docs/running-on-teams.md say how.");

        var chance = new Lottery(RandomNumberGenerator.Create()).Share;
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(new TerminalLog(terminal.Error)).SetMinimumLevel(LogLevel.Warning));
        var results = new List<(string Platform, LiveResult Result)>();
        if (settings.Discord is { } discord)
            await KeepAsync("Discord", DiscordAsync(discord));
        if (settings.Teams is { } teams)
            await KeepAsync("Teams", new FossVoices.Teams.LiveCheck(teams, BearerOf(teams, terminal.Time), Listen.Read(settings.Urls), terminal.Time, chance, logs).RunAsync(AskAsync, cancellationToken));
        if (json)
            await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(results.Select(r => new { platform = r.Platform, what = r.Result.What, passed = r.Result.Passed, sentence = r.Result.Sentence }), Output.Json));
        return results.TrueForAll(r => r.Result.Passed != false) ? ExitCode.Fine : ExitCode.ErrorsFound;

        Task AskAsync(string line) => json ? terminal.Error.WriteLineAsync(line) : terminal.Out.WriteLineAsync(line);

        async IAsyncEnumerable<LiveResult> DiscordAsync(DiscordSettings set)
        {
            using var client = DiscordRest.Client(set.Api, DiscordBot.Home, DiscordBot.Version);
            var rest = new DiscordRest(client, set.Token, terminal.Time, chance, logs.CreateLogger<DiscordRest>());
            await foreach (var result in new FossVoices.Discord.LiveCheck(set, rest, terminal.Time, chance, logs).RunAsync(channel, Picture(), AskAsync, cancellationToken))
                yield return result;
        }

        async Task KeepAsync(string platform, IAsyncEnumerable<LiveResult> running)
        {
            await foreach (var result in running)
            {
                results.Add((platform, result));
                if (!json)
                    await terminal.Out.WriteLineAsync($"{platform}, {result.What}: {Word(result)}. {result.Sentence}");
            }
        }
    }

    private static IBearer BearerOf(TeamsSettings teams, TimeProvider time)
    {
        try
        {
            return TeamsServices.BearerOf(teams, time);
        }
        catch (NoToken e)
        {
            throw new CannotRun(e.Message);
        }
    }

    private static string Word(LiveResult result) => result.Passed switch { true => "pass", false => "fail", null => "not tried" };

    /// <summary>Two bars, to see that pictures come through.</summary>
    private static ReadOnlyMemory<byte> Picture()
    {
        using var bitmap = new SKBitmap(200, 60);
        using (var canvas = new SKCanvas(bitmap))
        using (var bar = new SKPaint { Color = new SKColor(0x00, 0x72, 0xB2) })
        {
            canvas.Clear(SKColors.White);
            canvas.DrawRect(10, 10, 150, 15, bar);
            canvas.DrawRect(10, 35, 90, 15, bar);
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
