using FossVoices.Channels;
using FossVoices.Discord.Gateway;
using FossVoices.Storage;

namespace FossVoices.Discord;

/// <summary>Forgets a place when the bot is removed from it: nothing is sent there any more. Answers stay until withdrawn or expired, as consented.</summary>
internal sealed class Removals(PlaceStore places) : IGatewayNews
{
    public Task HearAsync(GatewayNews news, CancellationToken cancellationToken) => places.ForgetAsync(
        new Place(Respondent.Platform, news switch
        {
            GatewayNews.GuildGone(var guild) => guild,
            GatewayNews.ChannelGone(var guild, var channel) => $"{guild}/{channel}",
            _ => throw new System.Diagnostics.UnreachableException(news.GetType().Name),
        }),
        cancellationToken);
}
