using System.Text.Json;
using FossVoices.Discord.Interactions;

namespace FossVoices.Discord;

/// <summary>What hears interactions, whichever transport brought them: the gateway or HTTP.</summary>
internal interface IInteractions
{
    /// <summary>Hears one interaction and says what to answer at once.</summary>
    /// <param name="interaction">The interaction as Discord sent it, verified.</param>
    /// <returns>The callback, which the transport delivers (inline over HTTP, by POST over the gateway); null where nothing is to be answered.</returns>
    Task<Told?> HearAsync(JsonElement interaction, CancellationToken cancellationToken);

    /// <summary>Whether this interaction may be answered with a modal. A modal can only be the very first answer, so such an interaction is never deferred.</summary>
    bool MayOpenModal(JsonElement interaction) => false;
}
