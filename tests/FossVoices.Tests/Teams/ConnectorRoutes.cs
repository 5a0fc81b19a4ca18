using System.Text.Json.Nodes;

namespace FossVoices.Tests.Teams;

/// <summary>What the connector does under <c>/v3</c>, as it was measured.</summary>
internal sealed class ConnectorRoutes(TeamsWorld world, ConnectorCheck check)
{
    /// <summary>Carries out a request.</summary>
    /// <param name="parts">What follows <c>/v3/</c>, unescaped.</param>
    /// <exception cref="ConnectorRefusal">It is refused.</exception>
    public (int Status, JsonNode? Body) Handle(string method, string[] parts, JsonNode? body, string? pageSize, string? continuation) => (method, parts) switch
    {
        ("POST", ["conversations"]) => Create(body),
        ("POST", ["conversations", var id, "activities"]) => Send(id, body),
        ("POST", ["conversations", var id, "activities", var to]) => Reply(id, to, body),
        ("PUT", ["conversations", var id, "activities", var message]) => Update(id, message, body),
        ("DELETE", ["conversations", var id, "activities", var message]) => Delete(id, message),
        ("GET", ["conversations", var id, "members", var member]) => Member(id, member),
        ("GET", ["conversations", var id, "pagedmembers"]) => Members(id, pageSize, continuation),
        _ => throw new ConnectorRefusal(404, "ServiceError", $"No route {method} /v3/{string.Join('/', parts)}."),
    };

    private (int, JsonNode?) Create(JsonNode? body)
    {
        check.Creation(body);
        var wanted = body!.AsObject();
        var (isGroup, members, activity) = ((bool?)wanted["isGroup"] ?? false, wanted["members"] as JsonArray ?? [], wanted["activity"] as JsonObject);
        if ((string?)wanted["tenantId"] != TeamsWorld.Tenant && (string?)wanted["channelData"]?["tenant"]?["id"] != TeamsWorld.Tenant)
            throw ConnectorRefusal.BadCreation;
        if (isGroup)
        {
            // Members are ignored; without a channel it would be a group chat, which bots cannot create.
            if ((string?)wanted["channelData"]?["channel"]?["id"] is not { } channelId || activity is null)
                throw ConnectorRefusal.BadCreation;
            var channel = world.Channels.GetValueOrDefault(channelId) ?? throw ConnectorRefusal.ConversationNotFound;
            Admit(new TeamsConversation(channelId, null, channel));
            check.Activity(activity);
            var first = world.NewId();
            var thread = world.NewThread(channel, first);
            Keep(new TeamsMessage(first, thread, activity));
            return (201, new JsonObject { ["id"] = thread.Id, ["activityId"] = first });
        }

        if (members is not [JsonObject one] || (string?)one["id"] is not { } member)
            throw ConnectorRefusal.BadCreation;
        TeamsPerson person;
        lock (world.Gate)
        {
            if (!world.People.TryGetValue(member, out person!))
                throw new ConnectorRefusal(400, "BadArgument", "Failed to decrypt pairwise id");
        }

        var chat = world.ChatWith(person);
        Admit(chat);
        if (activity is not null)
        {
            check.Activity(activity);
            Keep(new TeamsMessage(world.NewId(), chat, activity));
        }

        return (201, new JsonObject { ["id"] = chat.Id });
    }

    private (int, JsonNode?) Send(string id, JsonNode? body)
    {
        var conversation = world.ConversationOf(id);
        check.Activity(body);
        Admit(conversation);
        var sent = body!.AsObject();
        var message = world.NewId();
        // A message to a channel's own id begins a thread.
        var place = conversation is { Channel: { } channel, Id: var own } && own == channel.Id ? world.NewThread(channel, message) : conversation;
        if ((string?)sent["type"] == "message")
            Keep(new TeamsMessage(message, place, sent));
        return (201, new JsonObject { ["id"] = message });
    }

    private (int, JsonNode?) Reply(string id, string to, JsonNode? body)
    {
        lock (world.Gate)
        {
            if (!world.Heard.Contains(to) && world.Find(to) is null)
                throw ConnectorRefusal.ActivityNotFound;
        }

        return Send(id, body);
    }

    private (int, JsonNode?) Update(string id, string message, JsonNode? body)
    {
        var conversation = world.ConversationOf(id);
        check.Activity(body);
        Admit(conversation);
        Find(id, message).Replace(body!.AsObject());
        return (200, new JsonObject { ["id"] = message });
    }

    private (int, JsonNode?) Delete(string id, string message)
    {
        Admit(world.ConversationOf(id));
        Find(id, message).IsDeleted = true;
        return (200, null);
    }

    private (int, JsonNode?) Member(string id, string member)
    {
        var conversation = world.ConversationOf(id);
        Admit(conversation);
        var found = In(conversation).FirstOrDefault(person => person.Id == member || person.Account == member) ?? throw ConnectorRefusal.MemberNotFound;
        return (200, Json(found));
    }

    private (int, JsonNode?) Members(string id, string? pageSize, string? continuation)
    {
        var conversation = world.ConversationOf(id);
        Admit(conversation);
        var from = continuation is null ? 0 : int.Parse(continuation, System.Globalization.CultureInfo.InvariantCulture);
        // Teams gives at least 50 and at most 500 a page.
        var size = Math.Clamp(pageSize is null ? 200 : int.Parse(pageSize, System.Globalization.CultureInfo.InvariantCulture), 50, 500);
        var all = In(conversation);
        var page = new JsonObject { ["members"] = new JsonArray([.. all.Skip(from).Take(size).Select(Json)]) };
        if (from + size < all.Length)
            page["continuationToken"] = (from + size).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return (200, page);
    }

    private TeamsPerson[] In(TeamsConversation conversation)
    {
        lock (world.Gate)
            return conversation.Person is { } person ? [person] : [.. world.People.Values.OrderBy(p => p.Id, StringComparer.Ordinal)];
    }

    private static JsonNode Json(TeamsPerson person) => new JsonObject
    {
        ["id"] = person.Id,
        ["name"] = person.Name,
        ["aadObjectId"] = person.Account,
        ["tenantId"] = person.Tenant,
        ["userRole"] = "user",
    };

    /// <summary>Whether the bot may write there.</summary>
    private static void Admit(TeamsConversation conversation)
    {
        if (conversation is { Person.HasApp: false } or { Channel.IsRemoved: true })
            throw ConnectorRefusal.NotInstalled;
        if (conversation is { Person.Blocks: true })
            throw ConnectorRefusal.Blocked;
    }

    private void Keep(TeamsMessage message) => world.Keep(message);

    private TeamsMessage Find(string id, string message) =>
        world.Find(message) is { IsDeleted: false } found && found.Conversation.Id == id ? found : throw ConnectorRefusal.ActivityNotFound;
}
