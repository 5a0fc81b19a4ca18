using Dapper;

namespace FossVoices.Storage;

/// <summary>Copies of a file of ours, taken while it is in use, and put back while it is not.</summary>
internal static class Backup
{
    /// <summary>The marks of our two files, as SQLite's <c>application_id</c>.</summary>
    public const int OfDatabase = Schema.ApplicationId;

    /// <summary>"FosK".</summary>
    public const int OfKeys = 0x466F734B;

    /// <summary>Makes a compact copy with nothing deleted left in it, whole or not at all; one that is there is replaced.</summary>
    /// <exception cref="StorageUnavailable">It cannot be written; the message says why.</exception>
    public static async Task TakeAsync(string file, string copy, CancellationToken cancellationToken)
    {
        var unfinished = copy + ".new";
        try
        {
            File.Delete(unfinished);
            OwnersOnly.NewFile(unfinished).Dispose(); // SQLite fills an empty file and keeps its rights.
            await using (var connection = await SqliteFile.OpenForWritingAsync(file, cancellationToken))
                await connection.ExecuteAsync(new CommandDefinition("vacuum into @unfinished", new { unfinished }, cancellationToken: cancellationToken));
            File.Move(unfinished, copy, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            throw new StorageUnavailable($"The backup '{copy}' could not be written ({e.Message}); choose another place with --out.", e);
        }
    }

    /// <summary>Puts a copy in place of a file, which stays beside it with <c>.replaced</c> at the end of its name.</summary>
    /// <param name="mark">What the copy must be a copy of.</param>
    /// <exception cref="StorageUnavailable">It is no sound copy, or the program is running; nothing was changed.</exception>
    public static async Task PutBackAsync(string copy, string file, int mark, CancellationToken cancellationToken)
    {
        try
        {
            OwnersOnly.Folder(Path.GetDirectoryName(file)!);
            var coming = file + ".new";
            File.Delete(coming);
            await using (var target = OwnersOnly.NewFile(coming))
            {
                await using var source = File.OpenRead(copy);
                await source.CopyToAsync(target, cancellationToken);
                target.Flush(flushToDisk: true);
            }

            await CheckAsync(copy, coming, mark, cancellationToken);
            if (File.Exists(file))
            {
                await CloseAsync(file, cancellationToken);
                File.Move(file, file + ".replaced", overwrite: true);
            }

            File.Move(coming, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailable($"'{copy}' could not be put back ({e.Message}).", e);
        }
    }

    private static async Task CheckAsync(string copy, string coming, int mark, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await SqliteFile.OpenForReadingAsync(coming, cancellationToken);
            if (connection.List<long>(null, "pragma application_id", new { }) is [var its] && its == mark
                && connection.List<string>(null, "pragma integrity_check", new { }) is ["ok"])
                return;
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // Said below.
        }

        File.Delete(coming);
        throw new StorageUnavailable($"'{copy}' is no sound backup of {(mark == OfKeys ? "the keys" : "the database")}; nothing was changed. Choose another.");
    }

    /// <summary>Makes one file of it, which SQLite refuses while anybody else has it open.</summary>
    private static async Task CloseAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await SqliteFile.OpenForWritingAsync(file, cancellationToken);
            if (connection.List<string>(null, "pragma journal_mode = delete", new { }) is ["delete"])
                return;
        }
        catch (Microsoft.Data.Sqlite.SqliteException e) when (e.SqliteErrorCode is 26 or 11)
        {
            return; // Damaged: that is why a backup is put back.
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // Said below.
        }

        File.Delete(file + ".new");
        throw new StorageUnavailable($"'{file}' is in use; stop FossVoices first. Nothing was changed.");
    }
}
