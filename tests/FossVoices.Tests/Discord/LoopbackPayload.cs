using System.Text.Json.Nodes;

namespace FossVoices.Tests.Discord;

/// <summary>The payloads of interactions, as Discord sends them.</summary>
internal static class LoopbackPayload
{
    /// <param name="data">What belongs to the kind.</param>
    public static JsonObject Of(LoopbackInteraction interaction, JsonObject data)
    {
        var payload = new JsonObject
        {
            ["id"] = interaction.Id,
            ["application_id"] = LoopbackWorld.Application,
            ["type"] = interaction.Kind,
            ["token"] = interaction.Token,
            ["version"] = 1,
            ["data"] = data.DeepClone(),
            ["channel_id"] = interaction.Channel.Id,
            ["channel"] = interaction.Channel.Json(),
            ["locale"] = interaction.Person.Locale,
            ["app_permissions"] = "2248473465835073",
            ["entitlements"] = new JsonArray(),
            ["authorizing_integration_owners"] = new JsonObject { ["0"] = interaction.Channel.Guild },
            ["attachment_size_limit"] = 10_485_760,
            ["context"] = interaction.Channel.Kind == 1 ? 1 : 0,
        };
        if (interaction.Channel.Kind == 1)
        {
            payload["user"] = LoopbackWorld.User(interaction.Person);
        }
        else
        {
            payload["guild_id"] = interaction.Channel.Guild;
            payload["guild_locale"] = "en-US";
            payload["guild"] = new JsonObject { ["id"] = interaction.Channel.Guild, ["locale"] = "en-US", ["features"] = new JsonArray() };
            payload["member"] = new JsonObject
            {
                ["user"] = LoopbackWorld.User(interaction.Person),
                ["nick"] = null,
                ["roles"] = new JsonArray([.. interaction.Person.Roles.Select(role => JsonValue.Create(role))]),
                ["joined_at"] = "2026-01-01T00:00:00.000000+00:00",
                ["deaf"] = false,
                ["mute"] = false,
                ["flags"] = 0,
                ["pending"] = false,
                ["permissions"] = interaction.Person.Permissions.ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
        }

        if (interaction.Source is { } source)
            payload["message"] = source.Json();
        return payload;
    }

    /// <summary>A click, or a choice from a select: only what the message offers.</summary>
    public static JsonObject Click(LoopbackMessage message, string control, string[] values)
    {
        var component = message.Control(control);
        var data = new JsonObject { ["custom_id"] = component["custom_id"]!.DeepClone(), ["component_type"] = RequestRules.Type(component), ["id"] = 1 };
        if (RequestRules.Type(component) == 3)
            data["values"] = Chosen(component, values);
        return data;
    }

    /// <summary>A filled-in modal: mirrors its tree. Discord itself does not send what breaks the modal's own limits.</summary>
    /// <param name="values">By custom_id; several choices are separated by a line break.</param>
    public static JsonObject Submit(JsonObject modal, IReadOnlyDictionary<string, string> values) => new()
    {
        ["custom_id"] = modal["custom_id"]!.DeepClone(),
        ["components"] = new JsonArray([.. modal["components"]!.AsArray().Select((c, i) => Filled(c!.AsObject(), i + 1, values))]),
    };

    /// <summary>The data of a command, from <c>name</c> or <c>name subcommand</c>.</summary>
    /// <param name="focused">The option that is being typed, for autocomplete.</param>
    public static JsonObject Command(JsonObject registered, string line, IReadOnlyDictionary<string, string> options, string? focused)
    {
        var path = line.Split(' ');
        var place = registered;
        var given = new JsonArray();
        var data = new JsonObject { ["id"] = registered["id"]!.DeepClone(), ["name"] = path[0], ["type"] = 1 };
        var into = data;
        foreach (var part in path.Skip(1))
        {
            place = (place["options"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(o => (string?)o["name"] == part && (int?)o["type"] is 1 or 2)
                ?? throw new InvalidOperationException($"The command '{path[0]}' has no '{part}'.");
            var inner = new JsonObject { ["name"] = part, ["type"] = place["type"]!.DeepClone() };
            into["options"] = new JsonArray(inner);
            into = inner;
        }

        foreach (var (name, value) in options)
        {
            var option = (place["options"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(o => (string?)o["name"] == name)
                ?? throw new InvalidOperationException($"'{line}' takes no '{name}'.");
            var entry = new JsonObject { ["name"] = name, ["type"] = option["type"]!.DeepClone(), ["value"] = Typed((int)option["type"]!, value) };
            if (name == focused)
                entry["focused"] = true;
            given.Add(entry);
        }

        if (given.Count > 0)
            into["options"] = given;
        return data;
    }

    private static JsonValue Typed(int type, string value) => type switch
    {
        4 => JsonValue.Create(long.Parse(value, System.Globalization.CultureInfo.InvariantCulture)),
        5 => JsonValue.Create(bool.Parse(value)),
        10 => JsonValue.Create(double.Parse(value, System.Globalization.CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(value),
    };

    private static JsonObject Filled(JsonObject component, int id, IReadOnlyDictionary<string, string> values)
    {
        if (RequestRules.Type(component) != 18)
            return new JsonObject { ["type"] = RequestRules.Type(component), ["id"] = id };
        return new JsonObject { ["type"] = 18, ["id"] = id, ["component"] = Input(component["component"]!.AsObject(), values) };
    }

    private static JsonObject Input(JsonObject input, IReadOnlyDictionary<string, string> values)
    {
        var customId = (string)input["custom_id"]!;
        var given = values.GetValueOrDefault(customId);
        var filled = new JsonObject { ["type"] = RequestRules.Type(input), ["custom_id"] = customId, ["id"] = 1 };
        switch (RequestRules.Type(input))
        {
            case 4:
                var text = given ?? (string?)input["value"] ?? "";
                if ((text.Length == 0 && input["required"]?.GetValue<bool>() is not false) || text.Length > ((int?)input["max_length"] ?? 4000)
                    || (text.Length > 0 && text.Length < ((int?)input["min_length"] ?? 0)))
                    throw new InvalidOperationException($"Discord does not send the modal: '{customId}' does not fit.");
                filled["value"] = text;
                break;
            case 21:
                filled["value"] = given is null ? null : Chosen(input, [given])[0]!.DeepClone();
                break;
            case 23:
                filled["value"] = given == "true";
                break;
            default:
                filled["values"] = Chosen(input, given?.Split('\n') ?? []);
                break;
        }

        return filled;
    }

    private static JsonArray Chosen(JsonObject select, string[] values)
    {
        var offered = (select["options"] as JsonArray ?? []).OfType<JsonObject>().ToArray();
        var isOne = RequestRules.Type(select) == 21;
        var (least, most) = isOne ? (0, 1) : ((int?)select["min_values"] ?? 1, (int?)select["max_values"] ?? (RequestRules.Type(select) == 22 ? offered.Length : 1));
        if (values.Length > most || (values.Length < least && select["required"]?.GetValue<bool>() is not false))
            throw new InvalidOperationException($"Discord lets one choose {least} to {most}, not {values.Length}.");
        return new JsonArray([.. values.Select(v => offered.FirstOrDefault(o => (string?)o["value"] == v || (string?)o["label"] == v)?["value"]!.DeepClone()
            ?? throw new InvalidOperationException($"'{v}' is not offered."))]);
    }
}
