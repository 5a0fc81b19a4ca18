namespace FossVoices.Tests.Teams;

/// <summary>The clock, which can be put forward. Timers run as ever.</summary>
internal sealed class SkippingTime : TimeProvider
{
    private long _ahead;

    public void Skip(TimeSpan span) => Interlocked.Add(ref _ahead, span.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
}
