using Dapper;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>
/// The data folder: <c>fossvoices.db</c>, and beside it <c>keys/master.key</c>. Several processes may have it open (one serves while another imports):
/// readers never wait, writers wait for each other. What SQLite does differently from PostgreSQL stands here and in <see cref="Schema"/>.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private static readonly TimeSpan LongestWaitToOpen = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWaitToWrite = TimeSpan.FromSeconds(5);

    private readonly MasterKey _masterKey;

    private Database(string file, MasterKey masterKey) => (File, _masterKey) = (file, masterKey);

    /// <summary>The full path of the database file.</summary>
    public string File { get; }

    /// <summary>Opens the folder, made and brought up to date as needed.</summary>
    /// <exception cref="StorageUnavailable">It cannot be used; the message says why, and what to do.</exception>
    public static async Task<Database> OpenAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(dataFolder);
        var file = Path.Combine(folder, "fossvoices.db");
        try
        {
            OwnersOnly.Folder(folder);
            await using var alone = await AloneAsync(Path.Combine(folder, "fossvoices.lock"), cancellationToken);
            if (!System.IO.File.Exists(file))
                OwnersOnly.NewFile(file).Dispose();

            await using var connection = await OpenForWritingAsync(file, cancellationToken);
            await Schema.MigrateAsync(connection, file, cancellationToken);
            return new Database(file, await MasterKeyAsync(connection, Path.Combine(folder, "keys", "master.key"), cancellationToken));
        }
        catch (SqliteException e)
        {
            throw StorageUnavailable.AtStart(file, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailable($"The data folder '{folder}' cannot be used ({e.Message}); make it writable for this user, or choose another with --data.", e);
        }
    }

    /// <summary>The key of one study, from which pseudonyms, receipts and delivery keys are derived.</summary>
    public byte[] StudyKey(string study) => _masterKey.OfStudy(study);

    /// <summary>A connection for reading. Dispose it soon: a long reader keeps withdrawn text from being scrubbed.</summary>
    public async Task<SqliteConnection> ReadAsync(CancellationToken cancellationToken) =>
        await OpenAsync(File, pooled: true, "pragma query_only = on", cancellationToken);

    /// <summary>A connection for writing; the caller's own.</summary>
    public Task<SqliteConnection> OpenForWritingAsync(CancellationToken cancellationToken) => OpenForWritingAsync(File, cancellationToken);

    /// <summary>
    /// Makes sure that what was deleted is in no file any more: moves the log into the database, where deleted content is overwritten, and empties it.
    /// </summary>
    /// <returns>False where a long reader stood in the way; to be tried again.</returns>
    public Task<bool> ScrubAsync(CancellationToken cancellationToken)
    {
        Schema.DeleteCopies(File, madeBefore: DateTimeOffset.MaxValue);
        return EmptyLogAsync(cancellationToken);
    }

    /// <summary>Deletes the copies that were made before migrating, once they are old enough to be of no use.</summary>
    public void ForgetCopies(DateTimeOffset madeBefore) => Schema.DeleteCopies(File, madeBefore);

    /// <summary>As <see cref="ScrubAsync"/>, but leaves copies that were made before migrating.</summary>
    public async Task<bool> EmptyLogAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenForWritingAsync(cancellationToken);
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            // The statement waits for writers and readers by itself (busy_timeout); its first column says whether that was in vain.
            if (await connection.ExecuteScalarAsync<long>(new CommandDefinition("pragma wal_checkpoint(truncate)", cancellationToken: cancellationToken)) == 0)
                return true;
        }

        return false;
    }

    public ValueTask DisposeAsync()
    {
        using var pooled = new SqliteConnection(ConnectionString(File, pooled: true));
        SqliteConnection.ClearPool(pooled);
        return ValueTask.CompletedTask;
    }

    private static async Task<SqliteConnection> OpenForWritingAsync(string file, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(file, pooled: false, "pragma synchronous = full; pragma secure_delete = on; pragma cache_size = -65536", cancellationToken);
        var mode = await connection.ExecuteScalarAsync<string>(new CommandDefinition("pragma journal_mode = wal", cancellationToken: cancellationToken));
        if (mode == "wal")
            return connection;

        await connection.DisposeAsync();
        throw new StorageUnavailable($"The disk of '{file}' does not allow write-ahead logging; choose a folder on a local disk with --data.");
    }

    private static async Task<SqliteConnection> OpenAsync(string file, bool pooled, string settings, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(ConnectionString(file, pooled));
        try
        {
            await connection.OpenAsync(cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(
                $"pragma busy_timeout = 1000; pragma foreign_keys = on; pragma temp_store = memory; {settings}", cancellationToken: cancellationToken));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static string ConnectionString(string file, bool pooled) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = pooled,
        DefaultTimeout = (int)LongestWaitToWrite.TotalSeconds,
    }.ToString();

    /// <summary>The key that the database was made with, or a new one for a new database.</summary>
    private static async Task<MasterKey> MasterKeyAsync(SqliteConnection connection, string keyFile, CancellationToken cancellationToken)
    {
        var known = await connection.QuerySingleOrDefaultAsync<string>(
            new CommandDefinition("select fingerprint from master_key where id = 1", cancellationToken: cancellationToken));
        var key = MasterKey.Read(keyFile);
        if (known is not null)
        {
            return key?.Fingerprint == known
                ? key
                : throw new StorageUnavailable(
                    $"The key file '{keyFile}' is {(key is null ? "missing" : "not the one of this database")}; restore the right one from its backup, for without it nobody can be recognised.");
        }

        key ??= MasterKey.Make(keyFile);
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into master_key (id, fingerprint) values (1, @Fingerprint)", new { key.Fingerprint }, cancellationToken: cancellationToken));
        return key;
    }

    /// <summary>Lets one process at a time make and migrate: two that start at once would both try.</summary>
    private static async Task<FileStream> AloneAsync(string lockFile, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException)
                && System.IO.File.Exists(lockFile) && TimeProvider.System.GetElapsedTime(since) < LongestWaitToOpen)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
            }
        }
    }
}
