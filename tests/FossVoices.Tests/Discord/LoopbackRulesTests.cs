using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FossVoices.Tests.Discord;

/// <summary>That the Discord on loopback is as strict as the real one, where our bot never gives it cause; and that the bot gives none.</summary>
public sealed class LoopbackRulesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_than_120_messages_a_minute_end_a_connection()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        using var socket = await ConnectAsync(discord);

        for (var i = 0; i < 121; i++)
            await SendAsync(socket, new JsonObject { ["op"] = 1, ["d"] = null });

        Assert.Equal(4008, await EndAsync(socket));
    }

    [Fact]
    public async Task As_many_as_120_do_not()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        using var socket = await ConnectAsync(discord);

        for (var i = 0; i < 120; i++)
            await SendAsync(socket, new JsonObject { ["op"] = 1, ["d"] = null });
        await LoopbackBot.Until(() => discord.Gateway.Heartbeats == 120);

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task A_second_session_of_the_same_bucket_within_five_seconds_is_invalid()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        discord.Gateway.AtOnce = 1;
        using var first = await ConnectAsync(discord);
        using var second = await ConnectAsync(discord);

        await SendAsync(first, Identify());
        Assert.Equal("READY", (string?)(await ReceiveAsync(first))["t"]);
        await SendAsync(second, Identify());

        Assert.Equal(9, (int?)(await ReceiveAsync(second))["op"]);
        Assert.Equal(1, discord.Gateway.TooManyAtOnce);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_bot_begins_no_more_sessions_at_once_than_Discord_allows(int atOnce)
    {
        var time = new PacedTime(1); // A quicker clock makes a breath of a busy machine as long as the pause that is looked for.
        await using var discord = await LoopbackDiscord.StartAsync(time);
        discord.Gateway.AtOnce = atOnce;
        await using var bot = await LoopbackBot.ConnectAsync(discord, time: time, shards: 4);

        await LoopbackBot.Until(() => bot.Gateway!.IsReady);

        Assert.Equal((4, 0), (discord.Gateway.Identifies, discord.Gateway.TooManyAtOnce));
    }

    [Fact]
    public async Task The_bot_is_not_talked_into_more_messages_than_Discord_takes()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = await LoopbackBot.ConnectAsync(discord);

        for (var i = 0; i < 60; i++)
            await discord.Gateway.AskForHeartbeatAsync();
        await LoopbackBot.Until(() => discord.Gateway.Heartbeats >= 60);

        Assert.Equal(1, discord.Gateway.Connections);
    }

    private static JsonObject Identify() => new()
    {
        ["op"] = 2,
        ["d"] = new JsonObject { ["token"] = LoopbackWorld.Token, ["intents"] = 0, ["properties"] = new JsonObject { ["os"] = "linux", ["browser"] = "test", ["device"] = "test" } },
    };

    /// <summary>A connection that has heard hello.</summary>
    private static async Task<ClientWebSocket> ConnectAsync(LoopbackDiscord discord)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{discord.Api.Authority}/gateway/?v=10&encoding=json"), Token);
        Assert.Equal(10, (int?)(await ReceiveAsync(socket))["op"]);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, JsonObject message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, Token);

    private static async Task<JsonObject> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var received = await socket.ReceiveAsync(buffer, Token);
        return JsonSerializer.Deserialize<JsonObject>(buffer.AsSpan(0, received.Count))!;
    }

    /// <summary>The code with which Discord closed.</summary>
    private static async Task<int?> EndAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        while ((await socket.ReceiveAsync(buffer, Token)).MessageType != WebSocketMessageType.Close)
            continue;
        return (int?)socket.CloseStatus;
    }
}
