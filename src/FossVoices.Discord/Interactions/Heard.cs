using System.Collections.Concurrent;

namespace FossVoices.Discord.Interactions;

/// <summary>
/// The interactions of the last minutes and what was answered. The gateway replays events after a resume, and a signed request could be sent again by
/// somebody else within the window of its timestamp: neither is heard twice.
/// </summary>
internal sealed class Heard(TimeProvider time)
{
    /// <summary>Longer than a signed request is fresh, to either side of the clock.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(11);

    private readonly ConcurrentDictionary<string, Lazy<Task<FirstAnswer>>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(DateTimeOffset At, string Id)> _order = new();

    /// <summary>The answer to this interaction: worked out if it is new, else the one that was given.</summary>
    /// <returns>The answer, and whether the interaction is new.</returns>
    public (Task<FirstAnswer> Answer, bool IsNew) Once(string id, Func<Task<FirstAnswer>> answer)
    {
        Forget();
        var mine = new Lazy<Task<FirstAnswer>>(answer);
        var kept = _answers.GetOrAdd(id, mine);
        var isNew = ReferenceEquals(kept, mine);
        if (isNew)
            _order.Enqueue((time.GetUtcNow(), id));
        return (kept.Value, isNew);
    }

    private void Forget()
    {
        var since = time.GetUtcNow() - Kept;
        while (_order.TryPeek(out var oldest) && oldest.At < since && _order.TryDequeue(out oldest))
            _answers.TryRemove(oldest.Id, out _);
    }
}
