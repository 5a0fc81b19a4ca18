namespace FossVoices.Discord;

/// <summary>At most so many passes within any stretch of time, and none while paused. Safe for many callers at once.</summary>
/// <param name="limit">Passes within one window.</param>
/// <param name="window">The stretch.</param>
internal sealed class SlidingWindow(int limit, TimeSpan window, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _passes = new();
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    /// <summary>Waits for a pass and takes it; false where it is closed for longer than the patience lasts.</summary>
    public async Task<bool> PassAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        while (Wait() is { Ticks: > 0 } wait)
        {
            if (wait > patience)
                return false;
            await Task.Delay(wait, time, cancellationToken);
        }

        return true;
    }

    /// <summary>Takes a pass without waiting: for what may not wait, but counts.</summary>
    public void Pass()
    {
        lock (_lock)
            _passes.Enqueue(time.GetUtcNow());
    }

    /// <summary>Lets nobody pass for a while.</summary>
    public void Pause(TimeSpan length)
    {
        lock (_lock)
        {
            var until = time.GetUtcNow() + length;
            if (until > _pausedUntil)
                _pausedUntil = until;
        }
    }

    /// <summary>Zero where a pass was taken; else how long to wait before asking again.</summary>
    private TimeSpan Wait()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_pausedUntil > now)
                return _pausedUntil - now;
            while (_passes.TryPeek(out var oldest) && oldest + window <= now)
                _passes.Dequeue();
            if (_passes.Count >= limit)
                return _passes.Peek() + window - now;
            _passes.Enqueue(now);
            return TimeSpan.Zero;
        }
    }
}
