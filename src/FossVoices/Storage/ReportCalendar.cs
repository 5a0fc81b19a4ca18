using System.Collections.Immutable;

namespace FossVoices.Storage;

/// <summary>A time of a study's schedule, and the report that was made for it.</summary>
/// <param name="Due">The time that the schedule names.</param>
/// <param name="PostAt">When it goes to the channels.</param>
/// <param name="Number">The report; null where there was nothing new to say.</param>
internal sealed record DueReport(DateTimeOffset Due, DateTimeOffset PostAt, string Series, int? Number);

/// <summary>Remembers which times of a schedule have been dealt with, and puts posts into the outbox together with that.</summary>
internal sealed class ReportCalendar(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>The last time of the schedule that was dealt with; null where the study has never been looked at.</summary>
    public Task<DateTimeOffset?> LastAsync(string study, CancellationToken cancellationToken) => database.LookAsync<DateTimeOffset?>(
        async moment => await moment.FindAsync<long?>("select max(due_at) from report_due where study = @study", new { study }) is { } at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null,
        cancellationToken);

    /// <summary>Keeps what was made for one time of the schedule, with a word to the organisers. False where another process was first.</summary>
    /// <param name="due">One for each series, all of one time.</param>
    /// <param name="preview">What organisers see before it is posted; empty for none.</param>
    public Task<bool> KeepAsync(string study, IReadOnlyList<DueReport> due, IReadOnlyList<OutboxPost> preview, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            foreach (var at in due.Select(one => Milliseconds(one.Due)).Distinct())
            {
                if (await transaction.FindAsync<long>("select count(*) from report_due where study = @study and due_at = @at", new { study, at }) > 0)
                    return false;
            }

            foreach (var one in due)
            {
                await transaction.ExecuteAsync(
                    "insert into report_due (study, due_at, post_at, series, number, done) values (@study, @due, @postAt, @Series, @Number, @done)",
                    new { study, due = Milliseconds(one.Due), postAt = Milliseconds(one.PostAt), one.Series, one.Number, done = one.Number is null ? 1 : 0 });
            }

            foreach (var post in preview)
                await OutboxStore.QueueAsync(transaction, study, database.StudyKey(study), post, time.GetUtcNow());
            return true;
        },
        cancellationToken);

    /// <summary>The reports that wait to be posted and are due by now.</summary>
    public Task<ImmutableArray<DueReport>> WaitingAsync(string study, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<DueReport>>(
        async moment =>
        [
            .. (await moment.ListAsync<Row>(
                "select due_at as DueAt, post_at as PostAt, series as Series, number as Number from report_due where study = @study and done = 0 and post_at <= @now order by due_at, series",
                new { study, now = Milliseconds(time.GetUtcNow()) }))
                .Select(row => new DueReport(DateTimeOffset.FromUnixTimeMilliseconds(row.DueAt), DateTimeOffset.FromUnixTimeMilliseconds(row.PostAt), row.Series, row.Number)),
        ],
        cancellationToken);

    /// <summary>Makes a report public, and puts what is to be posted of it into the outbox: both, or neither.</summary>
    /// <param name="series">The report's series.</param>
    /// <param name="corrects">The report whose message it takes over; null for a message of its own.</param>
    /// <param name="posts">By place, the post under its own name, and the post that it would take the place of.</param>
    public Task PostAsync(string study, string series, int number, int? corrects, IReadOnlyList<(OutboxPost New, OutboxPost? Edit)> posts, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            async transaction =>
            {
                var now = time.GetUtcNow();
                await transaction.ExecuteAsync(
                    "update snapshot set posted_at = coalesce(posted_at, @at), message = coalesce(message, @message) where study = @study and audience = @series and number = @number",
                    new { study, series, number, at = Milliseconds(now), message = corrects ?? number });
                await transaction.ExecuteAsync(
                    "update report_due set done = 1 where study = @study and series = @series and number = @number", new { study, series, number });
                foreach (var (post, edit) in posts)
                {
                    // Where the earlier report never went, the correction goes as a report of its own.
                    var there = edit is not null && await transaction.FindAsync<long>(
                        "select count(*) from outbox where study = @study and post = @Edits", new { study, edit.Edits }) == 1;
                    await OutboxStore.QueueAsync(transaction, study, database.StudyKey(study), there ? edit! : post, now);
                }

                return true;
            },
            cancellationToken);

    /// <summary>The schedule that an organiser set: a cron line, or empty for none at all. Null where the study file's holds.</summary>
    public Task<string?> SaidAsync(string study, CancellationToken cancellationToken) => database.LookAsync(
        moment => moment.FindAsync<string>("select line from report_schedule where study = @study", new { study }), cancellationToken);

    /// <summary>Keeps a schedule, from now on: it owes no reports for the time before.</summary>
    public Task SayAsync(string study, string line, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            var now = Milliseconds(time.GetUtcNow());
            await transaction.ExecuteAsync(
                "insert into report_schedule (study, line, said_at) values (@study, @line, @now) on conflict (study) do update set line = excluded.line, said_at = excluded.said_at",
                new { study, line, now });
            return await transaction.ExecuteAsync(
                "insert into report_due (study, due_at, post_at, series, number, done) values (@study, @now, @now, '', null, 1) on conflict (study, due_at, series) do nothing", new { study, now });
        },
        cancellationToken);

    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private sealed record Row
    {
        public long DueAt { get; init; }

        public long PostAt { get; init; }

        public string Series { get; init; } = "";

        public int? Number { get; init; }
    }
}
