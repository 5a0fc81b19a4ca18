using FossVoices.Fieldwork;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;
using Microsoft.Extensions.Time.Testing;
using Place = FossVoices.Channels.Place;

namespace FossVoices.Tests.Fieldwork;

/// <summary>Reports come when they are due, once, whatever happens to the program and its clock.</summary>
public sealed class ReportScheduleTests
{
    /// <summary>The store's clock begins on Tuesday 1 December 2026, 9:00 UTC.</summary>
    private const string Mondays = "0 9 * * MON";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_is_posted_when_it_is_due_and_once()
    {
        await using var room = await OpenAsync(study => study with { Schedule = Mondays, TimeZone = "Europe/Berlin" });

        room.Store.Time.Advance(TimeSpan.FromDays(5.9)); // Monday 6:36 UTC, 7:36 in Berlin.
        await room.Schedule().LookAsync(Cancellation);
        Assert.Empty(await room.SeenAsync("town square"));
        room.Store.Time.Advance(TimeSpan.FromHours(1.5));
        await Task.WhenAll(room.Schedule().LookAsync(Cancellation), room.Schedule().LookAsync(Cancellation));
        await room.Schedule().LookAsync(Cancellation);

        var message = Assert.Single(await room.SeenAsync("town square"));
        Assert.Contains("The next report is due on 2026-12-14.", message, StringComparison.Ordinal);
        Assert.NotNull(await room.Reports.PostedAsync(room.Study, new Series("", Audience.Channel), Cancellation));
    }

    [Fact]
    public async Task Weeks_in_which_the_program_did_not_run_bring_one_report_and_a_clock_put_back_none()
    {
        await using var room = await OpenAsync(study => study with { Schedule = Mondays });

        room.Store.Time.Advance(TimeSpan.FromDays(30));
        await room.Schedule().LookAsync(Cancellation);
        Assert.Single(await room.SeenAsync("town square"));
        Assert.Equal(2, await room.Store.AskAsync<long>("select count(*) from report_due"));

        await room.AnswerAsync(20, "upstream", own: 5, guess: 4);
        var back = new ReportSchedule(
            new OpenStudies([room.Study]), new Openings(new WaveStore(room.Store.Database, room.Store.Writer, room.Store.Time), room.Store.Time), room.Posting, room.Reports,
            room.Calendar, new FakeTimeProvider(new DateTimeOffset(2026, 12, 14, 9, 0, 30, TimeSpan.Zero)), new Logged<ReportSchedule>());
        await back.LookAsync(Cancellation);
        Assert.Single(await room.SeenAsync("town square"));
    }

    [Fact]
    public async Task Nothing_is_posted_that_says_nothing_new()
    {
        await using var room = await OpenAsync(study => study with { Schedule = Mondays });
        room.Store.Time.Advance(TimeSpan.FromDays(7));
        await room.Schedule().LookAsync(Cancellation);
        Assert.Single(await room.SeenAsync("town square"));
        await room.AnswerAsync(1, "upstream", own: 1, guess: 1); // Coverage hardly moves, and no side changes for one person.
        room.Store.Time.Advance(TimeSpan.FromDays(7));
        await room.Schedule().LookAsync(Cancellation);
        Assert.Single(await room.SeenAsync("town square"));

        await room.AnswerAsync(20, "upstream", own: 5, guess: 1);
        room.Store.Time.Advance(TimeSpan.FromDays(7));
        await room.Schedule().LookAsync(Cancellation);
        Assert.Equal(2, (await room.SeenAsync("town square")).Length);
    }

    [Fact]
    public async Task Organisers_see_it_so_many_hours_before_it_is_posted_and_what_is_posted_is_what_they_saw()
    {
        await using var room = await OpenAsync(study => study with { Schedule = Mondays, PreviewHours = 24 });
        await new PlaceStore(room.Store.Database, room.Store.Writer, room.Store.Time).RememberAsync(
            SmallFlow.Study, new Place(Loopback.Name, "back room"), PlaceRole.Organisers, address: null, again: true, Cancellation);

        room.Store.Time.Advance(TimeSpan.FromDays(5)); // Sunday, to the minute.
        await room.Schedule().LookAsync(Cancellation);
        var preview = Assert.Single(await room.SeenAsync("back room"));
        Assert.Empty(await room.SeenAsync("town square"));
        Assert.Null(await room.Reports.PostedAsync(room.Study, new Series("", Audience.Channel), Cancellation));

        await room.AnswerAsync(30, "upstream", own: 5, guess: 5); // Too late for this one.
        room.Store.Time.Advance(TimeSpan.FromHours(24));
        await room.Schedule().LookAsync(Cancellation);
        Assert.Equal(preview, Assert.Single(await room.SeenAsync("town square")));
        Assert.Single(await room.SeenAsync("back room"));
    }

