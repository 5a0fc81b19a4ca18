using FossVoices.Storage;
using Microsoft.Extensions.Logging;

namespace FossVoices.Fieldwork;

/// <summary>
/// Keeps the promise of the consent text that everything is deleted on a day: what has been kept for as long as its study may keep it goes, with all that
/// belongs to it, and the files are scrubbed. Words that their narrators published stay. Deliveries are forgotten a week after they were heard.
/// </summary>
internal sealed partial class Retention(OpenStudies studies, Database database, TurnStore turns, OutboxStore outbox, FeedbackStore feedback, CodeStore codes, TimeProvider time, ILogger<Retention> log)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromHours(1);

    /// <summary>Platforms send an event again for minutes, and people keep a page open for days.</summary>
    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);

    /// <summary>Sweeps now and every hour, until stopped: the consent text names a day, and on that day everything goes.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Recurring.RunAsync(SweepOrSayAsync, () => s_pause, LogFailed, time, cancellationToken);

    private async Task SweepOrSayAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogFailed(e);
        }
    }

    /// <summary>Deletes what is due now.</summary>
    /// <returns>False where it is deleted, but still in the files since somebody is reading them; the next sweep tries again.</returns>
    public async Task<bool> SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var tomorrow = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
        var expired = 0;
        foreach (var study in await turns.StudiesAsync(cancellationToken))
        {
            var began = studies.Find(study)?.Study.RetainDays is { } days ? tomorrow.AddDays(-days) : (DateTimeOffset?)null;
            var sessions = await turns.ExpireAsync(study, tomorrow, began, cancellationToken);
            var deliveries = await turns.ForgetDeliveriesAsync(study, now - s_week, cancellationToken);
            await outbox.ForgetAsync(study, now - s_week, cancellationToken);
            // Neither belongs to a session: feedback goes when answers of that day would, codes when nobody could use them any more.
            if (began is { } since)
            {
                await feedback.ForgetAsync(study, since, cancellationToken);
                await codes.ForgetAsync(study, since, cancellationToken);
            }

            if (sessions > 0)
                LogExpired(study, sessions);
            LogForgotten(study, deliveries);
            expired += sessions;
        }

        var strays = await turns.DestroyStrayKeysAsync(now - s_pause, cancellationToken);
        database.ForgetCopies(now - s_week);
        var scrubbed = expired + strays > 0 ? await database.ScrubAsync(cancellationToken) : await database.EmptyLogAsync(cancellationToken);
        if (!scrubbed)
            LogUnscrubbed();
        return scrubbed;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Study {Study}: sessions deleted on the day that was promised: {Sessions}")]
    private partial void LogExpired(string study, int sessions);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Study {Study}: {Deliveries} deliveries were forgotten")]
    private partial void LogForgotten(string study, int deliveries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The files could not be scrubbed of what was deleted, since another program is reading them; this is tried again in an hour")]
    private partial void LogUnscrubbed();

    [LoggerMessage(Level = LogLevel.Error, Message = "What is due for deletion could not be deleted; this is tried again in an hour")]
    private partial void LogFailed(Exception exception);
}
