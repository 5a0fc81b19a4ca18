using System.Collections.Concurrent;

namespace FossVoices.Teams.Inbound;

/// <summary>
/// What came in lately, so that what Teams sends again is known again. It does so under the same id, and sometimes under a new one; a card carries what was
/// asked, but typed words carry nothing, so words that come again are taken for the same where their first coming was not acknowledged in time.
/// What is forgotten here, by a restart or with time, the store still knows by its id.
/// </summary>
internal sealed class Arrivals(TimeProvider time)
{
    private const int Most = 20_000;

    /// <summary>Teams waits 15 seconds before it sends something again.</summary>
    private static readonly TimeSpan s_inTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_remembered = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Coming> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Coming> _byWords = new(StringComparer.Ordinal);

    /// <summary>Notes that something came.</summary>
    /// <param name="again">Whether it had come before.</param>
    public Coming Note(Activity activity, out bool again)
    {
        var coming = new Coming(time.GetUtcNow());
        Thin(_byId);
        Thin(_byWords);
        again = activity.Id.Length > 0 && _byId.GetOrAdd($"{activity.Scene.Conversation}\0{activity.Id}", coming) != coming;
        if (activity.Happened is Happened.Wrote(var words))
        {
            var said = $"{activity.Scene.Conversation}\0{activity.From.Id}\0{words}";
            if (_byWords.TryGetValue(said, out var before) && time.GetUtcNow() - before.At < TimeSpan.FromMinutes(1) && !before.WasInTime(s_inTime))
                again = true;
            else
                _byWords[said] = coming;
        }

        return coming;
    }

    private void Thin(ConcurrentDictionary<string, Coming> memory)
    {
        if (memory.Count < Most)
            return;
        var old = time.GetUtcNow() - s_remembered;
        foreach (var (key, coming) in memory)
        {
            if (coming.At < old)
                memory.TryRemove(key, out _);
        }

        if (memory.Count >= Most)
            memory.Clear();
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
