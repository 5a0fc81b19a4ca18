using FossVoices.Channels;
using FossVoices.Discord;
using FossVoices.Discord.Rest;
using Microsoft.Extensions.Logging.Abstractions;

namespace FossVoices.Tests.Discord;

public sealed class LiveCheckTests
{
    [Fact]
    public async Task Each_thing_the_bot_needs_is_tried_and_passes()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        var (channel, operatorOfIt) = (discord.AddChannel("general"), discord.AddPerson("Olu", permissions: 8));

        var results = await RunAsync(discord, LoopbackWorld.Token, channel.Id, said =>
        {
            _ = Task.Run(async () =>
            {
                while (!discord.Gateway.HasListener)
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
                await discord.CommandAsync(operatorOfIt, channel, "voices help");
            });
            return Task.CompletedTask;
        });

        Assert.Equal(["token", "commands", "endpoint", "message", "edit", "delete", "round"], results.Select(r => r.What));
        Assert.All(results, result => Assert.True(result.Passed, result.Sentence));
        Assert.Contains(discord.Seen(channel, operatorOfIt), message => message.Text.Contains("Only you see this", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_token_is_one_sentence_and_nothing_more_is_tried()
    {
        await using var discord = await LoopbackDiscord.StartAsync();

        var result = Assert.Single(await RunAsync(discord, "wrong", channel: null, _ => Task.CompletedTask));

        Assert.False(result.Passed);
        Assert.Contains("does not accept the bot token", result.Sentence, StringComparison.Ordinal);
        Assert.Single(discord.Log);
    }

    private static async Task<List<LiveResult>> RunAsync(LoopbackDiscord discord, string token, string? channel, Func<string, Task> ask)
    {
        var settings = new DiscordSettings(new BotToken(token), Transport.Gateway, PublicKey: null, Guild: null, discord.Api);
        using var client = DiscordRest.Client(discord.Api, new Uri("https://voices.example"), "1.0");
        var rest = new DiscordRest(client, settings.Token, TimeProvider.System, () => 0.1, NullLogger<DiscordRest>.Instance);
        var results = new List<LiveResult>();
        await foreach (var result in new LiveCheck(settings, rest, TimeProvider.System, () => 0.1, NullLoggerFactory.Instance)
            .RunAsync(channel, new byte[] { 1, 2, 3 }, ask, TestContext.Current.CancellationToken))
        {
            results.Add(result);
        }

        return results;
    }
}
