using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;
using Microsoft.Extensions.Logging;

namespace FossVoices.Fieldwork;

/// <summary>
/// Makes and posts the reports that are due. What has been dealt with stands in the store, so that each time of a schedule comes once,
/// whatever happens to the program or the clock in between.
/// </summary>
internal sealed partial class ReportSchedule(
    OpenStudies studies, Openings openings, ReportPosting posting, ReportRun reports, ReportCalendar calendar, TimeProvider time, ILogger<ReportSchedule> log)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);

    /// <summary>Looks every half minute, until stopped.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Recurring.RunAsync(LookAsync, () => s_pause, LogHeld, time, cancellationToken);

    /// <summary>Deals with what is due now, once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var open in studies.All)
        {
            if (await OfAsync(open.Study, cancellationToken) is not { Schedule: not null } study)
                continue;
            await MakeAsync(study, cancellationToken);
            foreach (var due in await calendar.WaitingAsync(study.Id, cancellationToken))
            {
                if (await reports.FindAsync(study, due.Series, due.Number!.Value, cancellationToken) is { } report)
                    await posting.PublishAsync(study, report, cancellationToken);
                LogPosted(study.Id, due.Number.Value);
            }
        }
    }

    /// <summary>The study with the schedule that holds: an organiser's, or else its file's.</summary>
    public async Task<Study> OfAsync(Study study, CancellationToken cancellationToken) => await calendar.SaidAsync(study.Id, cancellationToken) switch
    {
        null => study,
        "" => study with { Schedule = null },
        var line => study with { Schedule = line },
    };

    /// <summary>Sets when reports are posted from now on.</summary>
    /// <param name="line">A cron line of five fields, in the study's time zone; empty to stop them.</param>
    /// <returns>The next time, or null where there is none; and whether the line is one.</returns>
    public async Task<(bool IsLine, DateTimeOffset? Next)> SetAsync(Study study, string line, CancellationToken cancellationToken)
    {
        var asked = study with { Schedule = line.Length == 0 ? null : line };
        if (line.Length > 0 && !Calendar.IsLine(line))
            return (false, null);
        await calendar.SayAsync(study.Id, line, cancellationToken);
        return (true, NextOf(asked));
    }

    /// <summary>When the next report is due; null where none is.</summary>
    public DateTimeOffset? NextOf(Study scheduled) => Calendar.Next(scheduled, time.GetUtcNow());

    private async Task MakeAsync(Study study, CancellationToken cancellationToken)
    {
        var (now, ahead) = (time.GetUtcNow(), TimeSpan.FromHours(study.PreviewHours));
        if (await calendar.LastAsync(study.Id, cancellationToken) is not { } last)
        {
            // A study that is new here owes no reports for the time before.
            await calendar.KeepAsync(study.Id, [new(now, now, "", Number: null)], preview: [], cancellationToken);
            return;
        }

        if (Calendar.DueAt(study, last, now, ahead) is not { } due)
            return;

        var wave = (await openings.NowAsync(study, study.DefaultFlow, cancellationToken)).Wave;
        // Organisers get the hours they were promised, also where the program was not running when the report was due.
        var postAt = due > now + ahead || ahead == TimeSpan.Zero ? due : now + ahead > due ? now + ahead : due;
        var (made, previews) = (new List<DueReport>(), new List<OutboxPost>());
        foreach (var at in await posting.CommunitiesAsync(study, wave, cancellationToken))
        {
            var series = new Series(wave, Audience.Channel, at);
            var posted = await reports.PostedAsync(study, series, cancellationToken);
            var report = await reports.DrawAsync(study, series, corrects: null, cancellationToken);
            var isNew = report.ShowsAnything && report.Number != posted?.Number;
            made.Add(new(due, postAt, series.ToString(), isNew ? report.Number : null));
            if (isNew && ahead > TimeSpan.Zero)
                previews.AddRange(await posting.PreviewPostsAsync(study, report, cancellationToken));
        }

        await calendar.KeepAsync(study.Id, made, previews, cancellationToken);
        if (made.TrueForAll(one => one.Number is null))
            LogNothingNew(study.Id);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Study {Study}: report {Number} is due and goes to its channels")]
    private partial void LogPosted(string study, int number);

    [LoggerMessage(Level = LogLevel.Information, Message = "Study {Study}: a report is due, but it would say nothing that has not been posted")]
    private partial void LogNothingNew(string study);

    [LoggerMessage(Level = LogLevel.Error, Message = "The reports that are due can't be made now; this is tried again")]
    private partial void LogHeld(Exception exception);
}
