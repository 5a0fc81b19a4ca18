using System.Text.Json;

namespace FossVoices.Teams.Connector;

/// <summary>How to write to a conversation, learnt from an activity that was let in. Kept sealed.</summary>
/// <param name="Service">The address to call.</param>
/// <param name="Conversation">The chat, or the channel, in which a post begins a thread of its own.</param>
/// <param name="Bot">The bot's own id there.</param>
internal sealed record Reference(string Service, string Tenant, string Conversation, string Bot)
{
    public override string ToString() => JsonSerializer.Serialize<string[]>([Service, Tenant, Conversation, Bot]);

    /// <summary>Null where it is none: a place that only a study's file names has not been heard from yet.</summary>
    public static Reference? TryRead(string address)
    {
        try
        {
            return address.StartsWith('[') && JsonSerializer.Deserialize<string[]>(address) is [var service, var tenant, var conversation, var bot]
                ? new Reference(service, tenant, conversation, bot)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
