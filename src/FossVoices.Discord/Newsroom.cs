using FossVoices.Channels;
using FossVoices.Discord.Gateway;
using FossVoices.Storage;

namespace FossVoices.Discord;

/// <summary>
/// Hands on what the gateway tells. A place from which the bot is removed is forgotten: nothing is sent there any more. Answers stay until withdrawn or
/// expired, as consented.
/// </summary>
internal sealed class Newsroom(PlaceStore places, DirectMessages direct) : IGatewayNews
{
    public Task HearAsync(GatewayNews news, CancellationToken cancellationToken) => news switch
    {
        GatewayNews.GuildGone(var guild) => places.ForgetAsync(new Place(Talk.Platform, guild), cancellationToken),
        GatewayNews.ChannelGone(var guild, var channel) => places.ForgetAsync(new Place(Talk.Platform, $"{guild}/{channel}"), cancellationToken),
        GatewayNews.DirectMessage message => direct.HearAsync(message, cancellationToken),
        _ => throw new System.Diagnostics.UnreachableException(news.GetType().Name),
    };
}
