using System.Net;
using System.Text.Json.Nodes;
using FossVoices.Discord;
using FossVoices.Discord.Rest;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FossVoices.Tests.Discord;

/// <summary>The HTTP API: limits are kept, only harmless requests are repeated, and every refusal has a meaning.</summary>
public sealed class DiscordRestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ApiRequest Post(LoopbackChannel channel, string text) => new(Route.CreateMessage(channel.Id), new JsonObject { ["content"] = text });

    [Fact]
    public async Task A_message_is_posted_with_its_picture_and_what_it_shows_and_calls_nobody()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = LoopbackBot.Create(discord);
        var channel = discord.AddChannel("general");
        var request = Post(channel, "@everyone look") with { Files = [new Upload("gaps.png", "image/png", new byte[] { 1, 2, 3 }, "Two bars")] };

        Assert.IsType<ApiAnswer.Done>(await bot.Rest.SendAsync(request, Token));

        var message = Assert.Single(discord.Seen(channel));
        Assert.Equal([1, 2, 3], message.Files["gaps.png"]);
        var sent = Assert.Single(discord.Log).Body!;
        Assert.Equal("""[{"id":"0","filename":"gaps.png","description":"Two bars"}]""", sent["attachments"]!.ToJsonString());
        Assert.Equal("""{"parse":[]}""", sent["allowed_mentions"]!.ToJsonString());
    }

    [Fact]
    public async Task A_file_that_Discord_would_refuse_is_not_sent()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = LoopbackBot.Create(discord);
        var channel = discord.AddChannel("general");

        var answer = await bot.Rest.SendAsync(Post(channel, "x") with { Files = [new Upload("a.bin", "application/octet-stream", new byte[ApiRequest.LargestFile + 1])] }, Token);

        Assert.Equal(Refusal.TooLarge, Assert.IsType<ApiAnswer.Refused>(answer).Meaning);
        Assert.Empty(discord.Log);
    }

    [Fact]
    public async Task Thirty_messages_at_once_into_one_channel_all_arrive_in_order_without_a_single_429()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = LoopbackBot.Create(discord);
        var (channel, other) = (discord.AddChannel("general"), discord.AddChannel("other"));
        discord.Limits.Window = TimeSpan.FromSeconds(0.3);
        await bot.Rest.SendAsync(Post(channel, "first"), Token);

        var sending = Enumerable.Range(0, 30).Select(i => bot.Rest.SendAsync(Post(i % 2 == 0 ? channel : other, $"{i}"), Token)).ToArray();

        Assert.All(await Task.WhenAll(sending), answer => Assert.IsType<ApiAnswer.Done>(answer));
        Assert.Equal(31, discord.Seen(channel).Count + discord.Seen(other).Count);
        Assert.Equal(0, discord.Limits.Breaches);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("global")]
    [InlineData("shared")]
    public async Task A_429_of_any_scope_is_waited_for_to_the_fraction_of_a_second(string scope)
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = LoopbackBot.Create(discord);
        var channel = discord.AddChannel("general");
        discord.RateLimit(scope, times: 2, retryAfter: 0.125);

        Assert.IsType<ApiAnswer.Done>(await bot.Rest.SendAsync(Post(channel, "hello"), Token));

        Assert.Single(discord.Seen(channel));
        Assert.Equal([429, 429, 200], discord.Log.Select(r => r.Status));
        Assert.True(discord.Log[2].At - discord.Log[1].At >= TimeSpan.FromSeconds(0.125), "came back too early");
    }

    [Fact]
    public async Task A_global_limit_stops_other_routes_too_but_not_those_of_interactions()
    {
        var logs = new StringWriter();
        using var factory = LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(new WritingLogs(logs)));
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = LoopbackBot.Create(discord, logs: factory);
        var channel = discord.AddChannel("general");
        discord.RateLimit("global", "channels", retryAfter: 4);

        var limited = bot.Rest.SendAsync(Post(channel, "hello"), Token);
        await LoopbackBot.Until(() => WritingLogs.Read(logs).Contains("(global)", StringComparison.Ordinal));
        var me = bot.Rest.SendAsync(new ApiRequest(Route.Me), Token);
        await bot.Rest.SendAsync(new ApiRequest(Route.EditOriginal("1", "unknown"), new JsonObject { ["content"] = "x" }), Token);
        await Task.WhenAll(limited, me);

        Assert.Equal(["channels", "webhooks"], discord.Log.Take(2).Select(r => r.Path.Split('/')[0]));
        Assert.All(discord.Log.Skip(2), r => Assert.True(r.At - discord.Log[0].At >= TimeSpan.FromSeconds(4), $"{r.Path} came too early"));
    }

    [Fact]
    public async Task A_429_on_every_call_only_takes_longer()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = LoopbackBot.Create(discord);
        var channel = discord.AddChannel("general");
        var person = discord.AddPerson("Ada");
        discord.Limits.EachOnce = true;

        Assert.IsType<ApiAnswer.Done>(await bot.Rest.SendAsync(new ApiRequest(Route.Me), Token));
        Assert.IsType<ApiAnswer.Done>(await bot.Rest.SendAsync(Post(channel, "a"), Token));
        Assert.IsType<ApiAnswer.Done>(await bot.Rest.SendAsync(new ApiRequest(Route.OpenDirectMessages, new JsonObject { ["recipient_id"] = person.Id }), Token));
        Assert.IsType<ApiAnswer.Done>(await bot.Rest.SendAsync(new ApiRequest(Route.EditMessage(channel.Id, discord.Seen(channel)[0].Id), new JsonObject { ["content"] = "b" }), Token));

        Assert.Equal("b", Assert.Single(discord.Seen(channel)).Text);
        Assert.Equal(4, discord.Log.Count(r => r.Status == 429));
    }

    [Fact]
    public async Task A_fault_of_Discord_is_repeated_only_where_that_cannot_double()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = LoopbackBot.Create(discord, time: new PacedTime(10));
        var channel = discord.AddChannel("general");
        async Task<int> Attempts(ApiRequest request)
        {
            discord.RateLimit("502", times: 2);
            var before = discord.Log.Count;
            await bot.Rest.SendAsync(request, Token);
            var attempts = discord.Log.Count - before;
            while (discord.Log[^1].Status == 502) // what was planned and not used up
                await bot.Rest.SendAsync(new ApiRequest(Route.Me), Token);
            return attempts;
        }

        Assert.Equal(3, await Attempts(new ApiRequest(Route.Channel(channel.Id))));
        Assert.Equal(3, await Attempts(new ApiRequest(Route.Commands(LoopbackWorld.Application), new JsonArray())));
        Assert.Equal(3, await Attempts(new ApiRequest(Route.CreateMessage(channel.Id), new JsonObject { ["content"] = "x", ["nonce"] = "n1", ["enforce_nonce"] = true })));
        Assert.Equal(1, await Attempts(Post(channel, "x")));
        Assert.Equal(1, await Attempts(new ApiRequest(Route.FollowUp("1", "t"), new JsonObject { ["content"] = "x" })));
        Assert.Equal(1, await Attempts(new ApiRequest(Route.Callback("1", "t"), new JsonObject { ["type"] = 6 })));
        Assert.Single(discord.Seen(channel));
    }

    [Fact]
    public async Task A_message_with_an_enforced_nonce_exists_once_however_often_it_is_sent()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = LoopbackBot.Create(discord);
        var channel = discord.AddChannel("general");
        var report = new ApiRequest(Route.CreateMessage(channel.Id), new JsonObject { ["content"] = "report 1", ["nonce"] = "report-1", ["enforce_nonce"] = true });

        await bot.Rest.SendAsync(report, Token);
        await bot.Rest.SendAsync(report, Token);

        Assert.Single(discord.Seen(channel));
    }

    [Fact]
    public async Task A_wrong_token_is_tried_once_and_shows_nowhere()
    {
        const string wrong = "a-wrong-and-secret-token";
        var logs = new StringWriter();
        using var factory = LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(new WritingLogs(logs)));
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = LoopbackBot.Create(discord, token: wrong, logs: factory);

        Assert.IsType<ApiAnswer.TokenWrong>(await bot.Rest.SendAsync(new ApiRequest(Route.Me), Token));
        Assert.IsType<ApiAnswer.TokenWrong>(await bot.Rest.SendAsync(new ApiRequest(Route.Me), Token));

        Assert.Single(discord.Log);
        Assert.DoesNotContain(wrong, logs.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, new BotToken(wrong).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("tok-1", new ApiRequest(Route.Callback("1", "tok-1")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_have_meanings()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = LoopbackBot.Create(discord);
        var (open, locked, closed) = (discord.AddChannel("open"), discord.AddChannel("locked"), discord.AddPerson("Ada", closed: true));
        locked.Refuses = new LoopbackRefusal(403, 50013, "Missing Permissions");
        async Task<Refusal> Of(ApiRequest request) => Assert.IsType<ApiAnswer.Refused>(await bot.Rest.SendAsync(request, Token)).Meaning;

        Assert.Equal(Refusal.TargetGone, await Of(new ApiRequest(Route.Channel("1"))));
        Assert.Equal(Refusal.TargetGone, await Of(new ApiRequest(Route.Guild("1"))));
        Assert.Equal(Refusal.TargetGone, await Of(new ApiRequest(Route.EditMessage(open.Id, "1"), new JsonObject { ["content"] = "x" })));
        Assert.Equal(Refusal.RightMissing, await Of(Post(locked, "x")));
        Assert.Equal(Refusal.OurMistake, await Of(Post(open, "")));
        Assert.Equal(Refusal.OurMistake, await Of(Post(open, new string('x', 2001))));
        Assert.Equal(Refusal.TokenGone, await Of(new ApiRequest(Route.EditOriginal("1", "unknown"), new JsonObject { ["content"] = "x" })));
        Assert.Equal(Refusal.TooLate, await Of(new ApiRequest(Route.Callback("1", "unknown"), new JsonObject { ["type"] = 6 })));

        var channel = Assert.IsType<ApiAnswer.Done>(await bot.Rest.SendAsync(new ApiRequest(Route.OpenDirectMessages, new JsonObject { ["recipient_id"] = closed.Id }), Token));
        Assert.Equal(Refusal.NoDirectMessages, await Of(new ApiRequest(Route.CreateMessage(channel.Json.GetProperty("id").GetString()!), new JsonObject { ["content"] = "x" })));
        Assert.Contains("longer than", ((ApiAnswer.Refused)await bot.Rest.SendAsync(Post(open, new string('x', 2001)), Token)).Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10003, Refusal.TargetGone)]
    [InlineData(10015, Refusal.TokenGone)]
    [InlineData(10062, Refusal.TooLate)]
    [InlineData(40060, Refusal.AlreadyAnswered)]
    [InlineData(40094, Refusal.FollowUpsUsed)]
    [InlineData(40333, Refusal.UserAgent)]
    [InlineData(20016, Refusal.Slow)]
    [InlineData(50001, Refusal.RightMissing)]
    [InlineData(50278, Refusal.NoDirectMessages)]
    [InlineData(50109, Refusal.OurMistake)]
    [InlineData(1, Refusal.Unexplained)]
    internal void Every_code_of_Discord_s_that_matters_is_known(int code, Refusal meaning) => Assert.Equal(meaning, Refusals.Of(code, 400));

    [Fact]
    public async Task Too_many_refusals_silence_the_program_before_Discord_bans_its_address()
    {
        var time = new FakeTimeProvider();
        var requests = 0;
        using var client = DiscordRest.Client(new Uri("http://discord.invalid/api/"), new Uri("https://fossvoices.invalid"), "1", new Answers(_ =>
        {
            requests++;
            return new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent("""{"code":50013,"message":"Missing Permissions"}""") };
        }));
        var rest = new DiscordRest(client, new BotToken("t"), time, () => 0, NullLogger<DiscordRest>.Instance);
        var request = new ApiRequest(Route.EditOriginal("1", "t"), new JsonObject());

        for (var i = 0; i < InvalidRequests.Stops + 5; i++)
            await rest.SendAsync(request, Token);

        Assert.Equal(InvalidRequests.Stops, requests);
        Assert.IsType<ApiAnswer.Unreachable>(await rest.SendAsync(request, Token));
        time.Advance(TimeSpan.FromMinutes(10.1));
        Assert.IsType<ApiAnswer.Refused>(await rest.SendAsync(request, Token));
    }

    [Fact]
    public async Task At_most_fifty_requests_leave_within_a_second()
    {
        var time = new FakeTimeProvider();
        var window = new SlidingWindow(50, TimeSpan.FromSeconds(1), time);
        var passes = Enumerable.Range(0, 120).Select(_ => window.PassAsync(TimeSpan.FromMinutes(1), Token)).ToArray();

        Assert.Equal(50, passes.Count(p => p.IsCompleted));
        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(50, passes.Count(p => p.IsCompleted));
        time.Advance(TimeSpan.FromSeconds(0.2));
        await LoopbackBot.Until(() => passes.Count(p => p.IsCompleted) == 100);
        time.Advance(TimeSpan.FromSeconds(1.1));
        await Task.WhenAll(passes);
    }

    [Fact]
    public async Task What_is_no_JSON_and_what_does_not_answer_is_told_as_unreachable_or_refused()
    {
        using var client = DiscordRest.Client(new Uri("http://127.0.0.1:1/"), new Uri("https://fossvoices.invalid"), "1");
        var rest = new DiscordRest(client, new BotToken("t"), new PacedTime(50), () => 0, NullLogger<DiscordRest>.Instance);
        Assert.IsType<ApiAnswer.Unreachable>(await rest.SendAsync(new ApiRequest(Route.Me), Token));

        using var proxy = DiscordRest.Client(new Uri("http://discord.invalid/"), new Uri("https://fossvoices.invalid"), "1",
            new Answers(_ => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("<html>") }));
        var behindProxy = new DiscordRest(proxy, new BotToken("t"), TimeProvider.System, () => 0, NullLogger<DiscordRest>.Instance);
        Assert.Equal(Refusal.Unexplained, Assert.IsType<ApiAnswer.Refused>(await behindProxy.SendAsync(new ApiRequest(Route.Me), Token)).Meaning);
    }

    [Fact]
    public async Task A_limit_of_hours_is_told_and_not_waited_for()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        await using var bot = LoopbackBot.Create(discord);
        var channel = discord.AddChannel("general");
        discord.RateLimit("user", retryAfter: 7200);

        Assert.IsType<ApiAnswer.Unreachable>(await bot.Rest.SendAsync(Post(channel, "hello"), Token));
        Assert.IsType<ApiAnswer.Unreachable>(await bot.Rest.SendAsync(Post(channel, "hello"), Token));

        Assert.Single(discord.Log);
        Assert.IsType<ApiAnswer.Done>(await bot.Rest.SendAsync(new ApiRequest(Route.Me), Token));
    }

    [Fact]
    public void The_buckets_of_tokens_that_are_no_more_are_forgotten()
    {
        var time = new FakeTimeProvider();
        var buckets = new Buckets(time);
        for (var i = 0; i < 5000; i++)
        {
            buckets.Of(Route.EditOriginal("1", $"token-{i}"));
            time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.InRange(buckets.Count, 1, 1100);
    }

    private sealed class Answers(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
