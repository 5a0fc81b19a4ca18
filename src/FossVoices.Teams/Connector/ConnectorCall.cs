using System.Text.Json;

namespace FossVoices.Teams.Connector;

/// <summary>One call of the connector, under the service address that an activity brought.</summary>
/// <param name="Path">Under <c>/v3</c>, every id escaped.</param>
/// <param name="Body">JSON; null for none.</param>
/// <param name="Repeats">Whether doing it twice is the same as doing it once.</param>
internal sealed record ConnectorCall(HttpMethod Method, string Service, string Path, byte[]? Body, bool Repeats)
{
    /// <summary>Writes into a conversation.</summary>
    /// <param name="activity">Writes the members of the activity, but for who says it and where.</param>
    public static ConnectorCall Send(Reference to, Action<Utf8JsonWriter> activity) =>
        new(HttpMethod.Post, to.Service, $"conversations/{Escaped(to.Conversation)}/activities", Addressed(to, activity), Repeats: false);

    /// <summary>Writes below a message.</summary>
    public static ConnectorCall Reply(Reference to, string message, Action<Utf8JsonWriter> activity) => new(
        HttpMethod.Post, to.Service, $"conversations/{Escaped(to.Conversation)}/activities/{Escaped(message)}", Addressed(to, activity, "replyToId", message), Repeats: false);

    /// <summary>Puts a message in place of one of ours.</summary>
    public static ConnectorCall Update(Reference to, string message, Action<Utf8JsonWriter> activity) => new(
        HttpMethod.Put, to.Service, $"conversations/{Escaped(to.Conversation)}/activities/{Escaped(message)}", Addressed(to, activity, "id", message), Repeats: true);

    /// <summary>Takes one of our messages away.</summary>
    public static ConnectorCall Delete(Reference from, string message) =>
        new(HttpMethod.Delete, from.Service, $"conversations/{Escaped(from.Conversation)}/activities/{Escaped(message)}", null, Repeats: true);

    /// <summary>Opens, or finds, the chat with one person. Without an activity, which would be sent each time.</summary>
    public static ConnectorCall OpenChat(Reference from, string member) => new(
        HttpMethod.Post, from.Service, "conversations",
        Written.Json(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("isGroup"u8, false);
            WriteId(json, "bot"u8, from.Bot);
            json.WriteStartArray("members"u8);
            json.WriteStartObject();
            json.WriteString("id"u8, member);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("tenantId"u8, from.Tenant);
            json.WriteStartObject("channelData"u8);
            WriteId(json, "tenant"u8, from.Tenant);
            json.WriteEndObject();
            json.WriteEndObject();
        }),
        Repeats: true);

    /// <summary>Begins a thread in a channel.</summary>
    public static ConnectorCall NewThread(Reference to, Action<Utf8JsonWriter> activity) => new(
        HttpMethod.Post, to.Service, "conversations",
        Written.Json(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("isGroup"u8, true);
            WriteId(json, "bot"u8, to.Bot);
            json.WriteString("tenantId"u8, to.Tenant);
            json.WriteStartObject("channelData"u8);
            WriteId(json, "channel"u8, to.Conversation);
            WriteId(json, "tenant"u8, to.Tenant);
            json.WriteEndObject();
            json.WriteStartObject("activity"u8);
            activity(json);
            WriteId(json, "from"u8, to.Bot);
            json.WriteEndObject();
            json.WriteEndObject();
        }),
        Repeats: false);

    public static ConnectorCall MemberOf(Reference of, string conversation, string member) =>
        new(HttpMethod.Get, of.Service, $"conversations/{Escaped(conversation)}/members/{Escaped(member)}", null, Repeats: true);

    /// <summary>The method alone: the path holds ids of people and places.</summary>
    public override string ToString() => $"{Method} {Path.Split('/')[0]}";

    public Uri Address => new($"{Service.TrimEnd('/')}/v3/{Path}");

    private static string Escaped(string id) => Uri.EscapeDataString(id);

    /// <param name="name">One member more, such as what it answers.</param>
    private static byte[] Addressed(Reference to, Action<Utf8JsonWriter> activity, string? name = null, string? value = null) => Written.Json(json =>
    {
        json.WriteStartObject();
        activity(json);
        WriteId(json, "from"u8, to.Bot);
        json.WriteStartObject("conversation"u8);
        json.WriteString("id"u8, to.Conversation);
        json.WriteString("tenantId"u8, to.Tenant);
        json.WriteEndObject();
        if (name is not null)
            json.WriteString(name, value);
        json.WriteEndObject();
    });

    private static void WriteId(Utf8JsonWriter json, ReadOnlySpan<byte> name, string id)
    {
        json.WriteStartObject(name);
        json.WriteString("id"u8, id);
        json.WriteEndObject();
    }
}
