using System.Text.Json.Nodes;

namespace FossVoices.Teams.Connector;

/// <summary>One call of the connector, under the service address that an activity brought.</summary>
/// <param name="Path">Under <c>/v3</c>, every id escaped.</param>
/// <param name="Repeats">Whether doing it twice is the same as doing it once.</param>
internal sealed record ConnectorCall(HttpMethod Method, string Service, string Path, JsonObject? Body, bool Repeats)
{
    /// <summary>Writes into a conversation.</summary>
    public static ConnectorCall Send(Reference to, JsonObject activity) =>
        new(HttpMethod.Post, to.Service, $"conversations/{Escaped(to.Conversation)}/activities", Addressed(to, activity), Repeats: false);

    /// <summary>Writes below a message.</summary>
    public static ConnectorCall Reply(Reference to, string message, JsonObject activity)
    {
        var body = Addressed(to, activity);
        body["replyToId"] = message;
        return new(HttpMethod.Post, to.Service, $"conversations/{Escaped(to.Conversation)}/activities/{Escaped(message)}", body, Repeats: false);
    }

    /// <summary>Puts a message in place of one of ours.</summary>
    public static ConnectorCall Update(Reference to, string message, JsonObject activity)
    {
        var body = Addressed(to, activity);
        body["id"] = message;
        return new(HttpMethod.Put, to.Service, $"conversations/{Escaped(to.Conversation)}/activities/{Escaped(message)}", body, Repeats: true);
    }

    /// <summary>Opens, or finds, the chat with one person. Without an activity, which would be sent each time.</summary>
    public static ConnectorCall OpenChat(Reference from, string member) => new(
        HttpMethod.Post, from.Service, "conversations",
        new JsonObject
        {
            ["isGroup"] = false,
            ["bot"] = new JsonObject { ["id"] = from.Bot },
            ["members"] = new JsonArray { new JsonObject { ["id"] = member } },
            ["tenantId"] = from.Tenant,
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = from.Tenant } },
        },
        Repeats: true);

    /// <summary>Begins a thread in a channel.</summary>
    public static ConnectorCall NewThread(Reference to, JsonObject activity)
    {
        activity["from"] = new JsonObject { ["id"] = to.Bot };
        return new(
            HttpMethod.Post, to.Service, "conversations",
            new JsonObject
            {
                ["isGroup"] = true,
                ["bot"] = new JsonObject { ["id"] = to.Bot },
                ["tenantId"] = to.Tenant,
                ["channelData"] = new JsonObject { ["channel"] = new JsonObject { ["id"] = to.Conversation }, ["tenant"] = new JsonObject { ["id"] = to.Tenant } },
                ["activity"] = activity,
            },
            Repeats: false);
    }

    public static ConnectorCall MemberOf(Reference of, string conversation, string member) =>
        new(HttpMethod.Get, of.Service, $"conversations/{Escaped(conversation)}/members/{Escaped(member)}", null, Repeats: true);

    /// <summary>The method alone: the path holds ids of people and places.</summary>
    public override string ToString() => $"{Method} {Path.Split('/')[0]}";

    public Uri Address => new($"{Service.TrimEnd('/')}/v3/{Path}");

    private static string Escaped(string id) => Uri.EscapeDataString(id);

    private static JsonObject Addressed(Reference to, JsonObject activity)
    {
        activity["from"] = new JsonObject { ["id"] = to.Bot };
        activity["conversation"] = new JsonObject { ["id"] = to.Conversation, ["tenantId"] = to.Tenant };
        return activity;
    }
}
