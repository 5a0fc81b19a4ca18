using System.Text.Json.Nodes;

namespace FossVoices.Discord.Interactions;

/// <summary>The answers to an interaction, by Discord's numbers.</summary>
internal static class Callback
{
    public const int Message = 4;
    public const int DeferredMessage = 5;
    public const int DeferredUpdate = 6;
    public const int Update = 7;
    public const int Modal = 9;

    /// <summary>Only its addressee sees the message.</summary>
    public const int Ephemeral = 64;

    public static int TypeOf(JsonObject callback) => callback["type"] is JsonValue value && value.TryGetValue<int>(out var type) ? type : 0;

    /// <summary>Whether everybody in the channel sees the message of an answer.</summary>
    public static bool IsPublic(JsonObject message) =>
        !(message["flags"] is JsonValue value && value.TryGetValue<int>(out var flags) && (flags & Ephemeral) != 0);

    /// <summary>
    /// "Wait a moment", as it fits: what came from a message is going to change that message; anything else gets a new one that only the person sees.
    /// Null for what cannot be deferred.
    /// </summary>
    public static JsonObject? Deferral(Envelope interaction) => interaction.Kind switch
    {
        InteractionKind.Component => new JsonObject { ["type"] = DeferredUpdate },
        InteractionKind.Modal when interaction.HasMessage => new JsonObject { ["type"] = DeferredUpdate },
        InteractionKind.Command or InteractionKind.Modal => new JsonObject { ["type"] = DeferredMessage, ["data"] = new JsonObject { ["flags"] = Ephemeral } },
        _ => null,
    };
}
