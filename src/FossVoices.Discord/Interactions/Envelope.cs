using System.Text.Json;
using FossVoices.Discord.Rest;

namespace FossVoices.Discord.Interactions;

/// <summary>The outside of an interaction: what the transports must know of it. All else is the dispatcher's.</summary>
/// <param name="Kind">See <see cref="InteractionKind"/>.</param>
/// <param name="HasMessage">Whether it came from a message, which an answer may then update.</param>
internal sealed record Envelope(string Id, string Token, string Application, InteractionKind Kind, bool HasMessage)
{
    /// <summary>Reads it; null where it is none of those that are answered.</summary>
    public static Envelope? TryRead(JsonElement sent)
    {
        if (ApiJson.Text(sent, "id") is not { } id || ApiJson.Text(sent, "token") is not { } token || ApiJson.Text(sent, "application_id") is not { } application
            || ApiJson.Number(sent, "type") is not (>= 2 and <= 5 and { } type))
            return null;
        return new Envelope(id, token, application, (InteractionKind)type, ApiJson.Get(sent, "message").ValueKind == JsonValueKind.Object);
    }

    /// <summary>Without its token.</summary>
    public override string ToString() => $"interaction {Id} ({Kind})";
}

/// <summary>Discord's numbers for what came.</summary>
internal enum InteractionKind
{
    Ping = 1,
    Command = 2,
    Component = 3,
    Autocomplete = 4,
    Modal = 5,
}
