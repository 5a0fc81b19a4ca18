using System.Text.Json.Nodes;
using FossVoices.Channels;
using FossVoices.Reports;

namespace FossVoices.Teams.Cards;

/// <summary>Buttons and inputs, as Adaptive Cards 1.5 spell them.</summary>
internal static class Element
{
    /// <summary>More would be hidden behind a menu.</summary>
    public const int MostActions = 6;

    /// <summary>A button whose answer comes back at once; hosts that don't know it send the same the older way.</summary>
    /// <param name="takesInputs">Whether what was filled in goes along, and has to be valid.</param>
    public static JsonObject Button(Desk desk, string title, Act act, Asked? asked = null, string about = "", bool takesInputs = false, string? style = null)
    {
        title = Shortened.To(title, 80);
        var fallback = Action("Action.Submit", title, desk.Data(act, asked, about), takesInputs, style);
        var button = Action("Action.Execute", title, desk.Data(act, asked, about), takesInputs, style);
        button["verb"] = Desk.NameOf(act);
        button["fallback"] = fallback;
        return button;
    }

    public static JsonObject Link(string title, string address) => new() { ["type"] = "Action.OpenUrl", ["title"] = title, ["url"] = address };

    /// <param name="several">Whether more than one can be chosen.</param>
    /// <param name="value">The ids that are chosen already, divided by commas.</param>
    /// <param name="error">What is said where nothing is chosen; null where that is fine.</param>
    public static JsonObject Choices(
        string id, string label, IEnumerable<(string Id, string Title)> choices, bool several = false, bool compact = false, string? value = null, string? error = null)
    {
        var input = Input("Input.ChoiceSet", id, label, error);
        input["style"] = compact ? "compact" : "expanded";
        input["wrap"] = true;
        input["choices"] = new JsonArray([.. choices.Select(choice => new JsonObject { ["title"] = Harmless.Line(choice.Title), ["value"] = choice.Id })]);
        if (several)
            input["isMultiSelect"] = true;
        if (value is { Length: > 0 })
            input["value"] = value;
        return input;
    }

    public static JsonObject Words(string id, string label, int longest, bool isLong, string? value = null, string? placeholder = null, string? error = null)
    {
        var input = Input("Input.Text", id, label, error);
        input["maxLength"] = longest;
        if (isLong)
            input["isMultiline"] = true;
        if (value is { Length: > 0 })
            input["value"] = value;
        if (placeholder is { Length: > 0 })
            input["placeholder"] = Harmless.Line(placeholder);
        return input;
    }

    public static JsonObject Number(string id, string label, double least, double most, double? value, string error)
    {
        var input = Input("Input.Number", id, label, error);
        input["min"] = least;
        input["max"] = most;
        if (value is { } known)
            input["value"] = known;
        return input;
    }

    private static JsonObject Input(string type, string id, string label, string? error)
    {
        var input = new JsonObject { ["type"] = type, ["id"] = id, ["label"] = Harmless.Line(label) };
        if (error is not null)
        {
            input["isRequired"] = true;
            input["errorMessage"] = error;
        }

        return input;
    }

    private static JsonObject Action(string type, string title, JsonNode data, bool takesInputs, string? style)
    {
        var action = new JsonObject { ["type"] = type, ["title"] = title, ["data"] = data };
        if (!takesInputs)
            action["associatedInputs"] = "none";
        if (style is not null)
            action["style"] = style;
        return action;
    }
}
