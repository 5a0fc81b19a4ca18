using System.Text.Json.Nodes;

namespace FossVoices.Teams.Inbound;

/// <summary>What the answer to a card that was sent can hold. What went wrong is told in the body; the request itself went well.</summary>
internal static class Replied
{
    /// <summary>A card in place of the one that was sent.</summary>
    public static JsonObject Card(JsonObject card) => Of(200, "application/vnd.microsoft.card.adaptive", card);

    public static JsonObject Words(string text) => Of(200, "application/vnd.microsoft.activity.message", JsonValue.Create(text));

    public static JsonObject Error(int status, string code, string message) =>
        Of(status, "application/vnd.microsoft.error", new JsonObject { ["code"] = code, ["message"] = message });

    private static JsonObject Of(int status, string type, JsonNode value) => new() { ["statusCode"] = status, ["type"] = type, ["value"] = value };
}
