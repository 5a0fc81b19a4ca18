using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FossVoices.Tests.Discord;

/// <summary>A request to the loopback Discord, taken apart.</summary>
internal sealed record RestCall(string Method, string[] Path, JsonNode? Body, IReadOnlyDictionary<string, byte[]> Files, IQueryCollection Query)
{
    public JsonObject Message => Body as JsonObject ?? throw LoopbackRefusal.InvalidForm(["/: must be an object"]);
}

/// <summary>The HTTP API of the loopback Discord: what each route does and answers.</summary>
internal sealed class LoopbackRoutes(LoopbackWorld world, LoopbackInteractions interactions, LoopbackGateway gateway, Func<RequestCheck> check, Func<string> address)
{
    /// <summary>Does it; null where there is nothing to say (204).</summary>
    public JsonNode? Handle(RestCall call) => (call.Method, call.Path) switch
    {
        ("GET", ["gateway"]) => new JsonObject { ["url"] = $"{address()}/gateway" },
        ("GET", ["gateway", "bot"]) => new JsonObject
        {
            ["url"] = $"{address()}/gateway",
            ["shards"] = 1,
            ["session_start_limit"] = new JsonObject { ["total"] = 1000, ["remaining"] = gateway.SessionsLeft, ["reset_after"] = 14_400_000, ["max_concurrency"] = gateway.AtOnce },
        },
        ("GET", ["users", "@me"]) => LoopbackWorld.BotUser(),
        ("GET", ["applications", "@me"]) => new JsonObject { ["id"] = LoopbackWorld.Application, ["name"] = "fossvoices", ["verify_key"] = "", ["interactions_endpoint_url"] = world.EndpointUrl, ["flags"] = 0, ["bot_public"] = true },
        ("PUT", ["applications", LoopbackWorld.Application, "commands"]) => Register("", call.Body),
        ("GET", ["applications", LoopbackWorld.Application, "commands"]) => Registered(""),
        ("PUT", ["applications", LoopbackWorld.Application, "guilds", LoopbackWorld.Guild, "commands"]) => Register(LoopbackWorld.Guild, call.Body),
        ("PUT", ["applications", LoopbackWorld.Application, "guilds", _, "commands"]) => throw new LoopbackRefusal(403, 50001, "Missing Access"),
        ("GET", ["guilds", LoopbackWorld.Guild]) => new JsonObject { ["id"] = LoopbackWorld.Guild, ["name"] = "A community" },
        ("GET", ["guilds", LoopbackWorld.Guild, "roles"]) => Locked(() => new JsonArray([.. world.Roles.Select(role => new JsonObject { ["id"] = role.Key, ["name"] = role.Value })])),
        ("GET", ["guilds", _]) => throw new LoopbackRefusal(404, 10004, "Unknown Guild"),
        ("GET", ["channels", var channel]) => Locked(() => world.ChannelOf(channel).Json()),
        ("POST", ["users", "@me", "channels"]) => OpenDirectMessages(call.Message),
        ("POST", ["channels", var channel, "messages"]) => CreateMessage(channel, call),
        ("PATCH", ["channels", var channel, "messages", var message]) => EditMessage(channel, message, call),
        ("DELETE", ["channels", var channel, "messages", var message]) => DeleteMessage(channel, message),
        ("POST", ["interactions", var id, var token, "callback"]) => Callback(id, token, call),
        ("POST", ["webhooks", _, var token]) => FollowUp(token, call),
        ("GET", ["webhooks", _, var token, "messages", var message]) => interactions.Get(token, message).Json(),
        ("PATCH", ["webhooks", _, var token, "messages", var message]) => EditAnswer(token, message, call),
        ("DELETE", ["webhooks", _, var token, "messages", var message]) => DeleteAnswer(token, message),
        _ => throw new LoopbackRefusal(404, 0, "404: Not Found"),
    };

    /// <summary>Under which name Discord counts the route, and what it counts apart.</summary>
    public static (string Hash, string Major) Bucket(string method, string[] path) => (method, path) switch
    {
        ("POST", ["channels", var channel, "messages"]) => ("messages", channel),
        (_, ["channels", var channel, ..]) => ("channel", channel),
        _ => ("other", ""),
    };

