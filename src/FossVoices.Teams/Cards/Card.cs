using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FossVoices.Reports;

namespace FossVoices.Teams.Cards;

/// <summary>One Adaptive Card 1.5, within what Teams takes.</summary>
/// <param name="Summary">What notifications and lists of chats show of it, and what is read where cards are not known.</param>
internal sealed record Card(string Language, string Summary, JsonArray Body, JsonArray Actions)
{
    /// <summary>UTF-8 bytes, by a rule of our own below all of Teams' limits.</summary>
    public const int Limit = TeamsCard.Limit;

    /// <summary>How much of a text is shown, in UTF-16 units: all of it wherever that fits.</summary>
    private static readonly int[] s_most = [int.MaxValue, 4000, 1500, 500, 150, 40, 12];

    public static Card Of(Desk desk, string summary, IEnumerable<JsonObject> body, params IEnumerable<JsonObject> actions) =>
        new(desk.Language, Shortened.To(summary, 300), [.. body], [.. actions]);

    /// <summary>The first that fits, of cards that show ever less of their texts.</summary>
    public static Card Fitting(Func<int, Card> make) => s_most.Select(make).FirstOrDefault(card => card.Fits) ?? make(s_most[^1]);

    public JsonObject Json()
    {
        var card = new JsonObject
        {
            ["type"] = "AdaptiveCard",
            ["version"] = "1.5",
            ["lang"] = Language,
            ["fallbackText"] = Summary,
            ["speak"] = Summary,
            ["body"] = Body.DeepClone(),
        };
        if (Actions.Count > 0)
            card["actions"] = Actions.DeepClone();
        return card;
    }

    /// <summary>As a message of its own.</summary>
    public JsonObject Message() => new()
    {
        ["type"] = "message",
        ["summary"] = Summary,
        ["locale"] = Language,
        ["attachments"] = new JsonArray { new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = Json() } },
    };

    private bool Fits => Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(Json())) <= Limit;
}
