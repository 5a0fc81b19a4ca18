using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FossVoices.Discord.Cards;

/// <summary>One message as components: texts, then rows of buttons and lists.</summary>
internal sealed record Card(ImmutableArray<JsonObject> Components)
{
    private const int Ephemeral = 1 << 6;
    private const int ComponentsV2 = 1 << 15;

    public static Card Of(IEnumerable<string> texts, params IEnumerable<JsonObject> rows) => new([.. Fitted(texts).Select(Component.Text), .. rows]);

    /// <summary>A new message that only the person sees.</summary>
    public JsonObject Whispered() => Response(4, Ephemeral | ComponentsV2);

    /// <summary>A new message for everybody in the channel.</summary>
    public JsonObject Posted() => Response(4, ComponentsV2);

    /// <summary>In the place of the message that was clicked.</summary>
    public JsonObject InPlace() => Response(7, ComponentsV2);

    /// <summary>A message that answers nothing. It takes the components with it: a card is sent once.</summary>
    public JsonObject Message(int flags = ComponentsV2) => new()
    {
        ["flags"] = flags,
        ["components"] = new JsonArray([.. Components]),
    };

    private JsonObject Response(int type, int flags) => new() { ["type"] = type, ["data"] = Message(flags) };

    /// <summary>All texts of a message together may have four thousand characters: the last that would go beyond is cut, and those after it are left out.</summary>
    private static IEnumerable<string> Fitted(IEnumerable<string> texts)
    {
        var left = Component.LongestText;
        foreach (var text in texts.Where(t => t.Length > 0))
        {
            if (left < 2)
                yield break;
            yield return Component.Cut(text, left);
            left -= text.Length;
        }
    }
}
