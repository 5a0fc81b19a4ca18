namespace FossVoices.Discord.Gateway;

/// <summary>How to connect.</summary>
/// <param name="Shards">The number of connections, each for its part of the servers; null for what Discord recommends.</param>
internal sealed record GatewaySettings(BotToken Token, int? Shards = null)
{
    /// <summary>GUILDS: servers and channels that come and go. No message, member or presence is asked for, and interactions come without any intent.</summary>
    public const int Guilds = 1;

    /// <summary>DIRECT_MESSAGES: what people write to the bot itself. Asked for only where the operator switched it on; it is no privileged intent.</summary>
    public const int DirectMessages = 1 << 12;

    public int Intents { get; init; } = Guilds;

    /// <summary>Which of the connections hears of a server.</summary>
    /// <param name="guild">The server's id.</param>
    public static int ShardOf(ulong guild, int shards) => (int)((guild >> 22) % (ulong)shards);
}
