using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FossVoices.Tests.Teams;

/// <summary>An Adaptive Card as somebody sees it in Teams: what can be read, filled in and pressed, in reading order.</summary>
internal sealed class CardView(JsonObject card)
{
    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    public JsonObject Json { get; } = card;

    /// <summary>Everything that can be read, a line each; labels of inputs and their choices included.</summary>
    public string Text => string.Join('\n', Visible(Json).SelectMany(Words));

    /// <summary>The titles of what can be pressed.</summary>
    public ImmutableArray<string> Buttons => [.. Actions.Select(action => (string?)action["title"] ?? "")];

    public ImmutableArray<JsonObject> Actions => [.. Visible(Json).Where(element => TypeOf(element).StartsWith("Action.", StringComparison.Ordinal))];

    public ImmutableArray<JsonObject> Inputs => [.. Visible(Json).Where(element => TypeOf(element).StartsWith("Input.", StringComparison.Ordinal))];

    /// <summary>The action of this title; of several the first.</summary>
    public JsonObject? Action(string title) => Actions.FirstOrDefault(action => (string?)action["title"] == title);

    /// <summary>The action with this verb; null where nothing here does that. A client that knows no Action.Execute has its fallback.</summary>
    /// <param name="title">The words on its button; null for the first.</param>
    public JsonObject? Doing(string verb, string? title = null) => Actions.FirstOrDefault(action => (string?)action["verb"] == verb && (title is null || (string?)action["title"] == title));

    /// <summary>What the client sends along: the action's data, and the values of every input on its card and the cards around it.</summary>
    /// <param name="given">Values by input id; inputs left alone have their own.</param>
    /// <exception cref="InvalidOperationException">The client would not let it be sent.</exception>
    public JsonObject Gathered(JsonObject action, IReadOnlyDictionary<string, string> given)
    {
        var data = action["data"] switch
        {
            null => [],
            JsonObject own => own.DeepClone().AsObject(),
            _ => throw new InvalidOperationException("Inputs can be added to an object only."),
        };
        var inputs = Around(Json, action, []) ?? throw new InvalidOperationException("The action is on another card.");
        if (given.Keys.FirstOrDefault(id => inputs.All(input => (string?)input["id"] != id)) is { } unknown)
            throw new InvalidOperationException($"There is no input '{unknown}': {string.Join(", ", inputs.Select(input => input["id"]))}.");
        if ((string?)action["associatedInputs"] == "none")
            return data;
        foreach (var input in inputs)
        {
            var id = (string)input["id"]!;
            if (Value(input, given.GetValueOrDefault(id) ?? input["value"]?.ToString() ?? "") is { Length: > 0 } value)
                data[id] = value;
        }

        return data;
    }

    /// <summary>What an input holds, where the client lets it be sent.</summary>
    private static string Value(JsonObject input, string value)
    {
        if (value.Length == 0)
            return (bool?)input["isRequired"] == true ? throw new InvalidOperationException($"{input["errorMessage"]}") : value;
        if (TypeOf(input) == "Input.ChoiceSet")
        {
            string[] chosen = (bool?)input["isMultiSelect"] == true ? value.Split(',') : [value];
            if (chosen.FirstOrDefault(one => ChoicesOf(input).All(choice => choice.Value != one)) is { } none)
                throw new InvalidOperationException($"'{input["id"]}' does not offer '{none}'.");
        }

        if (TypeOf(input) == "Input.Number")
        {
            var number = double.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
            if ((double?)input["min"] > number || (double?)input["max"] < number)
                throw new InvalidOperationException($"{input["errorMessage"]}");
        }

        return input["maxLength"] is { } most && value.Length > (int)most ? value[..(int)most] : value;
    }

    /// <summary>The inputs on the card that holds this action and on those around it; null where it is not below this one.</summary>
    private static List<JsonObject>? Around(JsonObject card, JsonObject action, IEnumerable<JsonObject> outer)
    {
        var own = Visible(card, intoCards: false).ToArray();
        List<JsonObject> inputs = [.. outer, .. own.Where(element => TypeOf(element).StartsWith("Input.", StringComparison.Ordinal))];
        return own.Contains(action)
            ? inputs
            : own.Select(element => element["card"]).OfType<JsonObject>().Select(inner => Around(inner, action, inputs)).FirstOrDefault(found => found is not null);
    }

    public static ImmutableArray<(string Title, string Value)> ChoicesOf(JsonObject input) =>
        [.. (input["choices"] as JsonArray ?? []).OfType<JsonObject>().Select(choice => ((string?)choice["title"] ?? "", (string?)choice["value"] ?? ""))];

    public static string TypeOf(JsonObject element) => element["type"] is JsonValue type && type.TryGetValue<string>(out var text) ? text : "";

    /// <summary>Every object of the tree that is shown, parents first; what a button opens included.</summary>
    private static IEnumerable<JsonObject> Visible(JsonNode? node, bool intoCards = true) => node switch
    {
        JsonObject hidden when (bool?)hidden["isVisible"] == false => [],
        JsonObject one => one.Where(member => member.Key is "body" or "items" or "columns" or "rows" or "cells" or "actions" or "inlines" or "facts" or "selectAction" || (member.Key == "card" && intoCards))
            .SelectMany(member => Visible(member.Value, intoCards)).Prepend(one),
        JsonArray several => several.SelectMany(element => Visible(element, intoCards)),
        _ => [],
    };

    private static IEnumerable<string> Words(JsonObject element)
    {
        var type = TypeOf(element);
        if (type is "TextBlock" or "TextRun" && (string?)element["text"] is { } text)
            yield return text;
        if (type == "Image")
            yield return $"[{element["altText"]}]";
        if (type.Length == 0 && element["title"] is { } fact && element["value"] is { } value)
            yield return $"{fact}: {value}";
        if (!type.StartsWith("Input.", StringComparison.Ordinal))
            yield break;
        if ((string?)element["label"] is { Length: > 0 } label)
            yield return label;
        foreach (var (title, _) in ChoicesOf(element))
            yield return $"( ) {title}";
        if (type is not "Input.ChoiceSet")
            yield return $"[{element["placeholder"]} ______]";
    }
}
