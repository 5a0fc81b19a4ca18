namespace FossVoices.Tests.Discord;

/// <summary>The clock, so many times as fast: both sides of a connection wait less for the same protocol. Below 1 it is slow, and a busy machine misses no deadline.</summary>
internal sealed class PacedTime(double factor) : TimeProvider
{
    private readonly DateTimeOffset _began = System.GetUtcNow();
    private readonly long _start = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _began + System.GetElapsedTime(_start) * factor;

    public override long GetTimestamp() => (long)((System.GetTimestamp() - _start) * factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Paced(dueTime), Paced(period));

    private TimeSpan Paced(TimeSpan span) => span <= TimeSpan.Zero ? span : TimeSpan.FromMilliseconds(Math.Ceiling(span.TotalMilliseconds / factor));
}
