using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FossVoices.Tests.Teams;

/// <summary>Whether an activity is told twice although it was answered, as happens where the answer is lost on its way.</summary>
internal enum TellsAgain
{
    Never,

    /// <summary>Again after the answer, under the same id.</summary>
    SameId,

    /// <summary>Again after the answer, under a new id.</summary>
    NewId,

    /// <summary>Twice at the same time, under the same id.</summary>
    AtOnce,
}

/// <summary>What became of an activity.</summary>
/// <param name="Status">The HTTP status of the answer; 0 where none came in time.</param>
/// <param name="Body">The answer's JSON; null where it was empty.</param>
/// <param name="Tries">How often it was told.</param>
internal sealed record Delivered(int Status, JsonObject? Body, int Tries);

/// <summary>Tells the bot what people do, with a token, and again after 15 s where no answer came.</summary>
internal sealed class LoopbackDelivery(TeamsWorld world, LoopbackIdentity identity, TimeProvider time, Func<string> serviceUrl) : IDisposable
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private int _loses;

    /// <summary>The bot's <c>/api/messages</c>.</summary>
    public Uri? Endpoint { get; set; }

    public TellsAgain TellsAgain { get; set; }

    /// <summary>Takes a new id for what is told again because no answer came.</summary>
    public bool RetriesUnderNewId { get; set; }

    /// <summary>The next so many answers are lost on their way to Teams, which then waits in vain.</summary>
    public void LoseAnswers(int times) => Interlocked.Exchange(ref _loses, times);

    /// <summary>What every activity of this person there has in common.</summary>
    public JsonObject Activity(string type, TeamsPerson person, TeamsConversation conversation)
    {
        var id = world.NewId();
        lock (world.Gate)
            world.Heard.Add(id);
        var now = time.GetUtcNow();
        var activity = new JsonObject
        {
            ["type"] = type,
            ["id"] = id,
            ["timestamp"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["localTimestamp"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture),
            ["localTimezone"] = "Europe/Paris",
            ["channelId"] = "msteams",
            ["serviceUrl"] = serviceUrl(),
            ["from"] = new JsonObject { ["id"] = person.Id, ["name"] = person.Name, ["aadObjectId"] = person.Account },
            ["conversation"] = ConversationJson(conversation, person.Tenant),
            ["recipient"] = new JsonObject { ["id"] = TeamsWorld.Bot, ["name"] = TeamsWorld.BotName },
            ["entities"] = new JsonArray(new JsonObject { ["locale"] = person.Locale, ["country"] = "FR", ["platform"] = "Windows", ["timezone"] = "Europe/Paris", ["type"] = "clientInfo" }),
            ["channelData"] = ChannelData(conversation, person.Tenant),
            ["locale"] = person.Locale,
        };
        return activity;
    }

    /// <summary>Tells the bot, by a genuine token.</summary>
    public async Task<Delivered> SendAsync(JsonObject activity)
    {
        var token = identity.Genuine((string)activity["serviceUrl"]!);
        if (TellsAgain == TellsAgain.AtOnce)
            return (await Task.WhenAll(TryAsync(activity, token), TryAsync(activity, token)))[0]! with { Tries = 2 };
        var answer = await TryAsync(activity, token);
        if (answer is not null && TellsAgain == TellsAgain.Never)
            return answer;
        var again = activity.DeepClone().AsObject();
        if (answer is null ? RetriesUnderNewId : TellsAgain == TellsAgain.NewId)
            again["id"] = world.NewId();
        var second = await TryAsync(again, token);
        return (answer ?? second ?? new Delivered(0, null, 2)) with { Tries = 2 };
    }

    /// <summary>A request as Teams makes it, with any header in place of the genuine one.</summary>
    public HttpRequestMessage Request(ReadOnlyMemory<byte> body, string? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Endpoint) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.UserAgent.ParseAdd("Microsoft-SkypeBotApi");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }

    public void Dispose() => _client.Dispose();

    /// <returns>Null where no answer came in time.</returns>
    private async Task<Delivered?> TryAsync(JsonObject activity, string token)
    {
        using var patience = new CancellationTokenSource();
        var timeOut = Task.Delay(Deadline, time, CancellationToken.None);
        var answer = PostAsync(activity, token, patience.Token);
        if (Interlocked.Decrement(ref _loses) >= 0)
        {
            await answer;
            await timeOut;
            return null;
        }

        if (await Task.WhenAny(answer, timeOut) == answer)
            return await answer;
        await patience.CancelAsync();
        return null;
    }

    private async Task<Delivered?> PostAsync(JsonObject activity, string token, CancellationToken cancellationToken)
    {
        using var request = Request(Encoding.UTF8.GetBytes(activity.ToJsonString()), $"Bearer {token}");
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return new Delivered((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject, 1);
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or JsonException)
        {
            return fault is JsonException ? throw new InvalidOperationException("The bot's answer is no JSON.", fault) : null;
        }
    }

    private static JsonObject ConversationJson(TeamsConversation conversation, string tenant) => conversation.Person is not null
        ? new JsonObject { ["conversationType"] = "personal", ["tenantId"] = tenant, ["id"] = conversation.Id }
        : new JsonObject { ["isGroup"] = true, ["conversationType"] = "channel", ["tenantId"] = tenant, ["id"] = conversation.Id };

    private static JsonObject ChannelData(TeamsConversation conversation, string tenant)
    {
        var data = new JsonObject { ["tenant"] = new JsonObject { ["id"] = tenant } };
        if (conversation.Channel is not { } channel)
            return data;
        data["teamsChannelId"] = channel.Id;
        data["teamsTeamId"] = channel.Team;
        data["channel"] = new JsonObject { ["id"] = channel.Id };
        data["team"] = new JsonObject { ["id"] = channel.Team };
        return data;
    }
}
