namespace FossVoices.Discord.Gateway;

/// <summary>What the gateway's close codes ask for.</summary>
internal static class CloseCodes
{
    /// <summary>With which we close: 1000 and 1001 would end the session, which is to be resumed.</summary>
    public const int Ours = 4200;

    /// <summary>Codes after which a new connection would be closed in the same way: what to do instead. Null for all others.</summary>
    public static string? Final(int? code) => code switch
    {
        4004 => Rest.ApiAnswer.TokenWrong.Sentence,
        4010 => "Discord does not know this shard: the number of shards in the settings does not fit.",
        4011 => "The bot is in so many servers that Discord requires shards: set their number in the settings.",
        4012 => "Discord no longer speaks version 10 of its gateway: the program must be updated.",
        4013 => "Discord does not know the intents that the program asks for: the program must be updated.",
        4014 => "The application may not use the intents that the program asks for: allow them on the application's page (Bot, Privileged Gateway Intents).",
        _ => null,
    };

    /// <summary>Codes that end the session: a wrong sequence (4007) and a session that timed out (4009).</summary>
    public static bool EndsSession(int? code) => code is 4007 or 4009;
}
