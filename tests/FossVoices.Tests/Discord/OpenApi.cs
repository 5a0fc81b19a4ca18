using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FossVoices.Tests.Discord;

/// <summary>
/// A published description of requests, as far as the files in use go: Discord's (OpenAPI 3.1, that is JSON Schema 2020-12), the Bot Connector's (Swagger 2.0),
/// and the one of Adaptive Cards (draft 6). Of what a value may be, its <c>type</c> says what was meant; else the deepest complaint is the one that helps.
/// </summary>
internal sealed class OpenApi
{
    private readonly JsonObject _schemas;

    private OpenApi(JsonObject schemas) => _schemas = schemas;

    /// <param name="file">The path of <c>discord-openapi.json</c>.</param>
    public static OpenApi Load(string file) => new(JsonNode.Parse(File.ReadAllText(file))!["components"]!["schemas"]!.AsObject());

    /// <summary>The file where it lies beside the checkout; null elsewhere.</summary>
    public static OpenApi? TryLoad() => Beside("discord-openapi.json") is { } path ? Load(path) : null;

    /// <summary>The definitions of a Swagger or JSON Schema file where it lies beside the checkout; null elsewhere.</summary>
    public static OpenApi? TryDefinitions(string name) =>
        Beside(name) is { } path ? new(JsonNode.Parse(File.ReadAllText(path))!["definitions"]!.AsObject()) : null;

    private static string? Beside(string name) => Path.Combine(Repository.Root, "..", "shared", "reference", name) is var path && File.Exists(path) ? path : null;

    /// <summary>What the schema itself, or one that it stands for, calls a value of its kind; nothing where it does not say.</summary>
    private IEnumerable<string> TypesNamed(JsonObject schema) =>
        (schema["properties"]?["type"]?["enum"] as JsonArray ?? []).Select(type => (string)type!)
        .Concat(schema["$ref"] is { } other ? TypesNamed(_schemas[((string)other!).Split('/')[^1]]!.AsObject()) : [])
        .Concat((schema["allOf"] as JsonArray ?? []).SelectMany(part => TypesNamed(part!.AsObject())));

    /// <summary>What is wrong with the value by this schema, the deepest place first; empty where nothing is.</summary>
    public IReadOnlyList<string> Problems(string schema, JsonNode? value)
    {
        var problems = new List<(int Depth, string Text)>();
        Check(_schemas[schema]?.AsObject() ?? throw new ArgumentException($"The description knows no '{schema}'.", nameof(schema)), value, "", 0, problems);
        return [.. problems.OrderByDescending(p => p.Depth).Select(p => p.Text)];
    }

    private void Check(JsonObject schema, JsonNode? value, string path, int depth, List<(int Depth, string Text)> problems)
    {
        void Wrong(string text) => problems.Add((depth, $"{(path.Length == 0 ? "/" : path)}: {text}"));

        foreach (var (keyword, rule) in schema)
        {
            switch (keyword)
            {
                case "$ref":
                    Check(_schemas[((string)rule!).Split('/')[^1]]!.AsObject(), value, path, depth, problems);
                    break;
                case "type" when !Types(rule!).Any(t => Is(value, t)):
                    Wrong($"must be {string.Join(" or ", Types(rule!))}");
                    break;
                case "enum" when !rule!.AsArray().Any(v => JsonNode.DeepEquals(v, value)):
                    Wrong($"must be one of {rule.ToJsonString()}");
                    break;
                case "const" when !JsonNode.DeepEquals(rule, value):
                    Wrong($"must be {rule?.ToJsonString()}");
                    break;
                case "allOf":
                    foreach (var part in rule!.AsArray())
                        Check(part!.AsObject(), value, path, depth, problems);
                    break;
                case "anyOf" or "oneOf":
                    CheckChoice(rule!.AsArray(), keyword == "oneOf", value, path, depth, problems);
                    break;
            }
        }

        switch (value)
        {
            case JsonObject members:
                CheckObject(schema, members, path, depth, problems, Wrong);
                break;
            case JsonArray items:
                CheckArray(schema, items, path, depth, problems, Wrong);
                break;
            case JsonValue scalar:
                CheckScalar(schema, scalar, Wrong);
                break;
        }
    }

