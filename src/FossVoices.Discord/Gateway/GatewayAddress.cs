namespace FossVoices.Discord.Gateway;

/// <summary>Where to connect, as Discord says when asked.</summary>
internal abstract record GatewayAddress
{
    private GatewayAddress()
    {
    }

    /// <param name="Url">Such as <c>wss://gateway.discord.gg</c>.</param>
    public sealed record At(string Url) : GatewayAddress;

    /// <summary>Discord did not say; later, perhaps.</summary>
    public sealed record Unknown : GatewayAddress;

    /// <summary>The token is not accepted (any more).</summary>
    public sealed record TokenWrong : GatewayAddress;
}
