using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>
/// The data folder: <c>fossvoices.db</c>, and beside it the <see cref="Storage.Vault"/>. Several processes may have it open (one serves while another imports):
/// readers never wait, writers wait for each other. What SQLite does differently from PostgreSQL stands here, in <see cref="SqliteFile"/> and in <see cref="Schema"/>.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private static readonly TimeSpan LongestWaitToOpen = TimeSpan.FromSeconds(30);
    internal const string FileName = "fossvoices.db";
    private const int MostIdleReaders = 8;

    private readonly ConcurrentBag<PreparedConnection> _idle = [];
    private volatile bool _closed;

    private readonly Action<PreparedConnection> _opened;

    private Database(string file, Vault vault, Action<PreparedConnection> opened) => (File, Vault, _opened) = (file, vault, opened);

    /// <summary>The full path of the database file.</summary>
    public string File { get; }

    /// <summary>The keys, which lie apart.</summary>
    public Vault Vault { get; }

    /// <summary>Opens the folder, made and brought up to date as needed.</summary>
    /// <exception cref="StorageUnavailable">It cannot be used; the message says why, and what to do.</exception>
    public static Task<Database> OpenAsync(string dataFolder, CancellationToken cancellationToken) =>
        OpenAsync(dataFolder, MasterKey.FromEnvironment(MasterKey.Variable), cancellationToken);

    /// <param name="given">The master key, where it is not to be read from its file.</param>
    public static Task<Database> OpenAsync(string dataFolder, MasterKey? given, CancellationToken cancellationToken) =>
        OpenAsync(dataFolder, given, opened: _ => { }, cancellationToken);

    /// <param name="opened">Sees every connection that is opened to be read or written again and again; tests make it fail.</param>
    public static async Task<Database> OpenAsync(string dataFolder, MasterKey? given, Action<PreparedConnection> opened, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(dataFolder);
        var file = Path.Combine(folder, FileName);
        try
        {
            OwnersOnly.Folder(folder);
            await using var alone = await AloneAsync(Path.Combine(folder, "fossvoices.lock"), cancellationToken);
            if (!System.IO.File.Exists(file))
                OwnersOnly.NewFile(file).Dispose();

            await using var connection = await SqliteFile.OpenForWritingAsync(file, cancellationToken);
            await Schema.MigrateAsync(connection, file, cancellationToken);
            await FillTalliesAsync(connection, cancellationToken);
            return new Database(file, await VaultOf(connection, Path.Combine(folder, "keys"), given, opened, cancellationToken), opened);
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
    public byte[] StudyKey(string study) => Vault.Root.OfStudy(study);

    /// <summary>A connection for reading, the caller's own. Dispose it soon: a long reader keeps withdrawn text from being scrubbed.</summary>
    public async Task<SqliteConnection> ReadAsync(CancellationToken cancellationToken) => await SqliteFile.OpenForReadingAsync(File, cancellationToken);

    /// <summary>A connection for reading, to be given back; one that was used before has its statements ready.</summary>
    public async Task<PreparedConnection> BorrowAsync(CancellationToken cancellationToken)
    {
        if (_idle.TryTake(out var there))
            return there;
        var connection = await SqliteFile.OpenForReadingAsync(File, cancellationToken);
        _opened(connection);
        return connection;
    }

    public async ValueTask GiveBackAsync(PreparedConnection connection, bool sound)
    {
        if (sound && !_closed && _idle.Count < MostIdleReaders)
            _idle.Add(connection);
        else
            await connection.DisposeAsync();
    }

    /// <summary>A connection for writing; the caller's own.</summary>
    public async Task<PreparedConnection> OpenForWritingAsync(CancellationToken cancellationToken)
    {
        var connection = await SqliteFile.OpenForWritingAsync(File, cancellationToken);
        _opened(connection);
        return connection;
    }

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
    public async Task<bool> EmptyLogAsync(CancellationToken cancellationToken) =>
        await SqliteFile.EmptyLogAsync(File, cancellationToken) & await Vault.ScrubAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _closed = true;
        while (_idle.TryTake(out var connection))
            await connection.DisposeAsync();
        await Vault.DisposeAsync();
    }

    /// <summary>In a data folder from before there were tallies, they are counted once.</summary>
    private static async Task FillTalliesAsync(PreparedConnection connection, CancellationToken cancellationToken)
    {
        if (connection.List<long>(null, $"select exists ({Tallies.Uncounted})", new { }) is [0])
            return; // Nearly always; and who writes meanwhile need not be waited for.
        await using var transaction = connection.BeginTransaction();
        await Tallies.FillAsync(transaction);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The keys that the database was made with, or new ones for a new database.</summary>
    private static async Task<Vault> VaultOf(PreparedConnection connection, string folder, MasterKey? given, Action<PreparedConnection> opened, CancellationToken cancellationToken)
    {
        var known = connection.List<string>(null, "select fingerprint from master_key where id = 1", new { }).SingleOrDefault();
        var needed = !System.IO.File.Exists(Path.Combine(folder, "sessions.db"))
            && connection.List<long>(null, "select exists (select 1 from answer where hex(substr(words, 1, 1)) = '03')", new { }) is [1];
        var vault = await Vault.OpenAsync(folder, given, known, needed, opened, cancellationToken);
        if (known is null)
            connection.Execute(null, "insert into master_key (id, fingerprint) values (1, @Fingerprint)", new { vault.Root.Fingerprint });
        return vault;
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