    [Fact]
    public async Task Organisers_get_their_hours_also_where_the_program_came_back_late()
    {
        await using var room = await OpenAsync(study => study with { Schedule = Mondays, PreviewHours = 24 });
        room.Store.Time.Advance(TimeSpan.FromDays(6.5)); // Monday evening: due twelve hours ago.
        await room.Schedule().LookAsync(Cancellation);
        Assert.Empty(await room.SeenAsync("town square"));
        room.Store.Time.Advance(TimeSpan.FromHours(25));
        await room.Schedule().LookAsync(Cancellation);
        Assert.Single(await room.SeenAsync("town square"));
    }

    [Fact]
    public async Task A_correction_takes_the_place_of_the_message_and_says_what_changed()
    {
        await using var room = await OpenAsync(study => study);
        await room.Posting.PostAsync(room.Study, "", at: null, Cancellation);
        Assert.Contains("clear gap", Assert.Single(await room.SeenAsync("town square")), StringComparison.Ordinal);
        Assert.Null(await room.Posting.CorrectAsync(room.Study, "", at: null, Cancellation));

        await room.AnswerAsync(40, "upstream", own: 4, guess: 4);
        await room.AnswerAsync(40, "downstream", own: 5, guess: 4);
        var corrected = await room.Posting.CorrectAsync(room.Study, "", at: null, Cancellation);
        var message = Assert.Single(await room.SeenAsync("town square"));
        await room.AnswerAsync(40, "downstream", own: 1, guess: 4);
        var again = await room.Posting.CorrectAsync(room.Study, "", at: null, Cancellation);

        Assert.Equal((2, 1, 3, 2), (corrected!.Number, corrected.Corrects, again!.Number, again.Corrects));
        Assert.Contains("Corrected, in place of report 1. What changed: “Help is owed.”: was “clear gap (upstream higher)”, is", message.Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("in place of report 2", Assert.Single(await room.SeenAsync("town square")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_preview_showed_still_becomes_a_correction()
    {
        await using var room = await OpenAsync(study => study);
        await room.Posting.PostAsync(room.Study, "", at: null, Cancellation);
        await room.SeenAsync("town square");
        await room.AnswerAsync(40, "upstream", own: 4, guess: 4);

        var preview = await room.Posting.PreviewAsync(room.Study, "", at: null, Cancellation);
        var corrected = await room.Posting.CorrectAsync(room.Study, "", at: null, Cancellation);

        Assert.Equal((2, null, 3, 1), (preview.Number, preview.Corrects, corrected!.Number, corrected.Corrects));
        Assert.Equal(ReportJson.Of(preview), ReportJson.Of(corrected with { Number = 2, Corrects = null, Changes = [] }));
        Assert.Contains("in place of report 1", Assert.Single(await room.SeenAsync("town square")), StringComparison.Ordinal);
        Assert.Null(await room.Posting.CorrectAsync(room.Study, "", at: null, Cancellation));
    }

    [Theory]
    // Clocks go forward at 2:00 on 28 March 2027: 2:30 does not come, and the report comes right after.
    [InlineData("30 2 * * *", "2027-03-27T12:00:00Z", "2027-03-28T01:00:00Z")]
    // They go back at 3:00 on 31 October: 2:30 comes twice, and the report once.
    [InlineData("30 2 * * *", "2027-10-30T12:00:00Z", "2027-10-31T00:30:00Z")]
    [InlineData("30 2 * * *", "2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z")]
    [InlineData("0 9 * * MON", "2027-03-22T08:00:00Z", "2027-03-29T07:00:00Z")]
    public async Task Days_on_which_the_clocks_change_have_one_report_like_any_other(string schedule, string after, string due)
    {
        await using var room = await ReportRoom.OpenAsync(study => study with { Schedule = schedule, TimeZone = "Europe/Berlin" });
        Assert.Equal(DateTimeOffset.Parse(due, null), Calendar.Next(room.Study, DateTimeOffset.Parse(after, null)));
    }

    /// <summary>Fifteen people on each side with a clear gap between them, and a schedule that has been looked at once.</summary>
    private static async Task<ReportRoom> OpenAsync(Func<Study, Study> change)
    {
        var room = await ReportRoom.OpenAsync(change);
        await room.AnswerAsync(15, "upstream", own: 4, guess: 4);
        await room.AnswerAsync(15, "downstream", own: 2, guess: 4);
        await room.Schedule().LookAsync(Cancellation);
        return room;
    }
}
