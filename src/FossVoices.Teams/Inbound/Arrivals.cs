namespace FossVoices.Teams.Inbound;

/// <summary>
/// What came in lately, so that what Teams sends again is known again. It does so under the same id, and sometimes under a new one; a card carries what was
/// asked, but typed words carry nothing, so words that come again are taken for the same where their first coming was not acknowledged in time.
/// What is forgotten here, by a restart or with time, the store still knows by its id.
/// </summary>
internal sealed class Arrivals(TimeProvider time)
{
    /// <summary>Teams waits 15 seconds before it sends something again.</summary>
    private static readonly TimeSpan s_inTime = TimeSpan.FromSeconds(10);

    private readonly Recent<(string Conversation, string Id), Coming> _byId = new(half: 20_000);
    private readonly Recent<(string Conversation, string Person, string Words), Coming> _byWords = new(half: 20_000);

    /// <summary>Notes that something came.</summary>
    /// <param name="again">Whether it had come before.</param>
    public Coming Note(Activity activity, out bool again)
    {
        var coming = new Coming(time.GetUtcNow());
        again = activity.Id.Length > 0 && !_byId.KeepUnless((activity.Scene.Conversation, activity.Id), coming, _ => true).Kept;
        if (activity.Happened is Happened.Wrote(var words))
        {
            again |= !_byWords.KeepUnless(
                (activity.Scene.Conversation, activity.From.Id, words), coming, before => coming.At - before.At < TimeSpan.FromMinutes(1) && !before.WasInTime(s_inTime)).Kept;
        }

        return coming;
    }
}

/// <summary>One coming of an activity.</summary>
internal sealed class Coming(DateTimeOffset at)
{
    private long _acknowledged;

    public DateTimeOffset At { get; } = at;

    /// <summary>It was answered, and the answer was taken.</summary>
    public void Acknowledge(DateTimeOffset now) => Interlocked.Exchange(ref _acknowledged, now.UtcTicks);

    public bool WasInTime(TimeSpan limit) => Interlocked.Read(ref _acknowledged) is > 0 and var ticks && ticks - At.UtcTicks < limit.Ticks;
}
