using Dapper;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>How a SQLite file is opened here: readers never wait, a commit is on the disk, and what is deleted is overwritten.</summary>
internal static class SqliteFile
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(5);

    public static Task<PreparedConnection> OpenForReadingAsync(string file, CancellationToken cancellationToken) =>
        OpenAsync(file, "pragma query_only = on", cancellationToken);

    /// <exception cref="StorageUnavailable">The disk cannot do write-ahead logging.</exception>
    public static async Task<PreparedConnection> OpenForWritingAsync(string file, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(file, "pragma synchronous = full; pragma secure_delete = on; pragma cache_size = -65536", cancellationToken);
        var mode = await connection.ExecuteScalarAsync<string>(new CommandDefinition("pragma journal_mode = wal", cancellationToken: cancellationToken));
        if (mode == "wal")
            return connection;

        await connection.DisposeAsync();
        throw new StorageUnavailable($"The disk of '{file}' does not allow write-ahead logging; choose a folder on a local disk with --data.");
    }

    /// <summary>Moves the log into the file, where deleted content is overwritten, and empties it.</summary>
    /// <returns>False where a long reader stood in the way.</returns>
    public static async Task<bool> EmptyLogAsync(string file, CancellationToken cancellationToken)
    {
        await using var connection = await OpenForWritingAsync(file, cancellationToken);
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            // The statement waits for writers and readers by itself (busy_timeout); its first column says whether that was in vain.
            if (await connection.ExecuteScalarAsync<long>(new CommandDefinition("pragma wal_checkpoint(truncate)", cancellationToken: cancellationToken)) == 0)
                return true;
        }

        return false;
    }

    private static async Task<PreparedConnection> OpenAsync(string file, string settings, CancellationToken cancellationToken)
    {
        var connection = new PreparedConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = (int)s_longestWait.TotalSeconds,
        }.ToString());
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
}
