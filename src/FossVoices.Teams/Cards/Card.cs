using System.Text.Json;
using System.Text.Json.Nodes;
using FossVoices.Reports;

namespace FossVoices.Teams.Cards;

/// <summary>One Adaptive Card 1.5, within what Teams takes, written once: it is measured, answered and sent as the same bytes.</summary>
internal sealed class Card
{
    /// <summary>UTF-8 bytes, by a rule of our own below all of Teams' limits.</summary>
    public const int Limit = TeamsCard.Limit;

    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    /// <summary>How much of a text is shown, in UTF-16 units: all of it wherever that fits.</summary>
    private static readonly int[] s_most = [int.MaxValue, 4000, 1500, 500, 150, 40, 12];

    private readonly byte[] _json;

    private Card(string language, string summary, byte[] json) => (Language, Summary, _json) = (language, summary, json);

    public string Language { get; }

    /// <summary>What notifications and lists of chats show of it, and what is read where cards are not known.</summary>
    public string Summary { get; }

    /// <summary>UTF-8.</summary>
    public ReadOnlySpan<byte> Json => _json;

    public static Card Of(Desk desk, string summary, IEnumerable<JsonObject> body, params IEnumerable<JsonObject> actions)
    {
        summary = Shortened.To(summary, 300);
        return new Card(desk.Language, summary, Written.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "AdaptiveCard"u8);
            json.WriteString("version"u8, "1.5"u8);
            json.WriteString("lang"u8, desk.Language);
            json.WriteString("fallbackText"u8, summary);
            json.WriteString("speak"u8, summary);
            Write(json, "body"u8, body, evenIfEmpty: true);
            Write(json, "actions"u8, actions, evenIfEmpty: false);
            json.WriteEndObject();
        }));
    }

    /// <summary>A card that was made elsewhere.</summary>
    public static Card Made(string language, string summary, byte[] json) => new(language, summary, json);

    /// <summary>The first that fits, of cards that show ever less of their texts.</summary>
    public static Card Fitting(Func<int, Card> make)
    {
        foreach (var most in s_most[..^1])
        {
            if (make(most) is { _json.Length: <= Limit } card)
                return card;
        }

        return make(s_most[^1]);
    }

    /// <summary>The members of an activity that shows it as a message of its own.</summary>
    public void Message(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "message"u8);
        json.WriteString("summary"u8, Summary);
        json.WriteString("locale"u8, Language);
        json.WriteStartArray("attachments"u8);
        json.WriteStartObject();
        json.WriteString("contentType"u8, ContentType);
        json.WritePropertyName("content"u8);
        json.WriteRawValue(_json, skipInputValidation: true);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<JsonObject> elements, bool evenIfEmpty)
    {
        var began = evenIfEmpty;
        if (began)
            json.WriteStartArray(name);
        foreach (var element in elements)
        {
            if (!began)
                json.WriteStartArray(name);
            began = true;
            element.WriteTo(json);
        }

        if (began)
            json.WriteEndArray();
    }
}
