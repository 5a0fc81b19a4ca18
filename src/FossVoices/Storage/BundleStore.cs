using FossVoices.Studies;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Keeps flows as they were when somebody began them, by content hash. Nothing of anybody's is in them.</summary>
internal sealed class BundleStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>Keeps the flows of a wave that nobody has begun yet, so that it asks what it was opened with, and that they were kept for it.</summary>
    /// <param name="wave">Empty in a study without waves.</param>
    /// <returns>How many flows were not kept before.</returns>
    public Task<int> FreezeAsync(string study, string wave, IReadOnlyCollection<Bundle> bundles, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            var (added, at) = (0, time.GetUtcNow());
            foreach (var bundle in bundles)
                added += await KeepAsync(transaction, study, bundle, at);
            await transaction.ExecuteAsync(
                "insert into wave_frozen (study, wave, at) values (@study, @wave, @at) on conflict do nothing", new { study, wave, at = at.ToUnixTimeMilliseconds() });
            return added;
        },
        cancellationToken);

    /// <summary>The waves whose flows were kept when they opened.</summary>
    public Task<IReadOnlyList<string>> FrozenAsync(string study, CancellationToken cancellationToken) => database.LookAsync<IReadOnlyList<string>>(
        async moment => await moment.ListAsync<string>("select wave from wave_frozen where study = @study", new { study }), cancellationToken);

    /// <summary>The flow with this hash, or null.</summary>
    public Task<Bundle?> FindAsync(string study, string hash, CancellationToken cancellationToken) => database.LookAsync(
        async moment => await moment.FindAsync<Row>("select hash, flow, text from bundle where study = @study and hash = @hash", new { study, hash }) is { } row
            ? new Bundle(row.Hash, row.Flow, row.Text)
            : null,
        cancellationToken);

    /// <summary>Every version of every flow, in the order in which they were kept.</summary>
    public Task<IReadOnlyList<Bundle>> AllAsync(string study, CancellationToken cancellationToken) => database.LookAsync<IReadOnlyList<Bundle>>(
        async moment => (await moment.ListAsync<Row>("select hash, flow, text from bundle where study = @study order by kept_at, hash", new { study }))
            .ConvertAll(row => new Bundle(row.Hash, row.Flow, row.Text)),
        cancellationToken);

    /// <summary>The version of each flow that was kept last, by flow.</summary>
    public Task<IReadOnlyList<Bundle>> LatestAsync(string study, CancellationToken cancellationToken) => database.LookAsync(
        moment => LatestAsync(moment, study), cancellationToken);

    /// <summary>
    /// The version of each flow that was kept last, in a data folder that is not to be made, brought up to date or held; nothing where there is none.
    /// </summary>
    /// <exception cref="StorageUnavailable">There is a database, and it can't be read.</exception>
    public static async Task<IReadOnlyList<Bundle>> PeekAsync(string dataFolder, string study, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Path.GetFullPath(dataFolder), Database.FileName);
        if (!File.Exists(file))
            return [];
        try
        {
            await using var connection = await SqliteFile.OpenForReadingAsync(file, cancellationToken);
            await using var moment = connection.BeginTransaction(deferred: true);
            return await moment.FindAsync<long>("select count(*) from sqlite_master where name = 'bundle'", new { }) == 0 ? [] : await LatestAsync(moment, study);
        }
        catch (SqliteException e)
        {
            throw StorageUnavailable.AtStart(file, e);
        }
    }

    /// <summary>The ids of all flows that were ever kept of a study.</summary>
    public Task<IReadOnlyList<string>> FlowsAsync(string study, CancellationToken cancellationToken) => database.LookAsync<IReadOnlyList<string>>(
        async moment => await moment.ListAsync<string>("select distinct flow from bundle where study = @study order by flow", new { study }), cancellationToken);

    /// <summary>Part of the transaction in which a session begins: none is ever without its flow.</summary>
    /// <returns>1 where the flow was not kept before, else 0.</returns>
    internal static async Task<int> KeepAsync(SqliteTransaction transaction, string study, Bundle bundle, DateTimeOffset at) =>
        // Looked for first, since a flow's text is long and nearly always there.
        await transaction.FindAsync<long>("select count(*) from bundle where study = @study and hash = @Hash", new { study, bundle.Hash }) > 0
            ? 0
            : await transaction.ExecuteAsync(
                "insert into bundle (study, hash, flow, kept_at, text) values (@study, @Hash, @Flow, @keptAt, @Text)",
                new { study, bundle.Hash, bundle.Flow, keptAt = at.ToUnixTimeMilliseconds(), bundle.Text });

    private static async Task<IReadOnlyList<Bundle>> LatestAsync(SqliteTransaction moment, string study) =>
        [.. (await moment.ListAsync<Row>("select hash, flow, text from bundle where study = @study order by flow, kept_at, hash", new { study }))
            .GroupBy(row => row.Flow, (_, kept) => kept.Last()).Select(row => new Bundle(row.Hash, row.Flow, row.Text))];

    private sealed record Row
    {
        public string Hash { get; init; } = "";

        public string Flow { get; init; } = "";

        public string Text { get; init; } = "";
    }
}
