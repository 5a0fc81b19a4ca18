using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

public sealed class SnapshotStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_audience_of_a_study_has_its_own_numbered_series()
    {
        await using var store = await Store.OpenAsync();
        var snapshots = new SnapshotStore(store.Database, store.Writer);
        var at = store.Time.GetUtcNow();

        Assert.Null(await snapshots.LatestAsync("s", "channel", Cancellation));
        Assert.Equal(1, await snapshots.NextAsync("s", "channel", at, """{"a":1}""", Cancellation));
        Assert.Equal(2, await snapshots.NextAsync("s", "channel", at.AddDays(7), """{"a":2}""", Cancellation));
        Assert.Equal(1, await snapshots.NextAsync("s", "researcher", at, """{"a":3}""", Cancellation));

        Assert.Equal(new StoredSnapshot("s", "channel", 2, at.AddDays(7), """{"a":2}"""), await snapshots.LatestAsync("s", "channel", Cancellation));
    }

    [Fact]
    public async Task What_was_said_last_of_a_wave_counts_even_when_the_clock_was_put_back()
    {
        await using var store = await Store.OpenAsync();
        var later = new WaveStore(store.Database, store.Writer, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(store.Time.GetUtcNow().AddHours(1)));
        var waves = new WaveStore(store.Database, store.Writer, store.Time);

        await later.SayAsync("s", "w1", open: true, Cancellation);
        await waves.SayAsync("s", "w1", open: false, Cancellation);
        await waves.SayAsync("s", "w2", open: true, Cancellation);

        var states = await waves.StatesAsync("s", Cancellation);
        Assert.False(states["w1"]);
        Assert.True(states["w2"]);
    }
}
