using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>
/// The store cannot be used, now or at all. The message is one sentence for the person who runs the program or who answers:
/// what, where, and what to do. Nothing of what was asked for has been kept.
/// </summary>
internal sealed class StorageUnavailable(string message, Exception? cause = null) : Exception(message, cause)
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int OutOfMemory = 7;
    private const int ReadOnly = 8;
    private const int Interrupted = 9;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    /// <summary>What somebody who answers is told.</summary>
    public static StorageUnavailable JustNow(Exception cause) => new("The answer could not be saved just now; please try again.", cause);

    /// <summary>What somebody who looks something up is told.</summary>
    public static StorageUnavailable ToLookAt(Exception cause) => new("What is stored could not be looked at just now; please try again.", cause);

    /// <summary>Whether the whole file is in trouble, rather than one statement wrong.</summary>
    public static bool IsMeantBy(Exception exception) => exception is SqliteException
    {
        SqliteErrorCode: Busy or Locked or OutOfMemory or ReadOnly or Interrupted or InputOutput or Corrupt or Full or CannotOpen or NoDatabase
    };

    /// <summary>What somebody who starts the program is told.</summary>
    public static StorageUnavailable AtStart(string file, SqliteException cause) => new(
        cause.SqliteErrorCode switch
        {
            NoDatabase => $"'{file}' is no FossVoices database; move it away, or choose another data folder with --data.",
            Corrupt => $"The database '{file}' is damaged; restore a backup of it.",
            Busy or Locked => $"The database '{file}' is held by another program; stop that one and start again.",
            Full => $"There is no space left for the database '{file}'; make room and start again.",
            ReadOnly or CannotOpen => $"The database '{file}' cannot be written; make it and its folder writable for this user, or choose another with --data.",
            _ => $"The database '{file}' cannot be opened ({cause.Message}); check the disk, or choose another data folder with --data.",
        },
        cause);
}
