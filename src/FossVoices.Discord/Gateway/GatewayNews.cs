namespace FossVoices.Discord.Gateway;

/// <summary>What happened beside interactions: to the places in which the bot was asked to be, and in direct messages.</summary>
internal abstract record GatewayNews
{
    private GatewayNews()
    {
    }

    /// <summary>The bot was removed from a server, or the server is no more. An outage is not reported.</summary>
    public sealed record GuildGone(string Guild) : GatewayNews;

    public sealed record ChannelGone(string Guild, string Channel) : GatewayNews;

    /// <summary>Somebody wrote to the bot itself. Heard only where <see cref="GatewaySettings.DirectMessages"/> was asked for.</summary>
    public sealed record DirectMessage(string Id, string Channel, string User, string Text) : GatewayNews;
}

/// <summary>Who wants to know it.</summary>
internal interface IGatewayNews
{
    Task HearAsync(GatewayNews news, CancellationToken cancellationToken);
}
