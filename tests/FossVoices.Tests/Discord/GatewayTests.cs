using FossVoices.Discord.Gateway;

namespace FossVoices.Tests.Discord;

/// <summary>The gateway over a real WebSocket: what ends a connection, and what is missed by it.</summary>
public sealed class GatewayTests
{
    private static string Content(System.Text.Json.JsonElement sent) => sent.GetProperty("data").GetProperty("name").GetString()!;

    private static async Task RegisterAsync(LoopbackBot bot) => Assert.IsType<FossVoices.Discord.Rest.ApiAnswer.Done>(await bot.Rest.SendAsync(
        new FossVoices.Discord.Rest.ApiRequest(FossVoices.Discord.Rest.Route.Commands(LoopbackWorld.Application),
            System.Text.Json.Nodes.JsonNode.Parse("""[{"name":"voices","description":"Say what you expect"}]""")),
        TestContext.Current.CancellationToken));

    [Fact]
    public async Task It_identifies_with_its_one_intent_and_answers_a_command()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = await LoopbackBot.ConnectAsync(discord, Scripted.With(sent => Scripted.Message(Content(sent))));
        await RegisterAsync(bot);
        var (channel, ada, bo) = (discord.AddChannel("general"), discord.AddPerson("Ada"), discord.AddPerson("Bo"));

        var given = await discord.CommandAsync(ada, channel, "voices");

