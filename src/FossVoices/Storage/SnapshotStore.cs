using System.Collections.Immutable;

namespace FossVoices.Storage;

/// <summary>A report as it was made.</summary>
/// <param name="Number">Counts from 1 in each series: one study, one audience.</param>
internal sealed record StoredSnapshot(string Study, string Audience, int Number, DateTimeOffset At, string Json);

/// <summary>Numbered reports, added and never changed, so that what was published stays what it was.</summary>
internal sealed class SnapshotStore(Database database, TurnWriter writer)
{
    /// <summary>Keeps the next snapshot of its series and returns its number.</summary>
    public Task<int> NextAsync(string study, string audience, DateTimeOffset at, string json, CancellationToken cancellationToken) =>
        NextAsync(study, audience, at, json, released: null, cancellationToken);

    /// <summary>Keeps the next snapshot of its series together with what it released, in place of what the one before did.</summary>
    public Task<int> NextAsync(
        string study, string audience, DateTimeOffset at, string json, IReadOnlyList<ReleasedCell>? released, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            await transaction.ExecuteAsync(
                """
                insert into snapshot (study, audience, number, at, json)
                select @study, @audience, coalesce(max(number), 0) + 1, @at, @json from snapshot where study = @study and audience = @audience
                """,
                new { study, audience, at = at.ToUnixTimeMilliseconds(), json });
            if (released is not null)
                await ReleasedCell.ReplaceAsync(transaction, study, audience, released);
            return await transaction.FindAsync<int>("select max(number) from snapshot where study = @study and audience = @audience", new { study, audience });
        },
        cancellationToken);

    /// <summary>The series of a study that have a snapshot.</summary>
    public Task<IReadOnlyList<string>> SeriesAsync(string study, CancellationToken cancellationToken) => database.LookAsync<IReadOnlyList<string>>(
        async moment => await moment.ListAsync<string>("select distinct audience from snapshot where study = @study order by 1", new { study }), cancellationToken);

    /// <summary>Lets everybody see a snapshot from now on.</summary>
    public Task PublishAsync(string study, string audience, int number, DateTimeOffset at, CancellationToken cancellationToken) => writer.WriteAsync(
        transaction => transaction.ExecuteAsync(
            "update snapshot set posted_at = coalesce(posted_at, @at) where study = @study and audience = @audience and number = @number",
            new { study, audience, number, at = at.ToUnixTimeMilliseconds() }),
        cancellationToken);

    /// <summary>The last of the series, or null.</summary>
    public Task<StoredSnapshot?> LatestAsync(string study, string audience, CancellationToken cancellationToken) =>
        FindAsync("order by number desc limit 1", study, audience, number: 0, cancellationToken);

    /// <summary>The last of the series that was posted, or null.</summary>
    public Task<StoredSnapshot?> PostedAsync(string study, string audience, CancellationToken cancellationToken) =>
        FindAsync("and posted_at is not null order by number desc limit 1", study, audience, number: 0, cancellationToken);

    /// <summary>One snapshot of the series that was posted, or null.</summary>
    public Task<StoredSnapshot?> PostedAsync(string study, string audience, int number, CancellationToken cancellationToken) =>
        FindAsync("and posted_at is not null and number = @number", study, audience, number, cancellationToken);

    /// <summary>Remembers which quotes a snapshot refers to, so that taking one back reaches what was posted of it.</summary>
    public Task QuoteAsync(string study, string audience, int number, IReadOnlyCollection<string> quotes, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            foreach (var quote in quotes)
            {
                await transaction.ExecuteAsync(
                    """
                    insert into quoted (study, series, number, quote) select @study, @audience, @number, quote from quote where study = @study and quote = @quote
                    on conflict do nothing
                    """,
                    new { study, audience, number, quote });
            }

            return quotes.Count;
        },
        cancellationToken);

    /// <summary>One snapshot of the series, or null.</summary>
    public Task<StoredSnapshot?> FindAsync(string study, string audience, int number, CancellationToken cancellationToken) =>
        FindAsync("and number = @number", study, audience, number, cancellationToken);

    /// <summary>The number of the snapshot whose message shows this one.</summary>
    public Task<int> MessageOfAsync(string study, string audience, int number, CancellationToken cancellationToken) => database.LookAsync(
        moment => moment.FindAsync<int>("select coalesce(message, number) from snapshot where study = @study and audience = @audience and number = @number", new { study, audience, number }),
        cancellationToken);

    private Task<StoredSnapshot?> FindAsync(string which, string study, string audience, int number, CancellationToken cancellationToken) => database.LookAsync(
        async moment => await moment.FindAsync<Row>($"select number, at, json from snapshot where study = @study and audience = @audience {which}", new { study, audience, number }) is { } row
            ? new StoredSnapshot(study, audience, row.Number, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Json)
            : null,
        cancellationToken);

    /// <summary>What the last snapshot of the series released.</summary>
    public Task<ImmutableArray<ReleasedCell>> ReleasedAsync(string study, string audience, CancellationToken cancellationToken) =>
        database.LookAsync(moment => ReleasedCell.ListAsync(moment, study, audience), cancellationToken);

    private sealed record Row
    {
        public int Number { get; init; }

        public long At { get; init; }

        public string Json { get; init; } = "";
    }
}
