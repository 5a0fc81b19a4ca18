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

    [Fact]
    public async Task A_server_that_the_bot_is_not_in_is_one_sentence()
    {
        await using var discord = await LoopbackDiscord.StartAsync();

        var result = (await RunAsync(discord, LoopbackWorld.Token, channel: null, _ => throw new OperationCanceledException(), guild: "123", until: "commands"))[^1];

        Assert.False(result.Passed);
        Assert.Contains("The bot is not in the server 123", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_that_is_missing_in_the_channel_is_named()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        var channel = discord.AddChannel("general");
        channel.Refuses = new LoopbackRefusal(403, 50013, "Missing Permissions");

        var result = (await RunAsync(discord, LoopbackWorld.Token, channel.Id, _ => Task.CompletedTask, until: "message"))[^1];

        Assert.False(result.Passed);
        Assert.Contains("Attach Files", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transport_that_Discord_does_not_use_is_one_sentence()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        discord.EndpointUrl = "https://voices.example/discord/interactions";

        var result = (await RunAsync(discord, LoopbackWorld.Token, channel: null, _ => Task.CompletedTask, until: "endpoint"))[^1];

        Assert.False(result.Passed);
        Assert.Contains("Clear the Interactions Endpoint URL", result.Sentence, StringComparison.Ordinal);
    }

    /// <param name="until">The check after which no more are made; null for all.</param>
    private static async Task<List<LiveResult>> RunAsync(LoopbackDiscord discord, string token, string? channel, Func<string, Task> ask, string? guild = null, string? until = null)
    {
        var settings = new DiscordSettings(new BotToken(token), Transport.Gateway, PublicKey: null, guild, discord.Api);
        using var client = DiscordRest.Client(discord.Api, new Uri("https://voices.example"), "1.0");
        var rest = new DiscordRest(client, settings.Token, TimeProvider.System, () => 0.1, NullLogger<DiscordRest>.Instance);
        var results = new List<LiveResult>();
        await foreach (var result in new LiveCheck(settings, rest, TimeProvider.System, () => 0.1, NullLoggerFactory.Instance)
            .RunAsync(channel, new byte[] { 1, 2, 3 }, ask, TestContext.Current.CancellationToken))
        {
            results.Add(result);
            if (result.What == until)
                break;
        }

        return results;
    }
}