        Assert.Null(given.Failure);
        Assert.Equal("voices", Assert.Single(discord.Seen(channel, ada)).Text);
        Assert.Empty(discord.Seen(channel, bo));
        Assert.Equal(GatewaySettings.Guilds, (int)Assert.Single(discord.Gateway.Identified)["intents"]!);
    }

    [Fact]
    public async Task It_beats_as_often_as_it_was_told()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        discord.Gateway.HeartbeatInterval = 100;
        await using var bot = await LoopbackBot.ConnectAsync(discord);

        await LoopbackBot.Until(() => discord.Gateway.Heartbeats >= 5);

        Assert.Equal(1, discord.Gateway.Connections);
    }

    public static TheoryData<string> Endings => ["cut", "4000", "4001", "4002", "4003", "4005", "4008", "1000", "1001", "op 7", "op 9 true", "silent"];

    private static Disconnect Kind(string ending) => ending switch
    {
        "cut" => new Disconnect.Cut(),
        "op 7" => new Disconnect.PleaseReconnect(),
        "op 9 true" => new Disconnect.Invalid(Resumable: true),
        "op 9 false" => new Disconnect.Invalid(Resumable: false),
        "silent" => new Disconnect.FallSilent(),
        var code => new Disconnect.Close(int.Parse(code, System.Globalization.CultureInfo.InvariantCulture)),
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task A_lost_connection_is_resumed_where_Discord_said_and_what_was_missed_is_heard_once(string ending)
    {
        var time = new PacedTime(5);
        await using var discord = await LoopbackDiscord.StartAsync(time);
        discord.Deadline = TimeSpan.FromMinutes(5);
        discord.Gateway.HeartbeatInterval = ending == "silent" ? 2000 : 41_250;
        var scripted = Scripted.With(sent => Scripted.Message(Content(sent)));
        await using var bot = await LoopbackBot.ConnectAsync(discord, scripted, time);
        await RegisterAsync(bot);
        var (channel, ada) = (discord.AddChannel("general"), discord.AddPerson("Ada"));

        await discord.DisconnectAsync(Kind(ending));
        var given = discord.CommandAsync(ada, channel, "voices"); // while nobody listens
        await LoopbackBot.Until(() => discord.Gateway.Resumes >= 1 && bot.Gateway!.IsReady);
        await LoopbackBot.Until(() => !scripted.Heard.IsEmpty);
        await discord.DisconnectAsync(new Disconnect.Cut()); // and once more: the event is not replayed a second time
        await LoopbackBot.Until(() => discord.Gateway.Resumes >= 2 && bot.Gateway!.IsReady);
        await given;

        Assert.Single(scripted.Heard);
        Assert.Equal(1, discord.Gateway.Identifies);
        Assert.DoesNotContain(discord.Gateway.ClosedWith, code => code is 1000 or 1001 && ending is not ("1000" or "1001"));
    }

    [Theory]
    [InlineData("4007")]
    [InlineData("4009")]
    [InlineData("op 9 false")]
    public async Task A_session_that_is_over_is_begun_anew(string ending)
    {
        var time = new PacedTime(4);
        await using var discord = await LoopbackDiscord.StartAsync(time);
        await using var bot = await LoopbackBot.ConnectAsync(discord, time: time);

        await discord.DisconnectAsync(Kind(ending));
        await LoopbackBot.Until(() => discord.Gateway.Identifies == 2 && bot.Gateway!.IsReady);

        Assert.Equal(0, discord.Gateway.Resumes);
    }

    [Theory]
    [InlineData(4004)]
    [InlineData(4010)]
    [InlineData(4011)]
    [InlineData(4012)]
    [InlineData(4013)]
    [InlineData(4014)]
    public async Task What_must_not_reconnect_does_not_and_says_why(int code)
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        discord.Gateway.RefusesIdentify = code;
        await using var bot = LoopbackBot.Create(discord);
        bot.Connect();

        Assert.EndsWith(".", await bot.Ended, StringComparison.Ordinal);

        Assert.Equal(1, discord.Gateway.Connections);
    }

    [Fact]
    public async Task A_token_that_is_reset_while_the_bot_runs_ends_it_with_the_same_sentence()
    {
        var time = new PacedTime(10);
        await using var discord = await LoopbackDiscord.StartAsync(time);
        await using var bot = await LoopbackBot.ConnectAsync(discord, time: time);
        discord.RefusesToken = true;

        await discord.DisconnectAsync(new Disconnect.Close(4009));

        Assert.Contains("token", await bot.Ended.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(1, discord.Gateway.Connections);
    }

    [Fact]
    public async Task A_wrong_token_ends_it_before_it_connects()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = LoopbackBot.Create(discord, token: "wrong");
        bot.Connect(token: "wrong");

        Assert.Contains("token", await bot.Ended, StringComparison.Ordinal);

        Assert.Equal(0, discord.Gateway.Connections);
    }

    [Fact]
    public async Task Resumes_that_fail_again_and_again_give_way_to_a_new_session()
    {
        var time = new PacedTime(20);
        await using var discord = await LoopbackDiscord.StartAsync(time);
        await using var bot = await LoopbackBot.ConnectAsync(discord, time: time);
        discord.Gateway.RefusesResume = true;

        await discord.DisconnectAsync(new Disconnect.Cut());
        await LoopbackBot.Until(() => discord.Gateway.Identifies == 2 && bot.Gateway!.IsReady);

        Assert.Equal(GatewayProtocol.MostResumes, discord.Gateway.Resumes);
    }

    [Fact]
    public async Task A_budget_of_sessions_that_is_nearly_spent_is_not_touched()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        discord.Gateway.SessionsLeft = IdentifyLimit.Reserve;
        await using var bot = LoopbackBot.Create(discord);
        bot.Connect();

        await LoopbackBot.Until(() => discord.Gateway.Connections == 1);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(0, discord.Gateway.Identifies);
    }

    [Fact]
    public async Task Three_shards_hear_an_interaction_once()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        var scripted = new Scripted();
        await using var bot = await LoopbackBot.ConnectAsync(discord, scripted, shards: 3);
        await RegisterAsync(bot);

        Assert.Equal(["[0,3]", "[1,3]", "[2,3]"], discord.Gateway.Identified.Select(i => i["shard"]!.ToJsonString()).Order(StringComparer.Ordinal));
        await discord.CommandAsync(discord.AddPerson("Ada"), discord.AddChannel("general"), "voices");
        Assert.Single(scripted.Heard);
    }

    [Fact]
    public async Task A_storm_of_lost_connections_loses_no_interaction_and_hears_none_twice()
    {
        var time = new PacedTime(2);
        await using var discord = await LoopbackDiscord.StartAsync(time);
        discord.Deadline = TimeSpan.FromMinutes(10);
        var scripted = new Scripted();
        await using var bot = await LoopbackBot.ConnectAsync(discord, scripted, time);
        await RegisterAsync(bot);
        var (channel, ada) = (discord.AddChannel("general"), discord.AddPerson("Ada"));
        var given = new List<Task<LoopbackInteraction>>();

        for (var i = 0; i < 20; i++)
        {
            for (var j = 0; j < 5; j++)
                given.Add(discord.CommandAsync(ada, channel, "voices"));
            await discord.DisconnectAsync(i % 3 == 0 ? new Disconnect.PleaseReconnect() : i % 3 == 1 ? new Disconnect.Cut() : new Disconnect.Close(4000));
            var before = discord.Gateway.Connections;
            await LoopbackBot.Until(() => bot.Gateway!.IsReady && discord.Gateway.HasListener || discord.Gateway.Connections > before);
        }

        await LoopbackBot.Until(() => scripted.Heard.Count >= 100);
        var all = await Task.WhenAll(given);

        Assert.All(all, g => Assert.Null(g.Failure));
        Assert.Equal(100, scripted.Heard.Select(h => h.GetProperty("id").GetString()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(100, scripted.Heard.Count);
        Assert.Equal(1, discord.Gateway.Identifies);
    }

    [Fact]
    public async Task A_channel_that_is_deleted_and_a_server_that_removes_the_bot_are_told_but_not_an_outage()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = await LoopbackBot.ConnectAsync(discord);
        var channel = discord.AddChannel("general");

        await discord.RemoveFromGuildAsync(isOutage: true);
        await discord.DeleteChannelAsync(channel);
        await LoopbackBot.Until(() => !bot.News.IsEmpty);
        await discord.RemoveFromGuildAsync();
        await LoopbackBot.Until(() => bot.News.Count == 2);

        Assert.Equal([new GatewayNews.ChannelGone(LoopbackWorld.Guild, channel.Id), new GatewayNews.GuildGone(LoopbackWorld.Guild)], bot.News);
    }
}
