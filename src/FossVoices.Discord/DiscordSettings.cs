namespace FossVoices.Discord;

/// <summary>How interactions come in.</summary>
internal enum Transport
{
    /// <summary>Over a connection that the bot opens itself: no public address is needed.</summary>
    Gateway,

    /// <summary>Discord calls the program's web server.</summary>
    Http,
}

/// <summary>What the bot needs to be in Discord.</summary>
/// <param name="Token">The bot's token, from the application's page.</param>
/// <param name="PublicKey">The application's public key, 64 hexadecimal digits; needed over HTTP.</param>
/// <param name="Guild">A server in which the commands are known at once, for trying out; null for everywhere.</param>
/// <param name="Api">The address of Discord's API.</param>
internal sealed record DiscordSettings(BotToken Token, Transport Transport, string? PublicKey, string? Guild, Uri Api)
{
    /// <summary>Whether people may answer by writing to the bot in direct messages, which it then reads; over the gateway alone.</summary>
    public bool ReadsDirectMessages { get; init; }

    /// <summary>Where Discord sends interactions over HTTP: the "Interactions Endpoint URL" ends in it.</summary>
    public const string Path = "/discord/interactions";

    public static Uri PublicApi { get; } = new("https://discord.com/api/v10/");

    private static readonly string[] s_keys = ["Token", "PublicKey", "Transport", "Guild", "DirectMessages", "Api"];

    /// <summary>Reads the settings under <c>FossVoices:Discord</c>.</summary>
    /// <param name="value">What is set under a key; null for nothing.</param>
    /// <param name="keys">All keys that are set.</param>
    /// <param name="wrong">What is wrong with them, in one sentence; null where nothing is.</param>
    /// <returns>Null where Discord is off, or something is wrong.</returns>
    public static DiscordSettings? Read(Func<string, string?> value, IEnumerable<string> keys, out string? wrong)
    {
        wrong = null;
        if (keys.FirstOrDefault(key => !s_keys.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            wrong = $"There is no setting 'FossVoices:Discord:{unknown}'. There is {string.Join(", ", s_keys)}.";
            return null;
        }

        var (token, publicKey, transport) = (Set("Token"), Set("PublicKey"), Set("Transport") ?? "gateway");
        if (s_keys.All(key => Set(key) is null))
            return null;
        var over = transport.Equals("http", StringComparison.OrdinalIgnoreCase) ? Discord.Transport.Http
            : transport.Equals("gateway", StringComparison.OrdinalIgnoreCase) ? (Transport?)Discord.Transport.Gateway
            : null;
        wrong = (token, over) switch
        {
            (null, _) => "Discord is half configured: 'FossVoices:Discord:Token' is missing. Copy the bot token from the application's page, or take the other Discord settings out.",
            (var typed, _) when !BotToken.IsOne(typed) =>
                "'FossVoices:Discord:Token' is no bot token: those have three parts divided by full stops. Copy it from the application's page under Bot, Reset Token; the client secret and the public key are something else.",
            (_, null) => "'FossVoices:Discord:Transport' must be 'gateway' (the bot connects to Discord) or 'http' (Discord calls the bot).",
            (_, Discord.Transport.Http) when publicKey is null or { Length: not 64 } || !publicKey.All(char.IsAsciiHexDigit) =>
                "Over HTTP, 'FossVoices:Discord:PublicKey' must hold the application's public key: 64 hexadecimal digits, from the application's page.",
            (_, Discord.Transport.Gateway) when publicKey is not null =>
                "'FossVoices:Discord:PublicKey' belongs to the transport 'http', and Discord delivers either way but not both. Set 'FossVoices:Discord:Transport' to 'http', or take the key out.",
            _ => null,
        };
        var api = Set("Api") is { } address ? Uri.TryCreate(address.TrimEnd('/') + '/', UriKind.Absolute, out var given) ? given : null : PublicApi;
        wrong ??= api is null ? "'FossVoices:Discord:Api' must be an address such as https://discord.com/api/v10. Leave it out unless you test." : null;
        var direct = Set("DirectMessages") is { } switched ? bool.TryParse(switched, out var on) ? on : (bool?)null : false;
        wrong ??= (direct, over) switch
        {
            (null, _) => "'FossVoices:Discord:DirectMessages' must be true or false.",
            (true, Discord.Transport.Http) => "'FossVoices:Discord:DirectMessages' needs the transport 'gateway': over HTTP Discord sends no messages. Take one of the two out.",
            _ => null,
        };
        return wrong is null ? new DiscordSettings(new BotToken(token!), over!.Value, publicKey, Set("Guild"), api!) { ReadsDirectMessages = direct == true } : null;

        string? Set(string key) => value(key) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
    }
}
