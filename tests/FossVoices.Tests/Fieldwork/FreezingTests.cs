using FossVoices.Fieldwork;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;
using FossVoices.Tests.Studies;
using Microsoft.Extensions.Logging.Abstractions;

namespace FossVoices.Tests.Fieldwork;

/// <summary>A wave opens by its date on 2 December 2026; the tests begin the day before.</summary>
public sealed class FreezingTests
{
    private const string Waves = """ "waves": [ { "id": "w1", "flows": ["survey"], "open": "2026-12-02", "close": "2026-12-20" } ] """;
    private const string OtherWords = "\"end\": \"Thank you very much.\"";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wave_is_frozen_on_the_day_that_opens_it_and_not_before()
    {
        await using var store = await Store.OpenAsync();
        var (study, bundles) = (SmallStudy.With("study.json", Waves).Study!, new BundleStore(store.Database, store.Writer, store.Time));

        await Of(store, bundles, study).FreezeAsync(Cancellation);
        Assert.Empty(await bundles.FlowsAsync(SmallStudy.Id, Cancellation));

        store.Time.SetUtcNow(new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero));
        await Of(store, bundles, study).FreezeAsync(Cancellation);
        Assert.NotNull(await bundles.FindAsync(SmallStudy.Id, study.Flows["survey"].Hash, Cancellation));
    }

    [Fact]
    public async Task What_is_changed_after_the_opening_is_not_frozen_by_starting_again()
    {
        await using var store = await Store.OpenAsync();
        var bundles = new BundleStore(store.Database, store.Writer, store.Time);
        store.Time.SetUtcNow(new DateTimeOffset(2026, 12, 5, 12, 0, 0, TimeSpan.Zero));
        await Of(store, bundles, SmallStudy.With("study.json", Waves).Study!).FreezeAsync(Cancellation);

        var changed = SmallStudy.With(("study.json", Waves), ("flows/survey.json", OtherWords)).Study!;
        await Of(store, bundles, changed).FreezeAsync(Cancellation);

        Assert.Null(await bundles.FindAsync(SmallStudy.Id, changed.Flows["survey"].Hash, Cancellation));
    }

    [Fact]
    public async Task A_wave_that_an_organiser_keeps_closed_is_not_frozen_and_one_opened_early_is()
    {
        await using var store = await Store.OpenAsync();
        var (study, bundles) = (SmallStudy.With("study.json", Waves).Study!, new BundleStore(store.Database, store.Writer, store.Time));
        var waves = new WaveStore(store.Database, store.Writer, store.Time);

        await waves.SayAsync(SmallStudy.Id, "w1", open: false, Cancellation);
        store.Time.SetUtcNow(new DateTimeOffset(2026, 12, 5, 12, 0, 0, TimeSpan.Zero));
        await Of(store, bundles, study).FreezeAsync(Cancellation);
        Assert.Empty(await bundles.FrozenAsync(SmallStudy.Id, Cancellation));

        await waves.SayAsync(SmallStudy.Id, "w1", open: true, Cancellation);
        await Of(store, bundles, study).FreezeAsync(Cancellation);
        Assert.Equal(["w1"], await bundles.FrozenAsync(SmallStudy.Id, Cancellation));
    }

    [Fact]
    public async Task While_it_runs_it_looks_when_the_day_begins()
    {
        await using var store = await Store.OpenAsync();
        var (study, bundles) = (SmallStudy.With("study.json", Waves).Study!, new BundleStore(store.Database, store.Writer, store.Time));
        store.Time.SetUtcNow(new DateTimeOffset(2026, 12, 1, 23, 30, 0, TimeSpan.Zero));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = Of(store, bundles, study).RunAsync(stop.Token);

        // What runs beside this may not have come to its waiting yet, so the clock is put on until it has looked.
        for (var i = 0; i < 200 && (await bundles.FrozenAsync(SmallStudy.Id, Cancellation)).Count == 0; i++)
        {
            store.Time.Advance(TimeSpan.FromMinutes(30));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }

        Assert.Equal(["w1"], await bundles.FrozenAsync(SmallStudy.Id, Cancellation));
        await stop.CancelAsync();
        await running;
    }

    private static Freezing Of(Store store, BundleStore bundles, Study study) => new(
        new OpenStudies([study]), new Openings(new WaveStore(store.Database, store.Writer, store.Time), store.Time), bundles, store.Time, NullLogger<Freezing>.Instance);
}
