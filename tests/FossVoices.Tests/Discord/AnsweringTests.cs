using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using FossVoices.Discord;
using FossVoices.Discord.Interactions;

namespace FossVoices.Tests.Discord;

/// <summary>Every interaction is answered in time, over the gateway and over HTTP alike.</summary>
public sealed class AnsweringTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gateway")]
    [InlineData("http")]
    public async Task A_quick_answer_is_the_first_answer(string transport)
    {
        await using var setting = await OneTransport.StartAsync(transport, Scripted.With(_ => Scripted.Message("Only you see this @everyone")));

        var clicked = await setting.Discord.ClickAsync(setting.Person, setting.Invitation, "a");

        Assert.Equal((null, 4), (clicked.Failure, clicked.Answered));
        Assert.Equal(["Invitation", "Only you see this @everyone"], setting.Discord.Seen(setting.Channel, setting.Person).Select(m => m.Text));
        Assert.Single(setting.Discord.Seen(setting.Channel));
        Assert.Equal("""{"parse":[]}""", clicked.Message!.Content["allowed_mentions"]!.ToJsonString());
    }

    [Theory]
    [InlineData("gateway", true)]
    [InlineData("gateway", false)]
    [InlineData("http", true)]
    [InlineData("http", false)]
    public async Task A_slow_click_is_deferred_and_then_updates_its_message_or_brings_a_new_one(string transport, bool updates)
    {
        await using var setting = await OneTransport.StartAsync(transport, Scripted.Slow(TimeSpan.FromSeconds(2.2), _ => updates ? Scripted.Update("Changed") : Scripted.Message("New"), OneTransport.Clock));

        var clicked = await setting.Discord.ClickAsync(setting.Person, setting.Invitation, "a");
        Assert.Equal((null, 6), (clicked.Failure, clicked.Answered));
        await clicked.Settled.WaitAsync(TimeSpan.FromSeconds(20), Token);

        Assert.Equal(updates ? ["Changed"] : ["Invitation"], setting.Discord.Seen(setting.Channel).Select(m => m.Text));
        Assert.Equal(updates ? 1 : 2, setting.Discord.Seen(setting.Channel, setting.Person).Count);
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("http")]
    public async Task A_slow_command_is_deferred_for_its_author_only_and_then_filled(string transport)
    {
        await using var setting = await OneTransport.StartAsync(transport, Scripted.Slow(TimeSpan.FromSeconds(2.2), _ => Scripted.Message("Here"), OneTransport.Clock));

        var given = await setting.Discord.CommandAsync(setting.Person, setting.Channel, "voices");
        Assert.Equal((5, true, setting.Person.Id), (given.Answered, given.Message!.IsLoading, given.Message.OnlyFor));
        await given.Settled.WaitAsync(TimeSpan.FromSeconds(20), Token);

        Assert.Equal(("Here", false), (given.Message.Text, given.Message.IsLoading));
        Assert.InRange(given.AnsweredAfter, TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("http")]
    public async Task What_everybody_is_to_see_is_seen_by_everybody_however_late(string transport)
    {
        await using var setting = await OneTransport.StartAsync(
            transport, Scripted.Slow(TimeSpan.FromSeconds(2.2), _ => Scripted.Message("Take part", ephemeral: false), OneTransport.Clock));

        var given = await setting.Discord.CommandAsync(setting.Person, setting.Channel, "voices");
        await LoopbackBot.Until(() => setting.Discord.Seen(setting.Channel).Count == 2);

        Assert.Equal(["Invitation", "Take part"], setting.Discord.Seen(setting.Channel).Select(m => m.Text));
        Assert.Equal((5, "Done", setting.Person.Id), (given.Answered, given.Message!.Text, given.Message.OnlyFor));
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("http")]
    public async Task A_modal_opens_and_what_is_written_in_it_comes_back(string transport)
    {
        await using var setting = await OneTransport.StartAsync(transport, Scripted.With(sent => sent.GetProperty("type").GetInt32() == 3
            ? Scripted.Modal("m1")
            : Scripted.Update($"Saved: {sent.GetProperty("data").GetProperty("components")[0].GetProperty("component").GetProperty("value").GetString()}")));

        var clicked = await setting.Discord.ClickAsync(setting.Person, setting.Invitation, "Press a");
        var sent = await setting.Discord.SubmitModalAsync(clicked, new Dictionary<string, string>(StringComparer.Ordinal) { ["words"] = "It is hard" });

        Assert.Equal((9, 7), (clicked.Answered, sent.Answered));
        Assert.Equal("Saved: It is hard", setting.Invitation.Text);
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("http")]
    public async Task What_may_open_a_modal_is_never_deferred(string transport)
    {
        var slow = Scripted.Slow(TimeSpan.FromSeconds(1.9), _ => Scripted.Modal("m"), OneTransport.Clock);
        await using var setting = await OneTransport.StartAsync(transport, new Scripted(slow.HearAsync) { OpensModal = sent => sent.GetProperty("type").GetInt32() == 3 });

        Assert.Equal(9, (await setting.Discord.ClickAsync(setting.Person, setting.Invitation, "a")).Answered);
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("http")]
    public async Task A_modal_that_takes_more_than_three_seconds_fails_and_the_next_click_works(string transport)
    {
        var slow = Scripted.Slow(TimeSpan.FromSeconds(3.5), _ => Scripted.Modal("m"), OneTransport.Clock);
        var first = true;
        await using var setting = await OneTransport.StartAsync(transport, new Scripted((sent, cancellationToken) =>
        {
            (var isFirst, first) = (first, false);
            return isFirst ? slow.HearAsync(sent, cancellationToken) : Task.FromResult<JsonObject?>(Scripted.Message("There you are"));
        })
        { OpensModal = _ => first });

        Assert.NotEqual(9, (await setting.Discord.ClickAsync(setting.Person, setting.Invitation, "a")).Answered);
        Assert.Equal(4, (await setting.Discord.ClickAsync(setting.Person, setting.Invitation, "a")).Answered);
    }

    [Fact]
    public async Task An_autocomplete_offers_choices()
    {
        await using var setting = await OneTransport.StartAsync("gateway", Scripted.With(_ => new JsonObject { ["type"] = 8, ["data"] = new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["name"] = "PyPI", ["value"] = "pypi" }) } }));

        var typed = await setting.Discord.TypeAsync(setting.Person, setting.Channel, "voices", "study", "py");

        Assert.Equal("pypi", (string?)typed.Choices![0]!["value"]);
    }

    [Fact]
    public async Task A_token_that_expired_is_told_in_the_log_and_hurts_nobody()
    {
        var release = new TaskCompletionSource();
        await using var setting = await OneTransport.StartAsync("gateway", new Scripted(async (_, cancellationToken) =>
        {
            await release.Task.WaitAsync(cancellationToken);
            return Scripted.Update("too late");
        }));

        var clicked = await setting.Discord.ClickAsync(setting.Person, setting.Invitation, "a");
        setting.Discord.ExpireTokens();
        release.SetResult();
        await LoopbackBot.Until(() => setting.Discord.Log.Any(r => r.Path.EndsWith("@original", StringComparison.Ordinal)));

        Assert.Equal(6, clicked.Answered);
        Assert.Equal("Invitation", setting.Invitation.Text);
        Assert.Equal([401], setting.Discord.Log.Where(r => r.Path.EndsWith("@original", StringComparison.Ordinal)).Select(r => r.Status));
    }

    [Fact]
    public async Task A_callback_that_meets_a_fault_is_not_sent_twice()
    {
        await using var setting = await OneTransport.StartAsync("gateway", new Scripted());
        setting.Discord.RateLimit("502", "interactions");

        var clicked = await setting.Discord.ClickAsync(setting.Person, setting.Invitation, "a");

        Assert.NotNull(clicked.Failure);
        Assert.Single(setting.Discord.Log, r => r.Path.StartsWith("interactions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_callback_that_meets_a_limit_is_sent_again_within_its_time()
    {
        await using var setting = await OneTransport.StartAsync("gateway", new Scripted());
        setting.Discord.Limits.EachOnce = true;

        var clicked = await setting.Discord.ClickAsync(setting.Person, setting.Invitation, "a");

        Assert.Equal((null, 4), (clicked.Failure, clicked.Answered));
    }

    [Fact]
    public async Task A_deferral_that_nothing_follows_does_not_think_for_ever()
    {
        await using var setting = await OneTransport.StartAsync("gateway", Scripted.Slow(TimeSpan.FromSeconds(2), _ => throw new InvalidOperationException("secret words"), OneTransport.Clock));

        var given = await setting.Discord.CommandAsync(setting.Person, setting.Channel, "voices");
        await LoopbackBot.Until(() => given.Message!.IsDeleted);

        Assert.Equal(5, given.Answered);
    }

    [Fact]
    public async Task A_fault_in_one_answer_does_not_stop_the_next()
    {
        var heard = 0;
        await using var setting = await OneTransport.StartAsync("gateway", Scripted.With(_ => heard++ == 0 ? throw new InvalidOperationException("secret words") : Scripted.Message("fine")));

        var failing = setting.Discord.ClickAsync(setting.Person, setting.Invitation, "a");
        await LoopbackBot.Until(() => heard == 1);

        Assert.Equal(4, (await setting.Discord.ClickAsync(setting.Person, setting.Invitation, "b")).Answered);
        Assert.NotNull((await failing).Failure);
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("http")]
    public async Task A_thousand_interactions_at_once_are_all_answered(string transport)
    {
        // A slow clock: the people, Discord and the bot share one machine here, and Discord's three seconds must not depend on it.
        await using var setting = await OneTransport.StartAsync(transport, Scripted.With(_ => Scripted.Message("hello")), new PacedTime(0.05));
        var people = Enumerable.Range(0, 1000).Select(i => setting.Discord.AddPerson($"person-{i}")).ToArray();

        var clicks = await Task.WhenAll(people.Select(p => setting.Discord.ClickAsync(p, setting.Invitation, "a")));

        Assert.All(clicks, c => Assert.Equal((null, 4), (c.Failure, c.Answered)));
        Assert.Equal(1000, setting.Bot.Heard);
        Assert.All(people, p => Assert.Equal(2, setting.Discord.Seen(setting.Channel, p).Count));
    }

    [Fact]
    public async Task How_long_people_waited_is_measured()
    {
        var measured = new List<(double Seconds, string Tags)>();
        using var listener = new MeterListener();
        await using var setting = await OneTransport.StartAsync("gateway", Scripted.With(_ => Scripted.Message("hello")));
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == Meters.Name)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            lock (measured)
                measured.Add((value, string.Join(' ', tags.ToArray().Select(t => t.Value))));
        });
        listener.Start();

        await setting.Discord.ClickAsync(setting.Person, setting.Invitation, "a");
        await LoopbackBot.Until(() => measured.Count > 0);

        lock (measured)
            Assert.Contains(measured, m => m.Tags == "gateway component answered" && m.Seconds is > 0 and < 60);
    }

    [Fact]
    public async Task The_endpoint_answers_a_ping_and_refuses_before_it_reads()
    {
        await using var setting = await OneTransport.StartAsync("http", new Scripted());
        var (discord, endpoint) = (setting.Discord, setting.Discord.Endpoint!);
        using var client = new HttpClient();
        async Task<(HttpStatusCode, string)> Send(HttpRequestMessage request)
        {
            using (request)
            {
                using var response = await client.SendAsync(request, Token);
                return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
            }
        }

        Assert.Equal((HttpStatusCode.OK, """{"type":1}"""), await Send(discord.Signed(endpoint, """{"type":1}"""u8.ToArray())));
        Assert.Equal((HttpStatusCode.Unauthorized, ""), await Send(new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new StringContent("""{"type":1}""") }));
        Assert.Equal((HttpStatusCode.Unauthorized, ""), await Send(new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new StringContent("not json") }));
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(discord.Signed(endpoint, "not json"u8.ToArray()))).Item1);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send(discord.Signed(endpoint, """{"type":1}"""u8.ToArray(), OneTransport.Clock.GetUtcNow().AddMinutes(-6)))).Item1);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Send(discord.Signed(endpoint, new byte[InteractionEndpoint.LargestBody + 1]))).Item1);
        var twice = discord.Signed(endpoint, """{"type":1}"""u8.ToArray());
        twice.Headers.Add("X-Signature-Timestamp", "1");
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send(twice)).Item1);
    }

    [Fact]
    public async Task An_interaction_that_is_sent_again_is_heard_once_and_answered_the_same()
    {
        var heard = 0;
        await using var setting = await OneTransport.StartAsync("http", Scripted.With(_ => Scripted.Message($"answer {++heard}")));
        using var client = new HttpClient();
        var body = """{"type":3,"id":"5","token":"t","application_id":"1","data":{"custom_id":"a"}}"""u8.ToArray();
        var texts = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var request = setting.Discord.Signed(setting.Discord.Endpoint!, body);
            using var response = await client.SendAsync(request, Token);
            texts.Add(await response.Content.ReadAsStringAsync(Token));
        }

        Assert.Equal(1, heard);
        Assert.Single(texts.Distinct(StringComparer.Ordinal));
        Assert.Contains("answer 1", texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interaction_that_the_gateway_tells_twice_is_heard_and_answered_once()
    {
        await using var setting = await OneTransport.StartAsync("gateway", Scripted.With(_ => Scripted.Message("hello")));
        setting.Discord.TellsTwice = true;

        await setting.Discord.ClickAsync(setting.Person, setting.Invitation, "a");
        await setting.Discord.ClickAsync(setting.Person, setting.Invitation, "b"); // told after both tellings of the first
        await setting.Bot.Underway.SettleAsync();

        Assert.Equal(2, setting.Bot.Heard);
        Assert.Equal(2, setting.Discord.Log.Count(r => r.Path.StartsWith("interactions", StringComparison.Ordinal)));
    }
}
