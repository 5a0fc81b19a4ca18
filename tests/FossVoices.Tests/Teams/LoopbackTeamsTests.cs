using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace FossVoices.Tests.Teams;

/// <summary>The loopback Teams is held to what was measured at the real one, and to the published descriptions.</summary>
public sealed class LoopbackTeamsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"isGroup":false,"members":[{"id":"ADA"}],"tenantId":"TENANT"}""", 201, "")]
    [InlineData("""{"isGroup":false,"bot":{"id":"28:x"},"members":[{"id":"ADA"}],"tenantId":"TENANT"}""", 201, "")]
    [InlineData("""{"isGroup":false,"members":[{"id":"ADA"}],"tenantId":"TENANT","activity":{"type":"message","text":"Hello"}}""", 201, "sent")]
    [InlineData("""{"isGroup":true,"channelData":{"channel":{"id":"CHANNEL"}},"activity":{"type":"message","text":"Hello"},"tenantId":"TENANT"}""", 201, "thread sent")]
    [InlineData("""{"isGroup":true,"channelData":{"channel":{"id":"CHANNEL"}},"members":[{"id":"ADA"}],"activity":{"type":"message","text":"Hello"},"tenantId":"TENANT"}""", 201, "thread sent")]
    [InlineData("""{"isGroup":true,"channelData":{"channel":{"id":"CHANNEL"}},"tenantId":"TENANT"}""", 400, "")]
    [InlineData("""{"isGroup":true,"members":[{"id":"ADA"}],"tenantId":"TENANT","topicName":"Us"}""", 400, "")]
    [InlineData("""{"isGroup":true,"members":[{"id":"ADA"},{"id":"ADA"}],"tenantId":"TENANT","activity":{"type":"message","text":"Hello"}}""", 400, "")]
    [InlineData("""{"isGroup":false,"members":[{"id":"ADA"}]}""", 400, "")]
    [InlineData("""{"isGroup":false,"members":[{"id":"BEN"}],"tenantId":"TENANT"}""", 403, "")]
    [InlineData("""{"isGroup":false,"members":[{"id":"29:nobody"}],"tenantId":"TENANT"}""", 400, "")]
    public async Task A_conversation_is_created_as_it_was_measured(string body, int status, string what)
    {
        await using var teams = await LoopbackTeams.StartAsync();
        using var bot = await BotAsync(teams);
        var (ada, channel) = (teams.AddPerson("Ada"), teams.AddChannel("general"));
        var ben = teams.AddPerson("Ben", hasApp: false);
        body = body.Replace("ADA", ada.Id, StringComparison.Ordinal).Replace("BEN", ben.Id, StringComparison.Ordinal)
            .Replace("CHANNEL", channel.Id, StringComparison.Ordinal).Replace("TENANT", TeamsWorld.Tenant, StringComparison.Ordinal);

        var (got, answer) = await CallAsync(bot, HttpMethod.Post, "conversations", body);
        var again = await CallAsync(bot, HttpMethod.Post, "conversations", body);

        Assert.Equal((status, status), (got, again.Status));
        Assert.Equal(what.Contains("thread", StringComparison.Ordinal), answer?["activityId"] is not null);
        Assert.Equal(what.Contains("sent", StringComparison.Ordinal) ? 2 : 0, teams.Seen(teams.Chat(ada)).Length + teams.Seen(LoopbackTeams.In(channel)).Length);
        if (status == 201 && !what.Contains("thread", StringComparison.Ordinal))
            Assert.Equal(((string)answer!["id"]!, true), ((string)again.Body!["id"]!, ((string)answer["id"]!).StartsWith("a:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"type":"message","text":"Hello"}""", 201, "")]
    [InlineData("""{"type":"typing"}""", 201, "")]
    [InlineData("""{"type":"message"}""", 400, "needs a text or an attachment")]
    [InlineData("""{"type":"message","txet":"Hello"}""", 400, "nobody knows 'txet'")]
    [InlineData("""{"text":"Hello"}""", 400, "does not send")]
    [InlineData("""{"type":"message","text":"<at>Ada</at>"}""", 400, "without its entity")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.5","lang":"en","body":[{"type":"TextBlock","text":"x","wrap":true}]}}]}""", 400, "a summary")]
    [InlineData("""{"type":"message","text":"x","attachments":[{"contentType":"application/vnd.microsoft.card.hero","content":{}}]}""", 400, "Unknown attachment type")]
    [InlineData("no json", 400, "no JSON")]
    public async Task A_body_that_nobody_understands_is_refused(string body, int status, string why)
    {
        await using var teams = await LoopbackTeams.StartAsync();
        using var bot = await BotAsync(teams);

        var (got, answer) = await CallAsync(bot, HttpMethod.Post, $"conversations/{Uri.EscapeDataString(teams.Chat(teams.AddPerson("Ada")).Id)}/activities", body);

        Assert.Equal(status, got);
        Assert.Contains(why, (string?)answer?["error"]?["message"] ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"message","text":5}""")]
    [InlineData("""{"type":"message","text":"x","attachments":"x"}""")]
    [InlineData("""{"type":"message","text":"x","textFormat":"html"}""")]
    public async Task A_body_that_the_published_description_refuses_is_refused(string body)
    {
        Repository.Shared("reference", "bot-connector.swagger.json");
        await using var teams = await LoopbackTeams.StartAsync();
        using var bot = await BotAsync(teams);

        Assert.Equal(400, (await CallAsync(bot, HttpMethod.Post, $"conversations/{Uri.EscapeDataString(teams.Chat(teams.AddPerson("Ada")).Id)}/activities", body)).Status);
    }

    [Fact]
    public async Task A_message_is_changed_and_deleted_and_neither_twice()
    {
        await using var teams = await LoopbackTeams.StartAsync();
        using var bot = await BotAsync(teams);
        var chat = teams.Chat(teams.AddPerson("Ada"));
        var path = $"conversations/{Uri.EscapeDataString(chat.Id)}/activities";
        var id = (string)(await CallAsync(bot, HttpMethod.Post, path, """{"type":"message","text":"One"}""")).Body!["id"]!;

        Assert.Equal(200, (await CallAsync(bot, HttpMethod.Put, $"{path}/{id}", """{"type":"message","text":"Two"}""")).Status);
        Assert.Equal(("Two", 1), (teams.Seen(chat)[0].Text, teams.Seen(chat)[0].Edits));
        Assert.Equal(404, (await CallAsync(bot, HttpMethod.Put, $"{path}/1", """{"type":"message","text":"Two"}""")).Status);
        Assert.Equal(200, (await CallAsync(bot, HttpMethod.Delete, $"{path}/{id}", null)).Status);
        Assert.Equal(404, (await CallAsync(bot, HttpMethod.Delete, $"{path}/{id}", null)).Status);
    }

    [Fact]
    public async Task Members_come_in_pages_and_one_who_is_gone_is_404()
    {
        await using var teams = await LoopbackTeams.StartAsync();
        using var bot = await BotAsync(teams);
        var people = Enumerable.Range(0, 70).Select(i => teams.AddPerson($"Guest {i}").Id).ToHashSet(StringComparer.Ordinal);
        var channel = Uri.EscapeDataString(teams.AddChannel("general").Id);

        var first = (await CallAsync(bot, HttpMethod.Get, $"conversations/{channel}/pagedmembers?pageSize=10", null)).Body!;
        var second = (await CallAsync(bot, HttpMethod.Get, $"conversations/{channel}/pagedmembers?pageSize=50&continuationToken={first["continuationToken"]}", null)).Body!;

        Assert.Equal((50, 20, true), (first["members"]!.AsArray().Count, second["members"]!.AsArray().Count, second["continuationToken"] is null));
        Assert.Equal(people, first["members"]!.AsArray().Concat(second["members"]!.AsArray()).Select(m => (string)m!["id"]!).ToHashSet(StringComparer.Ordinal));
        Assert.Equal(404, (await CallAsync(bot, HttpMethod.Get, $"conversations/{channel}/members/29:nobody", null)).Status);
    }

    [Fact]
    public async Task Faults_come_as_planned_before_it_is_done_or_after()
    {
        await using var teams = await LoopbackTeams.StartAsync();
        using var bot = await BotAsync(teams);
        var chat = teams.Chat(teams.AddPerson("Ada"));
        var path = $"conversations/{Uri.EscapeDataString(chat.Id)}/activities";
        const string Body = """{"type":"message","text":"Hello"}""";

        teams.Faults.Plan("activities", new ConnectorFault.Refuses(429, RetryAfter: 3));
        using (var refused = await bot.SendAsync(Request(HttpMethod.Post, path, Body), Token))
            Assert.Equal((429, TimeSpan.FromSeconds(3)), ((int)refused.StatusCode, refused.Headers.RetryAfter!.Delta));
        Assert.Empty(teams.Seen(chat));
        teams.Faults.Plan("activities", new ConnectorFault.DoneYetRefuses(504));
        Assert.Equal(504, (await CallAsync(bot, HttpMethod.Post, path, Body)).Status);
        Assert.Single(teams.Seen(chat));
        teams.Faults.Plan("activities", new ConnectorFault.AnswersWithoutId());
        Assert.Equal((202, null), await CallAsync(bot, HttpMethod.Post, path, Body));
        teams.Faults.Plan("activities", new ConnectorFault.LosesReply());
        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(bot, HttpMethod.Post, path, Body));
        Assert.Equal(3, teams.Seen(chat).Length);
        Assert.Equal(0, teams.Faults.Waiting);
    }

    [Theory]
    [InlineData("client_secret", "wrong", 401)]
    [InlineData("client_id", "00000000-0000-0000-0000-000000000000", 400)]
    [InlineData("scope", "https://graph.microsoft.com/.default", 400)]
    [InlineData("grant_type", "password", 400)]
    [InlineData("client_id", TeamsWorld.App, 200)]
    public async Task A_token_is_given_to_this_bot_for_this_purpose_only(string field, string value, int status)
    {
        await using var teams = await LoopbackTeams.StartAsync();
        using var client = new HttpClient();
        var form = Credentials();
        form[field] = value;
        using var content = new FormUrlEncodedContent(form);

        using var response = await client.PostAsync($"{teams.Address}/{TeamsWorld.Tenant}/oauth2/v2.0/token", content, Token);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Without_a_token_or_with_one_that_was_taken_back_nothing_is_done()
    {
        await using var teams = await LoopbackTeams.StartAsync();
        using var bot = await BotAsync(teams);
        var path = $"conversations/{Uri.EscapeDataString(teams.Chat(teams.AddPerson("Ada")).Id)}/activities";

        teams.Identity.RevokeAll();
        Assert.Equal(401, (await CallAsync(bot, HttpMethod.Post, path, """{"type":"message","text":"Hello"}""")).Status);
        bot.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(401, (await CallAsync(bot, HttpMethod.Post, path, """{"type":"message","text":"Hello"}""")).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_not_answered_is_told_again_after_fifteen_seconds(bool underNewId)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var teams = await LoopbackTeams.StartAsync(clock);
        await using var other = await LoopbackTeams.StartAsync(); // Answers 404 to whatever it is told: an answer nonetheless.
        teams.Delivery.Endpoint = new Uri(other.Address);
        teams.Delivery.RetriesUnderNewId = underNewId;
        teams.Delivery.LoseAnswers(1);

        var told = teams.TypeAsync(teams.AddPerson("Ada"), teams.Chat(teams.AddPerson("Ada")), "Hello");
        while (!told.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Token);
        }

        Assert.Equal((404, 2), ((await told).Status, (await told).Tries));
    }

    private static Dictionary<string, string> Credentials() => new(StringComparer.Ordinal)
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = TeamsWorld.App,
        ["client_secret"] = TeamsWorld.Secret,
        ["scope"] = LoopbackIdentity.Scope,
    };

    /// <summary>A client with a token of the bot.</summary>
    private static async Task<HttpClient> BotAsync(LoopbackTeams teams)
    {
        var client = new HttpClient { BaseAddress = new Uri($"{teams.ServiceUrl}v3/") };
        using var form = new FormUrlEncodedContent(Credentials());
        using var response = await client.PostAsync($"{teams.Address}/{TeamsWorld.Tenant}/oauth2/v2.0/token", form, Token);
        var token = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["access_token"]!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token!);
        return client;
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? body) =>
        new(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };

    private static async Task<(int Status, JsonNode? Body)> CallAsync(HttpClient bot, HttpMethod method, string path, string? body)
    {
        using var request = Request(method, path, body);
        using var response = await bot.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
