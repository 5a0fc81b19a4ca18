using System.Security.Cryptography;
using System.Text.Json;
using FossVoices.Discord;
using FossVoices.Discord.Rest;
using FossVoices.Fieldwork;
using FossVoices.Host.Web;
using SkiaSharp;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices doctor --live</c>: tries each thing the bot needs on the real platform, a line each.</summary>
internal static class LiveDoctor
{
    /// <param name="channel">The id of a channel for a message that is deleted again; null to post none.</param>
    /// <exception cref="CannotRun">No platform is configured, or only half.</exception>
    public static async Task<int> RunAsync(Settings settings, string? channel, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings.Halfway is { } halfway)
            throw new CannotRun(halfway);
        if (settings.Discord is not { } discord)
            throw new CannotRun("No chat platform is switched on. Set 'FossVoices:Discord:Token' first; docs/running-on-discord.md says how.");

        var chance = new Lottery(RandomNumberGenerator.Create()).Share;
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(new TerminalLog(terminal.Error)).SetMinimumLevel(LogLevel.Warning));
        using var client = DiscordRest.Client(discord.Api, DiscordBot.Home, DiscordBot.Version);
        var rest = new DiscordRest(client, discord.Token, terminal.Time, chance, logs.CreateLogger<DiscordRest>());
        var results = new List<LiveResult>();
        await foreach (var result in new LiveCheck(discord, rest, terminal.Time, chance, logs)
            .RunAsync(channel, Picture(), json ? _ => Task.CompletedTask : line => terminal.Out.WriteLineAsync(line), cancellationToken))
        {
            results.Add(result);
            if (!json)
                await terminal.Out.WriteLineAsync($"Discord, {result.What}: {Word(result)}. {result.Sentence}");
        }

        if (json)
            await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(results.Select(r => new { what = r.What, passed = r.Passed, sentence = r.Sentence }), Output.Json));
        return results.TrueForAll(r => r.Passed != false) ? ExitCode.Fine : ExitCode.ErrorsFound;
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
