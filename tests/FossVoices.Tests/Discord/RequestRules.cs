using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FossVoices.Tests.Discord;

/// <summary>What Discord documents and its machine-readable description does not say. Every rule was written because the description accepts its breach.</summary>
internal static partial class RequestRules
{
    public const int ComponentsV2 = 1 << 15;

    /// <summary>Our own rule, not Discord's: no message of ours calls anybody.</summary>
    public static IEnumerable<string> Mentions(JsonObject? message)
    {
        if (message is not null && message["allowed_mentions"]?["parse"] is not JsonArray { Count: 0 })
            yield return "/allowed_mentions: mentions are off on every message";
    }

    /// <summary>A message, new or edited.</summary>
    public static IEnumerable<string> Message(JsonObject message, bool isNew)
    {
        var flags = (int?)message["flags"] ?? 0;
        var components = message["components"] as JsonArray ?? [];
        var all = Components(components).ToArray();
        var isV2 = (flags & ComponentsV2) != 0;

        if (isNew && IsEmpty(message))
            yield return "is an empty message";
        if (((string?)message["content"])?.Length > 2000)
            yield return "/content: is longer than 2000";
        if (isV2 && (((string?)message["content"])?.Length > 0 || message["embeds"] is JsonArray { Count: > 0 } || message["poll"] is not null))
            yield return "/flags: components of version 2 go with neither content nor embeds nor a poll";
        if (isNew && !isV2 && all.Any(c => Type(c) is >= 9 and <= 17))
            yield return "/components: needs the flag of version 2";
        if (!isV2 && components.Count > 5)
            yield return "/components: more than 5 rows";
        if (all.Length > 40)
            yield return "/components: more than 40 components, nested ones counted";
        if (all.Where(c => Type(c) == 10).Sum(c => ((string?)c["content"])?.Length ?? 0) > 4000)
            yield return "/components: more than 4000 characters of text";
        if (Embedded(message) > 6000)
            yield return "/embeds: more than 6000 characters";
        foreach (var problem in Controls(all))
            yield return problem;
    }

    /// <summary>A modal.</summary>
    public static IEnumerable<string> Modal(JsonObject modal)
    {
        var top = modal["components"] as JsonArray ?? [];
        var all = Components(top).ToArray();
        if (top.Count is 0 or > 5)
            yield return "/components: a modal has 1 to 5";
        if (top.Any(c => Type(c!) is not (1 or 10 or 18)))
            yield return "/components: a modal holds labels and texts";
        if (all.Any(c => c["disabled"] is not null && (bool)c["disabled"]!))
            yield return "/components: nothing in a modal is disabled";
        if (all.Any(c => Type(c) == 23 && c["required"] is not null))
            yield return "/components: a checkbox cannot be required";
        if (all.Any(c => Type(c) == 4 && (int?)c["min_length"] > ((int?)c["max_length"] ?? 4000)))
            yield return "/components: min_length is above max_length";
        foreach (var problem in Controls(all))
            yield return problem;
    }

    /// <summary>A deferral carries nothing but whether only its addressee sees it.</summary>
    public static IEnumerable<string> Callback(JsonObject callback)
    {
        var data = callback["data"] as JsonObject;
        switch ((int?)callback["type"])
        {
            case 5 when data is not null && (data.Any(m => m.Key != "flags") || ((int?)data["flags"] ?? 0) is not (0 or 64)):
                yield return "/data: a deferral carries the ephemeral flag only";
                break;
            case 7 when data is null:
                yield return "/data: an update needs something to update";
                break;
            case 4 when data is not null:
                foreach (var problem in Message(data, isNew: true))
                    yield return $"/data{problem}";
                break;
            case 7:
                foreach (var problem in Message(data!, isNew: false))
                    yield return $"/data{problem}";
                break;
            case 9 when data is not null:
                foreach (var problem in Modal(data))
                    yield return $"/data{problem}";
                break;
        }
    }

