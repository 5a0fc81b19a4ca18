using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;

namespace FossVoices.Tests.Fieldwork;

/// <summary>Clocks are put back and forth, by hand and twice a year.</summary>
public sealed class ClockTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clock_that_jumps_loses_and_doubles_nothing()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();
        Reply[] replies = [SmallFlow.Choose("upstream"), SmallFlow.Choose("4"), SmallFlow.Choose("2"), new Reply.Said("tired"), SmallFlow.Choose("time"), new Reply.Said("12")];
        for (var i = 0; i < replies.Length; i++)
        {
            store.Time.AdjustTime(store.Time.GetUtcNow().AddHours(i % 2 == 0 ? -1 : 2));
            Assert.IsType<Kept.Now>(await store.SayAsync($"{i}", replies[i], asked: i));
            Assert.IsType<Kept.Before>(await store.SayAsync($"{i}", replies[i], asked: i));
        }

        var session = await store.LoadAsync();
        Assert.Equal((replies.Length, replies.Length), (session.Revision, session.Progress.Answers.Count));
        Assert.NotNull(session.FinishedAt);
        Assert.Empty((await new Tallies(store.Database, store.Writer).CompareAsync(Cancellation)).Faults);

        var receipt = Receipt.Of(store.Database.StudyKey("s"), "s", "s1");
        Assert.NotNull(await store.Turns.FindByReceiptAsync("s", receipt.Fingerprint, Cancellation));
        Assert.True((await store.Turns.WithdrawAsync("s", "s1", Cancellation)).Found);
    }

    [Theory]
    [InlineData("2027-03-28")] // Summer time begins in Europe,
    [InlineData("2027-10-31")] // and ends.
    [InlineData("2028-02-29")]
    [InlineData("2027-12-31")]
    public async Task Waves_and_days_of_deletion_are_those_of_UTC_whatever_the_local_clock_does(string day)
    {
        await using var store = await Store.OpenAsync();
        store.Time.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        var begins = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
        var study = CanaryTests.SmallStudy() with { Waves = [new Wave("w", [], date, date, RemindAfterDays: null)] };
        var openings = new Openings(new WaveStore(store.Database, store.Writer, store.Time), store.Time);
        var retention = RetentionTests.Of(store, days: 3650);
        await store.BeginAsync(keepUntil: begins);

        foreach (var (at, open, kept) in new[]
        {
            (begins.AddSeconds(-1), false, 1L), (begins, true, 0), (begins.AddHours(2), true, 0), (begins.AddDays(1).AddSeconds(-1), true, 0), (begins.AddDays(1), false, 0),
        })
        {
            store.Time.SetUtcNow(at);
            Assert.Equal(open, (await openings.NowAsync(study, SmallFlow.Id, Cancellation)).Closed is null);
            await retention.SweepAsync(Cancellation);
            Assert.Equal(kept, await store.AskAsync<long>("select count(*) from session"));
        }
    }
}
