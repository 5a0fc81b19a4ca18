using Dapper;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Statements inside a transaction. Once a turn runs it is not cancelled: it is kept or undone whole.</summary>
internal static class Sql
{
    public static Task<int> ExecuteAsync(this SqliteTransaction transaction, string sql, object row) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, row, transaction));

    public static Task<T?> FindAsync<T>(this SqliteTransaction transaction, string sql, object row) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<T>(new CommandDefinition(sql, row, transaction));

    public static async Task<List<T>> ListAsync<T>(this SqliteTransaction transaction, string sql, object row) =>
        (await transaction.Connection!.QueryAsync<T>(new CommandDefinition(sql, row, transaction))).AsList();

    /// <summary>Looks at one moment of the database, whatever is written meanwhile.</summary>
    public static async Task<T> LookAsync<T>(this Database database, Func<SqliteTransaction, Task<T>> look, CancellationToken cancellationToken)
    {
        await using var connection = await database.ReadAsync(cancellationToken);
        await using var moment = connection.BeginTransaction(deferred: true);
        return await look(moment);
    }
}
