namespace FossVoices.Discord.Gateway;

/// <summary>What happened to the places in which the bot was asked to be.</summary>
internal abstract record GatewayNews
{
    private GatewayNews()
    {
    }

    /// <summary>The bot was removed from a server, or the server is no more. An outage is not reported.</summary>
    public sealed record GuildGone(string Guild) : GatewayNews;

    public sealed record ChannelGone(string Guild, string Channel) : GatewayNews;
}

/// <summary>Who wants to know it.</summary>
internal interface IGatewayNews
{
    Task HearAsync(GatewayNews news, CancellationToken cancellationToken);
}
