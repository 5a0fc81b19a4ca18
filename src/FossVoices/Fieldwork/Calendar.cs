using Cronos;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>
/// The times at which a study's reports are due: a cron line in the study's own time zone. Where clocks are put forward over a time, it
/// comes right after the gap; where they are put back, it comes once.
/// </summary>
internal static class Calendar
{
    /// <summary>Whether it is a cron line of five fields.</summary>
    public static bool IsLine(string line) => CronExpression.TryParse(line, out _);

    /// <summary>The first time after <paramref name="moment"/>; null where the study has no schedule, or it names no more times.</summary>
    public static DateTimeOffset? Next(Study study, DateTimeOffset moment) =>
        study.Schedule is { } line && CronExpression.TryParse(line, out var cron)
            ? cron.GetNextOccurrence(moment, TimeZoneInfo.FindSystemTimeZoneById(study.TimeZone))?.ToUniversalTime()
            : null;

    /// <summary>
    /// The time that is to be dealt with now: the last one that has passed since <paramref name="after"/>, or else the next one, if it is so near
    /// that organisers are to see its report now. However many were missed, one report is made.
    /// </summary>
    public static DateTimeOffset? DueAt(Study study, DateTimeOffset after, DateTimeOffset now, TimeSpan before)
    {
        DateTimeOffset? due = null;
        for (var next = Next(study, after); next <= now + before; next = Next(study, next.Value))
        {
            if (next > now && due is not null)
                break; // What was missed comes first.
            due = next;
        }

        return due;
    }
}