    private void CheckChoice(JsonArray choices, bool exactlyOne, JsonNode? value, string path, int depth, List<(int, string)> problems)
    {
        if (value is JsonObject named && named["type"] is JsonValue type && type.TryGetValue<string>(out var meant))
        {
            var kinds = choices.Select(choice => (Choice: choice!, Names: TypesNamed(choice!.AsObject()).ToArray())).ToArray();
            if (kinds.All(kind => kind.Names.Length > 0))
            {
                choices = new JsonArray([.. kinds.Where(kind => kind.Names.Contains(meant, StringComparer.Ordinal)).Select(kind => kind.Choice.DeepClone())]);
                if (choices.Count == 0)
                {
                    problems.Add((depth + 1, $"{path}/type: '{meant}' is not among what may stand here"));
                    return;
                }
            }
        }

        var tries = choices.Select(choice =>
        {
            var found = new List<(int Depth, string Text)>();
            Check(choice!.AsObject(), value, path, depth, found);
            return found;
        }).ToArray();
        var fits = tries.Count(found => found.Count == 0);
        if (fits == 0)
            problems.AddRange(tries.MaxBy(found => found.Max(p => p.Depth))!); // the deepest is the one that was meant
        else if (fits > 1 && exactlyOne)
            problems.Add((depth, $"{path}: fits {fits} of what it may be, and may fit one only"));
    }

    private void CheckObject(JsonObject schema, JsonObject members, string path, int depth, List<(int, string)> problems, Action<string> wrong)
    {
        var properties = schema["properties"] as JsonObject;
        foreach (var name in (schema["required"] as JsonArray ?? []).Select(n => (string)n!).Where(n => !members.ContainsKey(n)))
            wrong($"lacks '{name}'");
        if (schema["minProperties"] is { } least && members.Count < (int)least)
            wrong($"has fewer than {least} members");
        if (schema["maxProperties"] is { } most && members.Count > (int)most)
            wrong($"has more than {most} members");
        foreach (var (name, member) in members)
        {
            if (properties?[name] is JsonObject known)
                Check(known, member, $"{path}/{name}", depth + 1, problems);
            else if (schema["additionalProperties"] is JsonObject other)
                Check(other, member, $"{path}/{name}", depth + 1, problems);
            else if (schema["additionalProperties"] is JsonValue allowed && !(bool)allowed)
                wrong($"may not have '{name}'");
        }
    }

    private void CheckArray(JsonObject schema, JsonArray items, string path, int depth, List<(int, string)> problems, Action<string> wrong)
    {
        if (schema["minItems"] is { } least && items.Count < (int)least)
            wrong($"has fewer than {least} entries");
        if (schema["maxItems"] is { } most && items.Count > (int)most)
            wrong($"has more than {most} entries");
        if (schema["uniqueItems"] is { } unique && (bool)unique && items.Select(i => i?.ToJsonString()).Distinct(StringComparer.Ordinal).Count() < items.Count)
            wrong("repeats an entry");
        if (schema["items"] is not JsonObject rule)
            return;
        for (var i = 0; i < items.Count; i++)
            Check(rule, items[i], $"{path}/{i}", depth + 1, problems);
    }

    private static void CheckScalar(JsonObject schema, JsonValue value, Action<string> wrong)
    {
        if (value.GetValueKind() == System.Text.Json.JsonValueKind.String)
        {
            var text = (string)value!;
            var length = text.EnumerateRunes().Count();
            if (schema["minLength"] is { } least && length < (int)least)
                wrong($"is shorter than {least}");
            if (schema["maxLength"] is { } most && length > (int)most)
                wrong($"is longer than {most}");
            if (schema["pattern"] is { } pattern && !Regex.IsMatch(text, (string)pattern!, RegexOptions.None, TimeSpan.FromSeconds(1)))
                wrong($"does not match {pattern}");
        }
        else if (value.GetValueKind() == System.Text.Json.JsonValueKind.Number)
        {
            var number = Number(value);
            if (schema["minimum"] is JsonValue least && number < Number(least))
                wrong($"is below {least}");
            if (schema["maximum"] is JsonValue most && number > Number(most))
                wrong($"is above {most}");
        }
    }

    private static IEnumerable<string> Types(JsonNode rule) => rule is JsonArray several ? several.Select(t => (string)t!) : [(string)rule!];

    private static bool Is(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "number" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value is JsonValue n && n.GetValueKind() == System.Text.Json.JsonValueKind.Number && decimal.IsInteger(Number(n)),
        _ => throw new ArgumentException($"no such type '{type}'", nameof(type)),
    };

    private static decimal Number(JsonValue value) => decimal.Parse(value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);
}
