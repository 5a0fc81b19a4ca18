using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using FossVoices.Tests.Discord;

namespace FossVoices.Tests.Teams;

/// <summary>
/// Judges a card by the published schema of Adaptive Cards 1.5 where that file is at hand, by rules that the schema forgets, and by what people with
/// a screen reader need. Elements that only Teams knows are replaced by their fallback, as a client does that does not know them.
/// </summary>
internal sealed class CardCheck(OpenApi? schema)
{
    private const int MostActions = 6;
    private const int MostUsers = 60;
    private const int LargestCard = 25 * 1024;

    /// <summary>Letters beyond ASCII count as they are sent.</summary>
    private static readonly System.Text.Json.JsonSerializerOptions s_asSent = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] s_known =
    [
        "AdaptiveCard", "ActionSet", "Column", "ColumnSet", "Container", "Fact", "FactSet", "Image", "ImageSet", "TextRun", "Media", "RichTextBlock", "Table", "TableCell",
        "TableRow", "TextBlock", "Input.ChoiceSet", "Input.Date", "Input.Number", "Input.Text", "Input.Time", "Input.Toggle",
        "Action.Execute", "Action.OpenUrl", "Action.ShowCard", "Action.Submit", "Action.ToggleVisibility",
    ];

    private static readonly string[] s_ofTeams = ["Badge", "Icon", "CodeBlock", "Rating", "Input.Rating", "ProgressBar", "CompoundButton", "Carousel"];

    public static CardCheck Create() => new(OpenApi.TryDefinitions("adaptive-card-1.5.schema.json"));

    /// <summary>What is wrong with the card; nothing, where it is fine.</summary>
    public ImmutableArray<string> Faults(JsonObject card) =>
        [.. Rules(card), .. schema?.Problems("AdaptiveCard", WithFallbacks(card)) ?? []];

    private static IEnumerable<string> Rules(JsonObject card)
    {
        if (CardView.TypeOf(card) != "AdaptiveCard" || card["version"]?.ToString() != "1.5")
            yield return "not a card of version 1.5";
        if (Encoding.UTF8.GetByteCount(card.ToJsonString(s_asSent)) is > LargestCard and var size)
            yield return $"has {size} bytes, of at most {LargestCard}";
        if (card["lang"] is null)
            yield return "does not say its language (lang)";
        if (card["refresh"]?["userIds"] is JsonArray { Count: > MostUsers })
            yield return $"refreshes for more than {MostUsers} people";
        var all = Objects(card).ToArray();
        if (all.Count(o => (string?)o["style"] == "heading") > 1)
            yield return "has more than one heading";
        foreach (var actions in all.Select(o => o["actions"]).OfType<JsonArray>().Where(actions => actions.Count > MostActions))
            yield return $"has {actions.Count} actions side by side, of at most {MostActions}";
        foreach (var twice in all.Select(o => o["id"]).OfType<JsonValue>().GroupBy(id => id.ToString(), StringComparer.Ordinal).Where(id => id.Count() > 1))
            yield return $"the id '{twice.Key}' stands twice";
        foreach (var problem in all.SelectMany(ElementRules))
            yield return problem;
        foreach (var id in all.SelectMany(o => o["targetElements"] as JsonArray ?? []).Select(target => target is JsonObject one ? (string?)one["elementId"] : (string?)target))
        {
            if (!all.Any(o => o["id"]?.ToString() == id))
                yield return $"nothing has the id '{id}' that is to be shown";
        }
    }

    private static IEnumerable<string> ElementRules(JsonObject element)
    {
        var type = CardView.TypeOf(element);
        if (type == "Image" && string.IsNullOrWhiteSpace((string?)element["altText"]))
            yield return "an image without words for it (altText)";
        if (type == "TextBlock" && (bool?)element["wrap"] != true)
            yield return $"a text that does not wrap: {element["text"]}";
        if (type.StartsWith("Action.", StringComparison.Ordinal) && string.IsNullOrWhiteSpace((string?)element["title"]))
            yield return "a button without a title";
        if (IsOfTeams(type) && element["fallback"] is null)
            yield return $"a {type} without a fallback";
        if (type.StartsWith("Input.", StringComparison.Ordinal))
        {
            if (string.IsNullOrWhiteSpace((string?)element["label"]))
                yield return $"the input '{element["id"]}' has no label";
            if ((bool?)element["isRequired"] == true && string.IsNullOrWhiteSpace((string?)element["errorMessage"]))
                yield return $"the input '{element["id"]}' is required and has no errorMessage";
        }

        if (type != "Input.ChoiceSet")
            yield break;
        var choices = CardView.ChoicesOf(element);
        if (choices.IsEmpty)
            yield return $"the input '{element["id"]}' has no choices";
        if (choices.Select(choice => choice.Value).Distinct(StringComparer.Ordinal).Count() < choices.Length)
            yield return $"the input '{element["id"]}' has a value twice";
        if ((bool?)element["isMultiSelect"] == true && choices.Any(choice => choice.Value.Contains(',', StringComparison.Ordinal)))
            yield return $"the input '{element["id"]}' divides values by commas and has one with a comma";
        if ((bool?)element["wrap"] != true)
            yield return $"the choices of '{element["id"]}' do not wrap";
    }

    /// <summary>What a client shows that knows version 1.5 and nothing else.</summary>
    public static JsonNode? WithFallbacks(JsonNode? node) => node switch
    {
        JsonObject one when CardView.TypeOf(one) is { Length: > 0 } type && IsOfTeams(type) => one["fallback"] is JsonObject other ? WithFallbacks(other) : null,
        JsonObject one => new JsonObject(one.Where(member => member.Key is not ("msteams" or "metadata" or "targetWidth") || CardView.TypeOf(one).Length == 0)
            .Select(member => KeyValuePair.Create(member.Key, member.Key == "data" ? member.Value?.DeepClone() : WithFallbacks(member.Value)))),
        JsonArray several => new JsonArray([.. several.Select(WithFallbacks).Where(element => element is not null)]),
        _ => node?.DeepClone(),
    };

    private static bool IsOfTeams(string type) => !s_known.Contains(type, StringComparer.Ordinal)
        && (type.StartsWith("Chart.", StringComparison.Ordinal) || s_ofTeams.Contains(type, StringComparer.Ordinal));

    /// <summary>Every object but those in the data of actions, which are the bot's own.</summary>
    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject form => form.Where(member => member.Key is not ("data" or "msteams" or "metadata")).SelectMany(member => Objects(member.Value)).Prepend(form),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };
}
