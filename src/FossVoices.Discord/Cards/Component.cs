using System.Text.Json.Nodes;

namespace FossVoices.Discord.Cards;

/// <summary>The components of messages and forms, as Discord's API v10 spells them, each within its limits.</summary>
internal static class Component
{
    public const int LongestButton = 80;
    public const int LongestOption = 100;
    public const int LongestText = 4000;
    public const int MostButtons = 5;
    public const int MostOptions = 25;
    public const int LongestLabel = 45;
    public const int MostInputs = 5;

    /// <summary>How a button looks.</summary>
    internal enum Style
    {
        Primary = 1,
        Secondary = 2,
        Success = 3,
        Danger = 4,
    }

    public static JsonObject Text(string markdown) => new() { ["type"] = 10, ["content"] = markdown };

    public static JsonObject Row(params IEnumerable<JsonObject> components) => new() { ["type"] = 1, ["components"] = new JsonArray([.. components]) };

    public static JsonObject Button(string label, CustomId id, Style style = Style.Secondary) => new()
    {
        ["type"] = 2,
        ["style"] = (int)style,
        ["label"] = Cut(label, LongestButton),
        ["custom_id"] = id.ToString(),
    };

    /// <param name="from">The place of the first option among all; the values are places.</param>
    /// <param name="chosen">The places that are marked as chosen.</param>
    public static JsonObject Select(
        string id, IReadOnlyList<string> labels, int from, string? placeholder, int least = 1, int most = 1, IReadOnlyCollection<int>? chosen = null) => new()
        {
            ["type"] = 3,
            ["custom_id"] = id,
            ["options"] = new JsonArray([.. labels.Select((label, i) => Option(label, from + i, chosen))]),
            ["placeholder"] = placeholder is null ? null : Cut(placeholder, 150),
            ["min_values"] = least,
            ["max_values"] = most,
        };

    /// <summary>A group of choices in a form, of which one can be taken; the values are the options' ids.</summary>
    public static JsonObject Radio(string id, IReadOnlyList<Flows.Option> options) => new()
    {
        ["type"] = 21,
        ["custom_id"] = id,
        ["required"] = false,
        ["options"] = new JsonArray([.. options.Select(option => new JsonObject { ["label"] = option.Label, ["value"] = option.Id })]),
    };

    /// <summary>A group of choices in a form, of which several can be taken; the values are the options' ids.</summary>
    public static JsonObject Checkboxes(string id, IReadOnlyList<Flows.Option> options, int least, int most, IReadOnlyCollection<string> chosen) => new()
    {
        ["type"] = 22,
        ["custom_id"] = id,
        ["required"] = least > 0,
        ["min_values"] = least,
        ["max_values"] = most,
        ["options"] = new JsonArray([.. options.Select(option => new JsonObject { ["label"] = option.Label, ["value"] = option.Id, ["default"] = chosen.Contains(option.Id) })]),
    };

    /// <summary>A file that goes with the message.</summary>
    public static JsonObject File(string name) => new() { ["type"] = 13, ["file"] = new JsonObject { ["url"] = $"attachment://{name}" } };

    public static JsonObject Label(string label, JsonObject input, string? description = null)
    {
        var labelled = new JsonObject { ["type"] = 18, ["label"] = Cut(label, LongestLabel), ["component"] = input };
        if (description is not null)
            labelled["description"] = Cut(description, 100);
        return labelled;
    }

    public static JsonObject Input(string id, bool isLong, bool isRequired, int longest, string? value, string? placeholder)
    {
        var input = new JsonObject
        {
            ["type"] = 4,
            ["custom_id"] = id,
            ["style"] = isLong ? 2 : 1,
            ["required"] = isRequired,
            ["max_length"] = longest,
        };
        if (value is { Length: > 0 })
            input["value"] = value[..Math.Min(value.Length, longest)];
        if (placeholder is { Length: > 0 })
            input["placeholder"] = Cut(placeholder, 100);
        return input;
    }

    /// <summary>The text in so many UTF-16 units; what is cut off is marked, and no character is torn apart.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var end = most - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }

    private static JsonObject Option(string label, int place, IReadOnlyCollection<int>? chosen)
    {
        var option = new JsonObject { ["label"] = Cut(label, LongestOption), ["value"] = place.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        if (chosen?.Contains(place) == true)
            option["default"] = true;
        return option;
    }
}
