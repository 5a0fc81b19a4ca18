namespace FossVoices.Discord.Rest;

/// <summary>What a refusal means for us.</summary>
internal enum Refusal
{
    Unexplained,

    /// <summary>The channel, server or message is gone.</summary>
    TargetGone,

    /// <summary>The interaction's token or its message is gone: ask again at the next click.</summary>
    TokenGone,

    /// <summary>The interaction was answered too late, or by another process.</summary>
    TooLate,

    /// <summary>The interaction was answered before.</summary>
    AlreadyAnswered,

    /// <summary>No more follow-ups for this interaction.</summary>
    FollowUpsUsed,

    /// <summary>Discord wants another User-Agent.</summary>
    UserAgent,

    /// <summary>The channel is in slow mode, or too much was written.</summary>
    Slow,

    /// <summary>A right is missing.</summary>
    RightMissing,

    /// <summary>This person takes no direct messages from the bot.</summary>
    NoDirectMessages,

    /// <summary>What we sent was not well formed.</summary>
    OurMistake,

    /// <summary>A file is too large.</summary>
    TooLarge,
}

/// <summary>Discord's error codes, read.</summary>
internal static class Refusals
{
    public static Refusal Of(int code, int status) => code switch
    {
        10003 or 10004 or 10008 => Refusal.TargetGone,
        10015 or 50027 => Refusal.TokenGone,
        10062 => Refusal.TooLate,
        40060 => Refusal.AlreadyAnswered,
        40094 => Refusal.FollowUpsUsed,
        40333 => Refusal.UserAgent,
        20016 or 20029 => Refusal.Slow,
        50001 or 50013 => Refusal.RightMissing,
        50007 or 50278 => Refusal.NoDirectMessages,
        50006 or 50035 or 50109 => Refusal.OurMistake,
        40005 => Refusal.TooLarge,
        _ => status == 413 ? Refusal.TooLarge : Refusal.Unexplained,
    };

    public static string Sentence(Refusal meaning) => meaning switch
    {
        Refusal.TargetGone => "The channel, server or message no longer exists.",
        Refusal.TokenGone => "The token of this interaction is no longer valid; a fresh message goes out at the next click.",
        Refusal.TooLate => "The interaction was answered too late, or another process answers with the same token.",
        Refusal.AlreadyAnswered => "The interaction was answered before; check that only one process uses this bot token.",
        Refusal.FollowUpsUsed => "No more messages can follow this interaction; go on with the next one.",
        Refusal.UserAgent => "Discord does not accept the program's User-Agent.",
        Refusal.Slow => "The channel limits how often one may write; try later.",
        Refusal.RightMissing => "The bot lacks a right in this channel: let an administrator allow View Channel, Send Messages, Embed Links and Attach Files.",
        Refusal.NoDirectMessages => "This person accepts no direct messages from the bot; stay in the channel and say how to allow them.",
        Refusal.OurMistake => "Discord refused the form of the request; this is a fault in the program.",
        Refusal.TooLarge => "A file is too large for Discord (10 MiB).",
        _ => "Discord refused the request.",
    };
}
