using System.Net;

namespace FossVoices.Teams.Connector;

/// <summary>What an answer of the connector means for trying again.</summary>
internal enum Verdict
{
    Done,

    /// <summary>Not done, and may be tried again.</summary>
    Again,

    /// <summary>Not done, and never will be.</summary>
    Never,

    /// <summary>Perhaps done: trying again could double a message.</summary>
    Doubtful,

    /// <summary>Not done, since the bot's token was not taken.</summary>
    Token,
}

/// <summary>When a call is tried again, and after how long.</summary>
internal static class Retries
{
    public const int Most = 6;

    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    /// <param name="repeats">Whether doing the call twice is the same as doing it once.</param>
    public static Verdict Of(HttpStatusCode status, bool repeats) => (int)status switch
    {
        >= 200 and < 300 => Verdict.Done,
        401 => Verdict.Token,
        // Told before anything was done.
        429 or 412 => Verdict.Again,
        // A gateway may say so after the message went through it; messages were seen to arrive two and three times.
        502 or 504 => repeats ? Verdict.Again : Verdict.Doubtful,
        >= 500 or 408 => Verdict.Doubtful,
        _ => Verdict.Never,
    };

    /// <summary>Twice as long each time, and never the same for all that failed together; or as long as Teams asks.</summary>
    /// <param name="attempt">Counted from 1.</param>
    /// <param name="chance">From 0 to below 1.</param>
    public static TimeSpan Wait(int attempt, TimeSpan? asked, double chance)
    {
        var most = TimeSpan.FromTicks(Math.Min(s_longest.Ticks, s_first.Ticks << Math.Min(attempt - 1, 10)));
        return asked is { } told && told > TimeSpan.Zero ? told + (most * chance / 10) : most * (0.5 + (chance / 2));
    }
}
