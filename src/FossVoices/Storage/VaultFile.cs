using Dapper;

namespace FossVoices.Storage;

/// <summary>The file of wrapped keys: how it is made, unlocked, and wrapped anew.</summary>
internal static class VaultFile
{
    private const string Root = "root";

    public static string BelongsTo(string study, string session) => $"session|{study}|{session}";

    /// <summary>The master key for a new file: the one that is there, or a new one for a new database.</summary>
    public static MasterKey MasterToBegin(string masterFile, MasterKey? given, string? known) =>
        given ?? MasterKey.Read(masterFile) ?? (known is null ? MasterKey.Make(masterFile) : throw Missing(masterFile));

    /// <summary>Makes the file. A database from before there was one had its master key for a root, and keeps it.</summary>
    public static async Task MakeAsync(string file, MasterKey master, string? known, bool needed, CancellationToken cancellationToken)
    {
        if (needed)
            throw new StorageUnavailable($"The file '{file}' is missing, and without it nobody's words can be read; restore it from its backup.");
        if (known is not null && master.Fingerprint != known)
            throw new StorageUnavailable($"The file '{file}' is missing, and without it nobody can be recognised; restore it from its backup.");

        var root = known is null ? RootKey.New() : master.AsRoot();
        if (!File.Exists(file))
            OwnersOnly.NewFile(file).Dispose();
        await using var connection = await SqliteFile.OpenForWritingAsync(file, cancellationToken);
        await using var transaction = connection.BeginTransaction();
        await connection.ExecuteAsync(new CommandDefinition(
            """
            create table key_ring (
                id smallint not null primary key,
                master text not null,                       -- fingerprint of the master key that wraps all others
                root blob not null
            );
            create table session_key (
                study text not null,
                session text not null,
                wrapped blob not null,
                made_at bigint not null,
                primary key (study, session)
            );
            insert into key_ring (id, master, root) values (1, @Fingerprint, @root)
            """,
            new { master.Fingerprint, root = master.Wrap(Root, root.Bytes) }, transaction, cancellationToken: cancellationToken));
        connection.Execute(transaction, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"pragma application_id = {Backup.OfKeys}"), new { });
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Finds the master key that the file was wrapped with, and the root.</summary>
    /// <exception cref="StorageUnavailable">It is not there.</exception>
    public static (MasterKey Master, RootKey Root) Unlock(PreparedConnection connection, string masterFile, MasterKey? given)
    {
        var ring = connection.List<Ring>(null, "select master as Master, root as Root from key_ring where id = 1", new { }).Single();
        if (given is null && NextOf(masterFile) is var next && MasterKey.Read(next) is { } coming && coming.Fingerprint == ring.Master)
            File.Move(next, masterFile, overwrite: true); // The program was stopped between wrapping the keys anew and putting the new master key in place.

        var master = given ?? MasterKey.Read(masterFile) ?? throw Missing(masterFile);
        if (master.Fingerprint != ring.Master)
            throw NotTheOne(given is null ? $"The key file '{masterFile}'" : $"The key in {MasterKey.Variable}");
        return master.Unwrap(Root, ring.Root) is { } root
            ? (master, new RootKey(root))
            : throw new StorageUnavailable("The file of wrapped keys (keys/sessions.db) is damaged; restore it from its backup.");
    }

    public static async Task<int> RotateAsync(string file, string masterFile, MasterKey master, RootKey root, MasterKey? next, CancellationToken cancellationToken)
    {
        var toFile = next is null;
        if (toFile)
            File.Delete(NextOf(masterFile)); // One that was never put to use.
        next ??= MasterKey.Make(NextOf(masterFile));
        await using var connection = await SqliteFile.OpenForWritingAsync(file, cancellationToken);
        await using (var transaction = connection.BeginTransaction())
        {
            if (connection.Execute(transaction, "update key_ring set master = @Fingerprint, root = @root where master = @before",
                new { next.Fingerprint, root = next.Wrap(Root, root.Bytes), before = master.Fingerprint }) != 1)
                throw new StorageUnavailable("The master key was exchanged by another program meanwhile; nothing was changed here.");

            var keys = connection.List<Wrapped>(transaction, "select study as Study, session as Session, wrapped as Key from session_key", new { });
            foreach (var (study, session, wrapped) in keys)
            {
                // One that cannot be unwrapped is lost already; it stays as it is, for a master key that may turn up.
                if (master.Unwrap(BelongsTo(study, session), wrapped) is { } key)
                {
                    connection.Execute(transaction, "update session_key set wrapped = @wrapped where study = @study and session = @session",
                        new { study, session, wrapped = next.Wrap(BelongsTo(study, session), key) });
                }
            }

            await transaction.CommitAsync(CancellationToken.None);
            if (toFile)
                File.Move(NextOf(masterFile), masterFile, overwrite: true);
            return keys.Count;
        }
    }

    private static string NextOf(string masterFile) => masterFile + ".next";

    private static StorageUnavailable Missing(string masterFile) => new(
        $"The key file '{masterFile}' is missing; restore the right one from its backup, for without it nobody can be recognised.");

    private static StorageUnavailable NotTheOne(string which) => new(
        $"{which} is not the one of this database; restore the right one from its backup, for without it nobody can be recognised.");

    private sealed record Ring(string Master, byte[] Root);

    private sealed record Wrapped(string Study, string Session, byte[] Key);
}
