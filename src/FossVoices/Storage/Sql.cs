using Dapper;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Statements inside a transaction. Once a turn runs it is not cancelled: it is kept or undone whole.</summary>
internal static class Sql
{
    public static Task<int> ExecuteAsync(this SqliteTransaction transaction, string sql, object row) =>
        Prepared(transaction, row) is { } connection
            ? Task.FromResult(connection.Execute(transaction, sql, row))
            : transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, row, transaction));

    public static async Task<T?> FindAsync<T>(this SqliteTransaction transaction, string sql, object row) =>
        (await transaction.ListAsync<T>(sql, row)).SingleOrDefault();

    public static async Task<List<T>> ListAsync<T>(this SqliteTransaction transaction, string sql, object row) =>
        Prepared(transaction, row) is { } connection
            ? connection.List<T>(transaction, sql, row)
            : (await transaction.Connection!.QueryAsync<T>(new CommandDefinition(sql, row, transaction))).AsList();

    /// <summary>Looks at one moment of the database, whatever is written meanwhile.</summary>
    /// <exception cref="StorageUnavailable">It cannot be read just now.</exception>
    public static async Task<T> LookAsync<T>(this Database database, Func<SqliteTransaction, Task<T>> look, CancellationToken cancellationToken)
    {
        PreparedConnection? connection = null;
        var sound = false;
        try
        {
            connection = await database.BorrowAsync(cancellationToken);
            T seen;
            await using (var moment = connection.BeginTransaction(deferred: true))
                seen = await look(moment);
            sound = true; // Not before the transaction has ended: what fails to end it must not be lent to the next.
            return seen;
        }
        catch (SqliteException e) when (StorageUnavailable.IsMeantBy(e))
        {
            throw StorageUnavailable.ToLookAt(e);
        }
        finally
        {
            if (connection is not null)
                await database.GiveBackAsync(connection, sound);
        }
    }

    private static PreparedConnection? Prepared(SqliteTransaction transaction, object row) =>
        transaction.Connection is PreparedConnection connection && PreparedConnection.Takes(row) ? connection : null;
}
