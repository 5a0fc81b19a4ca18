namespace FossVoices.Storage;

/// <summary>
/// The keys, in files of their own: <c>keys/sessions.db</c> holds a key for each session and the root of all pseudonyms, every one wrapped by the master key,
/// which is in <c>keys/master.key</c> or the environment. A copy of the database alone reads nobody's words and recognises nobody.
/// </summary>
internal sealed class Vault : IAsyncDisposable
{
    private readonly string _file;
    private readonly string _masterFile;
    private readonly MasterKey? _given;
    private readonly PreparedConnection _reading;
    private readonly TurnWriter _writer;
    private readonly Lock _oneAtATime = new();
    private MasterKey _master;

    private Vault(string file, string masterFile, MasterKey? given, MasterKey master, RootKey root, PreparedConnection reading, Action<PreparedConnection> opened)
    {
        (_file, _masterFile, _given, _master, Root, _reading) = (file, masterFile, given, master, root, reading);
        opened(reading);
        _writer = new TurnWriter(async cancellationToken =>
        {
            var connection = await SqliteFile.OpenForWritingAsync(file, cancellationToken);
            opened(connection);
            return connection;
        });
    }

    public RootKey Root { get; }

    /// <summary>The full path of the file with the wrapped keys.</summary>
    public string File => _file;

    /// <param name="folder">The folder of the keys.</param>
    /// <param name="given">The master key, where the environment gives it; else it is read from its file, or made.</param>
    /// <param name="known">The fingerprint of the root that the database was made with; null for a new database.</param>
    /// <param name="needed">Whether the database holds words that only session keys can open.</param>
    /// <param name="opened">Sees every connection that stays open.</param>
    /// <exception cref="StorageUnavailable">A key is missing or not the right one.</exception>
    public static async Task<Vault> OpenAsync(string folder, MasterKey? given, string? known, bool needed, Action<PreparedConnection> opened, CancellationToken cancellationToken)
    {
        OwnersOnly.Folder(folder);
        var file = Path.Combine(folder, "sessions.db");
        var masterFile = Path.Combine(folder, "master.key");
        if (!System.IO.File.Exists(file) || new FileInfo(file).Length == 0)
            await VaultFile.MakeAsync(file, VaultFile.MasterToBegin(masterFile, given, known), known, needed, cancellationToken);

        var reading = await SqliteFile.OpenForReadingAsync(file, cancellationToken);
        try
        {
            var (master, root) = VaultFile.Unlock(reading, masterFile, given);
            return known is null || root.Fingerprint == known
                ? new Vault(file, masterFile, given, master, root, reading, opened)
                : throw new StorageUnavailable($"The keys in '{file}' are not those of this database; restore the right ones from their backup, for without them nobody can be recognised.");
        }
        catch
        {
            await reading.DisposeAsync();
            throw;
        }
    }

    /// <summary>The key of a session; null where there is none (any more). Microseconds.</summary>
    /// <exception cref="StorageUnavailable">It is there, and cannot be unwrapped.</exception>
    public SessionKey? Find(string study, string session)
    {
        lock (_oneAtATime)
        {
            if (WrappedOf(study, session) is not { } wrapped)
                return null;

            var key = _master.Unwrap(VaultFile.BelongsTo(study, session), wrapped);
            if (key is null)
            {
                // Another process may have exchanged the master key meanwhile.
                (_master, _) = VaultFile.Unlock(_reading, _masterFile, _given);
                key = _master.Unwrap(VaultFile.BelongsTo(study, session), wrapped);
            }

            return key is null
                ? throw new StorageUnavailable($"The key of session {session} was wrapped with another master key; 'fossvoices doctor' lists what cannot be read.")
                : new SessionKey(key, study, session);
        }
    }

    private byte[]? WrappedOf(string study, string session)
    {
        try
        {
            return _reading.List<byte[]>(null, "select wrapped from session_key where study = @study and session = @session", new { study, session }).SingleOrDefault();
        }
        catch (Microsoft.Data.Sqlite.SqliteException e) when (StorageUnavailable.IsMeantBy(e))
        {
            throw StorageUnavailable.ToLookAt(e); // The keys are in trouble, not the database in whose transaction this may be asked.
        }
    }

    /// <summary>The key of a session, made and on the disk where there was none.</summary>
    /// <returns>The key, and whether it was made just now.</returns>
    public async Task<(SessionKey Key, bool New)> MakeAsync(string study, string session, DateTimeOffset at, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Find(study, session) is { } there)
                return (there, New: false);

            var master = _master;
            var key = System.Security.Cryptography.RandomNumberGenerator.GetBytes(SessionKey.Length);
            var row = new { study, session, wrapped = master.Wrap(VaultFile.BelongsTo(study, session), key), madeAt = at.ToUnixTimeMilliseconds(), master.Fingerprint };
            var made = await _writer.WriteAsync(
                transaction => transaction.ExecuteAsync(
                    """
                    insert into session_key (study, session, wrapped, made_at)
                    select @study, @session, @wrapped, @madeAt from key_ring where master = @Fingerprint
                    on conflict do nothing
                    """,
                    row),
                cancellationToken);
            if (made == 1)
                return (new SessionKey(key, study, session), New: true);

            lock (_oneAtATime) // Somebody else made it first, or the master key was exchanged.
                (_master, _) = VaultFile.Unlock(_reading, _masterFile, _given);
        }
    }

    /// <summary>Destroys keys, and with them whatever was sealed with them. <see cref="ScrubAsync"/> then takes them out of the file.</summary>
    public Task<int> DestroyAsync(string study, IReadOnlyCollection<string> sessions, CancellationToken cancellationToken) =>
        sessions.Count == 0 ? Task.FromResult(0) : _writer.WriteAsync(
            async transaction =>
            {
                var gone = 0;
                foreach (var session in sessions)
                    gone += await transaction.ExecuteAsync("delete from session_key where study = @study and session = @session", new { study, session });
                return gone;
            },
            cancellationToken);

    /// <summary>The sessions of the keys that were made before a time, in order, after a given one.</summary>
    public IReadOnlyList<(string Study, string Session)> MadeBefore(DateTimeOffset before, (string Study, string Session) after, int atMost)
    {
        lock (_oneAtATime)
        {
            return _reading.List<KeyRow>(
                null,
                """
                select study as Study, session as Session from session_key
                 where made_at < @before and (study > @Study or (study = @Study and session > @Session))
                 order by study, session limit @atMost
                """,
                new { before = before.ToUnixTimeMilliseconds(), after.Study, after.Session, atMost }).ConvertAll(row => (row.Study, row.Session));
        }
    }

    public Task<bool> ScrubAsync(CancellationToken cancellationToken) => SqliteFile.EmptyLogAsync(_file, cancellationToken);

    /// <summary>Wraps every key with another master key, in one transaction. Where that one comes from a file, it takes the old one's place.</summary>
    /// <param name="next">The master key to come; null to have one made and put into the file.</param>
    /// <returns>How many session keys were wrapped anew.</returns>
    public Task<int> RotateAsync(MasterKey? next, CancellationToken cancellationToken)
    {
        lock (_oneAtATime)
            (_master, _) = VaultFile.Unlock(_reading, _masterFile, _given);
        return VaultFile.RotateAsync(_file, _masterFile, _master, Root, next, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _reading.DisposeAsync();
    }

    private sealed record KeyRow(string Study, string Session);
}
