using System.Text.Json;
using FossVoices.Teams.Cards;

namespace FossVoices.Teams.Inbound;

/// <summary>What the answer to a card that was sent can hold, as UTF-8 JSON. What went wrong is told in the body; the request itself went well.</summary>
internal static class Replied
{
    /// <summary>A card in place of the one that was sent.</summary>
    public static byte[] With(Card card) => Of(200, Card.ContentType, json => json.WriteRawValue(card.Json, skipInputValidation: true));

    public static byte[] Words(string text) => Of(200, "application/vnd.microsoft.activity.message", json => json.WriteStringValue(text));

    public static byte[] Error(int status, string code, string message) => Of(status, "application/vnd.microsoft.error", json =>
    {
        json.WriteStartObject();
        json.WriteString("code"u8, code);
        json.WriteString("message"u8, message);
        json.WriteEndObject();
    });

    private static byte[] Of(int status, string type, Action<Utf8JsonWriter> value) => Written.Json(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("statusCode"u8, status);
        json.WriteString("type"u8, type);
        json.WritePropertyName("value"u8);
        value(json);
        json.WriteEndObject();
    });
}
