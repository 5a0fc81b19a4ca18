using System.Text.Json.Nodes;

namespace FossVoices.Discord;

/// <summary>The one place that keeps messages from calling anybody: what people wrote may hold <c>@everyone</c>.</summary>
internal static class Mentions
{
    /// <summary>The message with every mention switched off, whatever it said about them before.</summary>
    public static JsonObject Off(JsonObject message)
    {
        message["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() };
        return message;
    }

    /// <summary>The same for the message within an interaction's answer, where there is one: types 4 (message) and 7 (update).</summary>
    public static JsonObject OffInCallback(JsonObject callback)
    {
        if ((int?)callback["type"] is 4 or 7 && callback["data"] is JsonObject message)
            Off(message);
        return callback;
    }
}