    /// <summary>The application's commands.</summary>
    public static IEnumerable<string> Commands(JsonArray commands)
    {
        foreach (var command in commands.OfType<JsonObject>())
        {
            var isChat = ((int?)command["type"] ?? 1) == 1;
            var name = (string?)command["name"] ?? "";
            if (isChat && !CommandName().IsMatch(name))
                yield return $"/{name}: a command's name is lower-case without spaces";
            if (isChat && string.IsNullOrEmpty((string?)command["description"]))
                yield return $"/{name}: lacks a description";
            foreach (var option in Options(command))
            {
                if (!CommandName().IsMatch((string?)option["name"] ?? ""))
                    yield return $"/{name}/{option["name"]}: an option's name is lower-case without spaces";
                if (option["autocomplete"] is { } auto && (bool)auto && option["choices"] is JsonArray { Count: > 0 })
                    yield return $"/{name}/{option["name"]}: either autocomplete or choices";
                if ((int?)option["min_length"] > (int?)option["max_length"])
                    yield return $"/{name}/{option["name"]}: min_length is above max_length";
            }
        }

        if (commands.Count(c => ((int?)c!["type"] ?? 1) == 1) > 100)
            yield return "/: more than 100 commands";
        if (commands.Select(c => $"{c!["type"]}{c["name"]}").Distinct(StringComparer.Ordinal).Count() < commands.Count)
            yield return "/: two commands of one name";
    }

    /// <summary>All components, nested ones too.</summary>
    public static IEnumerable<JsonObject> Components(JsonArray components) => components.OfType<JsonObject>().SelectMany(c =>
        Components(c["components"] as JsonArray ?? []).Prepend(c)
            .Concat(c["component"] is JsonObject inner ? Components([inner.DeepClone()]) : [])
            .Concat(c["accessory"] is JsonObject beside ? Components([beside.DeepClone()]) : []));

    public static int Type(JsonNode component) => (int?)component["type"] ?? 0;

    private static IEnumerable<string> Controls(JsonObject[] all)
    {
        var ids = all.Select(c => (string?)c["custom_id"]).OfType<string>().ToArray();
        if (ids.Distinct(StringComparer.Ordinal).Count() < ids.Length)
            yield return "/components: two components of one custom_id";
        if (all.Any(c => Type(c) == 2 && (int?)c["style"] is >= 1 and <= 4 && c["custom_id"] is null))
            yield return "/components: a button needs a custom_id";
        if (all.Any(c => Type(c) == 1 && c["components"] is JsonArray row && row.Any(b => Type(b!) == 2) && row.Any(b => Type(b!) != 2)))
            yield return "/components: buttons and a select in one row";
        if (all.Any(c => Type(c) == 1 && c["components"] is JsonArray row && row.Count(b => Type(b!) is 3 or >= 5 and <= 8) > 1))
            yield return "/components: two selects in one row";
    }

    private static bool IsEmpty(JsonObject message) =>
        string.IsNullOrEmpty((string?)message["content"]) && message["embeds"] is not JsonArray { Count: > 0 } && message["components"] is not JsonArray { Count: > 0 }
        && message["attachments"] is not JsonArray { Count: > 0 } && message["poll"] is null;

    private static int Embedded(JsonObject message) => (message["embeds"] as JsonArray ?? []).OfType<JsonObject>().Sum(e =>
        Length(e["title"]) + Length(e["description"]) + Length(e["footer"]?["text"]) + Length(e["author"]?["name"])
        + (e["fields"] as JsonArray ?? []).Sum(f => Length(f?["name"]) + Length(f?["value"])));

    private static int Length(JsonNode? text) => ((string?)text)?.Length ?? 0;

    private static IEnumerable<JsonObject> Options(JsonObject command) =>
        (command["options"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(o => Options(o).Prepend(o));

    [GeneratedRegex(@"^[-_'\p{Ll}\p{Lo}\p{N}]{1,32}$", RegexOptions.None, 1000)]
    private static partial Regex CommandName();
}