    private JsonArray Register(string guild, JsonNode? body)
    {
        check().Commands(body);
        var commands = body!.DeepClone().AsArray();
        foreach (var command in commands)
        {
            command!["id"] = world.NewId();
            command["application_id"] = LoopbackWorld.Application;
            command["version"] = world.NewId();
            command["type"] ??= 1;
            command["default_member_permissions"] ??= null;
        }

        lock (world.Gate)
            world.Commands[guild] = commands;
        return commands.DeepClone().AsArray();
    }

    private JsonArray Registered(string guild) => Locked(() => world.Commands.GetValueOrDefault(guild)?.DeepClone().AsArray() ?? []);

    private JsonObject OpenDirectMessages(JsonObject body)
    {
        check().Any(body, "CreatePrivateChannelRequest");
        lock (world.Gate)
        {
            var person = (string?)body["recipient_id"] ?? "";
            if (!world.People.TryGetValue(person, out var known))
                throw new LoopbackRefusal(400, 50033, "Invalid Recipient(s)");
            var open = world.Channels.Values.FirstOrDefault(c => c.Person == person) ?? new LoopbackChannel(world.NewId(), 1, "") { Person = person };
            if (known.ClosedToMessages)
                open.Refuses = new LoopbackRefusal(403, 50007, "Cannot send messages to this user");
            world.Channels[open.Id] = open;
            return open.Json();
        }
    }

    private JsonObject CreateMessage(string channel, RestCall call)
    {
        check().Message(call.Body, "MessageCreateRequest", isNew: true);
        lock (world.Gate)
        {
            var place = Open(channel);
            var nonce = call.Message["nonce"]?.ToString();
            if (nonce is not null && call.Message["enforce_nonce"]?.GetValue<bool>() == true
                && world.Messages.FirstOrDefault(m => m.Channel == place && m.Content["nonce"]?.ToString() == nonce) is { } before)
                return before.Json();
            var message = new LoopbackMessage(world.NewId(), place, call.Message.DeepClone().AsObject());
            foreach (var (name, bytes) in call.Files)
                message.Files[name] = bytes;
            world.Messages.Add(message);
            return message.Json();
        }
    }

    private JsonObject EditMessage(string channel, string id, RestCall call)
    {
        check().Message(call.Body, "MessageEditRequestPartial", isNew: false);
        lock (world.Gate)
        {
            var message = Standing(channel, id);
            foreach (var (name, bytes) in call.Files)
                message.Files[name] = bytes;
            message.Edit(call.Message);
            return message.Json();
        }
    }

    private JsonNode? DeleteMessage(string channel, string id)
    {
        lock (world.Gate)
            Standing(channel, id).IsDeleted = true;
        return null;
    }

    private JsonObject? Callback(string id, string token, RestCall call)
    {
        check().Callback(call.Body);
        var interaction = interactions.Answer(id, token, call.Message, call.Files);
        if (call.Query["with_response"] != "true")
            return null;
        var answer = new JsonObject
        {
            ["interaction"] = new JsonObject { ["id"] = id, ["type"] = interaction.Kind, ["response_message_id"] = interaction.Message?.Id, ["response_message_loading"] = interaction.Message?.IsLoading ?? false, ["response_message_ephemeral"] = interaction.Message?.OnlyFor is not null },
            ["resource"] = new JsonObject { ["type"] = interaction.Answered },
        };
        if (interaction.Answered is 4 or 7)
            answer["resource"]!["message"] = interaction.Message!.Json();
        return answer;
    }

    private JsonObject FollowUp(string token, RestCall call)
    {
        check().Message(call.Body, "IncomingWebhookRequestPartial", isNew: true);
        return interactions.FollowUp(token, call.Message, call.Files).Json();
    }

    private JsonObject EditAnswer(string token, string message, RestCall call)
    {
        check().Message(call.Body, "IncomingWebhookUpdateRequestPartial", isNew: false);
        return interactions.Edit(token, message, call.Message, call.Files).Json();
    }

    private JsonNode? DeleteAnswer(string token, string message)
    {
        interactions.Delete(token, message);
        return null;
    }

    private LoopbackChannel Open(string channel)
    {
        var place = world.ChannelOf(channel);
        return place.Refuses is { } refusal ? throw refusal : place;
    }

    /// <summary>Ephemeral messages are not to be found this way: they are edited through their interaction only.</summary>
    private LoopbackMessage Standing(string channel, string id)
    {
        var place = Open(channel);
        return world.Messages.FirstOrDefault(m => m.Id == id && m.Channel == place && m is { IsDeleted: false, OnlyFor: null }) ?? throw LoopbackRefusal.UnknownMessage;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (world.Gate)
            return read();
    }
}
