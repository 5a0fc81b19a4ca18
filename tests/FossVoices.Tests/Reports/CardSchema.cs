using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace FossVoices.Tests.Reports;

/// <summary>
/// Judges a card by the published schema of Adaptive Cards 1.5 and by rules that the schema forgets. Elements that only Teams knows are
/// replaced by their fallback first, as a client does that does not know them.
/// </summary>
internal sealed class CardSchema
{
    private const int MostActions = 6;

    private readonly JsonSchema _schema;

    private CardSchema(JsonSchema schema) => _schema = schema;

    public static async Task<CardSchema> LoadAsync()
    {
        var text = await File.ReadAllTextAsync(Repository.Shared("reference", "adaptive-card-1.5.schema.json"), TestContext.Current.CancellationToken);
        var schema = JsonNode.Parse(text)!.AsObject();
        schema.Remove("id"); // Of an older draft.
        return new(await JsonSchema.FromJsonAsync(schema.ToJsonString(), TestContext.Current.CancellationToken));
    }

    /// <summary>What is wrong with the card; nothing, where it is fine.</summary>
    public ImmutableArray<string> Faults(string card)
    {
        var node = JsonNode.Parse(card)!;
        return [.. Rules(node.AsObject()), .. _schema.Validate(WithFallbacks(node)!.ToJsonString()).Select(error => $"{error.Path}: {error.Kind}")];
    }

    private static IEnumerable<string> Rules(JsonObject card)
    {
        if (card["type"]?.GetValue<string>() != "AdaptiveCard" || card["version"]?.GetValue<string>() != "1.5")
            yield return "not a card of version 1.5";
        if (card["actions"]?.AsArray().Count > MostActions)
            yield return "more actions than are shown";
        var all = Objects(card).ToArray();
        foreach (var twice in all.Select(o => o["id"]?.GetValue<string>()).OfType<string>().GroupBy(id => id, StringComparer.Ordinal).Where(id => id.Count() > 1))
            yield return $"the id '{twice.Key}' stands twice";
        foreach (var image in all.Where(o => o["type"]?.GetValue<string>() == "Image" && string.IsNullOrEmpty(o["altText"]?.GetValue<string>())))
            yield return "an image without words for it";
        foreach (var input in all.Where(o => o["type"]?.GetValue<string>().StartsWith("Input.", StringComparison.Ordinal) == true && o["label"] is null))
            yield return "an input without a label";
        foreach (var id in all.Where(o => o["targetElements"] is not null).SelectMany(o => o["targetElements"]!.AsArray()).Select(id => id!.GetValue<string>()))
        {
            if (!all.Any(o => o["id"]?.GetValue<string>() == id))
                yield return $"nothing has the id '{id}' that is to be shown";
        }

        if (all.Any(o => o["type"] is { } type && type.GetValue<string>().StartsWith("Chart.", StringComparison.Ordinal) && o["fallback"] is null))
            yield return "a chart without a fallback";
    }

    private static JsonNode? WithFallbacks(JsonNode? node) => node switch
    {
        JsonObject chart when chart["type"] is JsonValue type && type.GetValue<string>().StartsWith("Chart.", StringComparison.Ordinal) => WithFallbacks(chart["fallback"]),
        JsonObject form => new JsonObject(form.Select(member => KeyValuePair.Create(member.Key, WithFallbacks(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithFallbacks)]),
        _ => node?.DeepClone(),
    };

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject form => form.SelectMany(member => Objects(member.Value)).Prepend(form),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };
}
