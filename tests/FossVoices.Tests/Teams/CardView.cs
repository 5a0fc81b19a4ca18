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

    /// <summary>What the client sends along: the action's data with every input's value added to it.</summary>
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
        if (given.Keys.FirstOrDefault(id => Inputs.All(input => (string?)input["id"] != id)) is { } unknown)
            throw new InvalidOperationException($"There is no input '{unknown}'.");
        if ((string?)action["associatedInputs"] == "none")
            return data;
        foreach (var input in Inputs)
        {
            var id = (string)input["id"]!;
            var value = given.GetValueOrDefault(id) ?? input["value"]?.ToString() ?? "";
            if (value.Length == 0 && (bool?)input["isRequired"] == true)
                throw new InvalidOperationException($"'{id}' is required: {input["errorMessage"]}");
            if (value.Length > 0 && TypeOf(input) == "Input.ChoiceSet" && value.Split(',').FirstOrDefault(one => ChoicesOf(input).All(c => c.Value != one)) is { } none)
                throw new InvalidOperationException($"'{id}' does not offer '{none}'.");
            if (value.Length > 0 && input["maxLength"] is { } most && value.Length > (int)most)
                value = value[..(int)most];
            if (value.Length > 0)
                data[id] = value;
        }

        return data;
    }

    public static ImmutableArray<(string Title, string Value)> ChoicesOf(JsonObject input) =>
        [.. (input["choices"] as JsonArray ?? []).OfType<JsonObject>().Select(choice => ((string?)choice["title"] ?? "", (string?)choice["value"] ?? ""))];

    public static string TypeOf(JsonObject element) => element["type"] is JsonValue type && type.TryGetValue<string>(out var text) ? text : "";

    /// <summary>Every object of the tree that is shown, parents first. An element that only some clients know stands in for its fallback.</summary>
    private static IEnumerable<JsonObject> Visible(JsonNode? node) => node switch
    {
        JsonObject hidden when (bool?)hidden["isVisible"] == false => [],
        JsonObject one => one.Where(member => member.Key is "body" or "items" or "columns" or "rows" or "cells" or "actions" or "inlines" or "card" or "facts" or "selectAction")
            .SelectMany(member => Visible(member.Value)).Prepend(one),
        JsonArray several => several.SelectMany(Visible),
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
