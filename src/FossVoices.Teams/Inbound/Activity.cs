using System.Collections.Immutable;
using System.Text.Json;

namespace FossVoices.Teams.Inbound;

/// <summary>What Teams says happened, as far as the bot is concerned.</summary>
/// <param name="Id">Teams' id of it; empty where it has none.</param>
/// <param name="ServiceUrl">Where to answer to.</param>
/// <param name="Channel">The service it came over, <c>msteams</c>.</param>
/// <param name="Tenants">Every tenant that it names.</param>
/// <param name="Bot">The bot's own id there, <c>28:…</c>.</param>
/// <param name="Replies">The message that it answers: of a click, the card's.</param>
/// <param name="Happened">Which kind, and what belongs to it.</param>
internal sealed record Activity(
    string Id, string ServiceUrl, string Channel, ImmutableArray<string> Tenants, Member From, string Bot, Scene Scene, string? Replies, string? Locale, Happened Happened)
{
    /// <summary>Reads an activity; null where it is none. What has the wrong shape is as good as missing.</summary>
    public static Activity? TryRead(JsonElement json)
    {
        if (Text(json, "type") is not { } type || Text(json, "serviceUrl") is not { } service || SceneOf(json) is not { } scene || Member.TryRead(Get(json, "from")) is not { } from)
            return null;
        var bot = Text(Get(json, "recipient"), "id") ?? "";
        string?[] tenants = [Text(Get(Get(json, "channelData"), "tenant"), "id"), Text(Get(json, "conversation"), "tenantId")];
        return new Activity(
            Text(json, "id") ?? "", service, Text(json, "channelId") ?? "", [.. tenants.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)], from, bot, scene,
            Text(json, "replyToId"), Text(json, "locale"), HappenedIn(json, type, bot));
    }

    public static string? Text(JsonElement json, string name) => Get(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static JsonElement Get(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    private static Scene? SceneOf(JsonElement json)
    {
        var (conversation, data) = (Get(json, "conversation"), Get(json, "channelData"));
        if (Text(conversation, "id") is not { Length: > 0 } id)
            return null;
        var isPersonal = Text(conversation, "conversationType") switch { "personal" => true, null => !id.StartsWith("19:", StringComparison.Ordinal), _ => false };
        var team = Text(Get(data, "team"), "id");
        // The conversation of a channel is one of its threads.
        var channel = Text(Get(data, "channel"), "id") ?? id.Split(';')[0];
        return new Scene(id, isPersonal, team, isPersonal ? null : channel);
    }

    private static Happened HappenedIn(JsonElement json, string type, string bot)
    {
        var value = Get(json, "value");
        switch (type)
        {
            case "message" when value.ValueKind == JsonValueKind.Object && string.IsNullOrWhiteSpace(Text(json, "text")):
                return new Happened.Submitted(value.Clone());
            case "message":
                return new Happened.Wrote(Spoken.Of(Text(json, "text") ?? "", Mentions(json, bot)));
            case "invoke" when Text(json, "name") == "adaptiveCard/action":
                var action = Get(value, "action");
                return new Happened.Executed(Text(action, "verb") ?? "", Get(action, "data").Clone());
            case "invoke":
                return new Happened.Invoked(Text(json, "name") ?? "");
            case "installationUpdate" when Text(json, "action") is { } what:
                return what.StartsWith("remove", StringComparison.Ordinal) ? new Happened.Removed() : new Happened.Added();
            case "conversationUpdate" when IsIn(json, "membersAdded", bot):
                return new Happened.Added();
            case "conversationUpdate" when IsIn(json, "membersRemoved", bot):
                return new Happened.Removed();
            case "conversationUpdate" when Text(Get(json, "channelData"), "eventType") is "channelDeleted":
                return new Happened.ChannelGone();
            case "conversationUpdate" when Text(Get(json, "channelData"), "eventType") is "teamDeleted" or "teamHardDeleted":
                return new Happened.Removed();
            default:
                return new Happened.Other();
        }
    }

    private static bool IsIn(JsonElement json, string name, string bot) =>
        bot.Length > 0 && Get(json, name) is { ValueKind: JsonValueKind.Array } members && members.EnumerateArray().Any(member => Text(member, "id") == bot);

    /// <summary>The texts by which the message mentions the bot.</summary>
    private static ImmutableArray<string> Mentions(JsonElement json, string bot) => Get(json, "entities") is { ValueKind: JsonValueKind.Array } entities
        ? [.. entities.EnumerateArray().Where(e => Text(e, "type") == "mention" && Text(Get(e, "mentioned"), "id") == bot).Select(e => Text(e, "text")).OfType<string>()]
        : [];
}

/// <summary>Somebody in Teams.</summary>
/// <param name="Id"><c>29:…</c>, which holds for this bot alone.</param>
/// <param name="ObjectId">The id in the tenant's directory.</param>
internal sealed record Member(string Id, string? ObjectId)
{
    public static Member? TryRead(JsonElement json) => Activity.Text(json, "id") is { Length: > 0 } id ? new Member(id, Activity.Text(json, "aadObjectId")) : null;
}

/// <summary>Where something happened.</summary>
/// <param name="Conversation">The id by which it is answered: of a channel, that of the thread.</param>
/// <param name="IsPersonal">Whether nobody but one person and the bot is there.</param>
/// <param name="Team">The team; null in a chat.</param>
/// <param name="Thread">The channel of a team, or the group chat; null in a personal chat.</param>
internal sealed record Scene(string Conversation, bool IsPersonal, string? Team, string? Thread);

/// <summary>What can happen.</summary>
internal abstract record Happened
{
    private Happened()
    {
    }

    /// <summary>Somebody wrote; the bot's own mention is taken out.</summary>
    public sealed record Wrote(string Text) : Happened;

    /// <summary>A card was sent the older way; its inputs and what the button carried.</summary>
    public sealed record Submitted(JsonElement Data) : Happened;

    /// <summary>A card was sent, and its answer is awaited.</summary>
    public sealed record Executed(string Verb, JsonElement Data) : Happened;

    /// <summary>Something else whose answer is awaited.</summary>
    public sealed record Invoked(string Name) : Happened;

    /// <summary>The bot was added to a chat or team.</summary>
    public sealed record Added : Happened;

    /// <summary>The bot was removed from a chat or team, or the team is gone.</summary>
    public sealed record Removed : Happened;

    public sealed record ChannelGone : Happened;

    public sealed record Other : Happened;
}
