using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FossVoices.Reports;

/// <summary>The elements of Adaptive Cards 1.5 that hold text, each so that what people wrote is read and never acts.</summary>
internal static class CardElement
{
    /// <summary>A heading cannot be a text run, so that what would be markup is taken out of it.</summary>
    public static JsonObject Heading(string text, string size = "Large") => new()
    {
        ["type"] = "TextBlock",
        ["style"] = "heading",
        ["size"] = size,
        ["weight"] = "Bolder",
        ["wrap"] = true,
        ["text"] = WithoutMarkup(text),
    };

    /// <summary>One paragraph as a text run, in which no markup works.</summary>
    public static JsonObject Text(string text, bool bold = false, bool subtle = false)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = Harmless.Line(text) };
        if (bold)
            run["weight"] = "Bolder";
        if (subtle)
            run["isSubtle"] = true;
        return new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray { run } };
    }

    /// <summary>Elements that belong together, set off from those before.</summary>
    public static JsonObject Box(ImmutableArray<JsonNode> items, string? id = null, bool visible = true)
    {
        var box = new JsonObject { ["type"] = "Container", ["separator"] = true, ["items"] = new JsonArray([.. items]) };
        if (id is not null)
            box["id"] = id;
        if (!visible)
            box["isVisible"] = false;
        return box;
    }

    /// <summary>For where a host may read markup: what would be some is taken out.</summary>
    public static string WithoutMarkup(string text) =>
        string.Concat(Harmless.Line(text).Where(c => c is not ('[' or ']' or '{' or '}' or '*' or '_' or '<' or '>' or '\\' or '`')));
}
