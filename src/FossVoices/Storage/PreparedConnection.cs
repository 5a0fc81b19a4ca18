using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FossVoices.Storage;

/// <summary>
/// A connection that keeps its statements. SQLite compiles an SQL text each time it is given one, which takes longer than most of our statements run;
/// kept, it is compiled once a connection. For one caller at a time, as every SQLite connection.
/// </summary>
internal sealed partial class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    /// <summary>Texts are constants of the program, so there are never many; the limit is there in case that changes.</summary>
    private const int MostKept = 500;

    private readonly Dictionary<string, Statement> _kept = new(StringComparer.Ordinal);

    /// <summary>Whether these values can be handed over as they are; a list cannot, since its text changes with its length.</summary>
    public static bool Takes(object row) => !ParameterRow.Of(row.GetType()).HasList;

    public int Execute(SqliteTransaction? transaction, string sql, object row) => Run(transaction, sql, row, static statement => statement.Command.ExecuteNonQuery());

    public List<T> List<T>(SqliteTransaction? transaction, string sql, object row) => Run(transaction, sql, row, static statement =>
    {
        using var reader = statement.Command.ExecuteReader();
        var list = new List<T>();
        if (reader.Read())
        {
            var parse = statement.Parser<T>(reader);
            do
            {
                list.Add(parse(reader));
            }
            while (reader.Read());
        }

        return list;
    });

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Forget();
        base.Dispose(disposing);
    }

    private T Run<T>(SqliteTransaction? transaction, string sql, object row, Func<Statement, T> run)
    {
        if (!_kept.TryGetValue(sql, out var statement) || statement.Row.Type != row.GetType())
        {
            statement?.Dispose();
            if (_kept.Count >= MostKept)
                Forget();
            _kept[sql] = statement = new Statement(sql, this, ParameterRow.Of(row.GetType()));
        }

        try
        {
            statement.Set(transaction, row);
            return run(statement);
        }
        catch
        {
            _kept.Remove(sql); // After a failure it may be in any state.
            statement.Dispose();
            throw;
        }
    }

    private void Forget()
    {
        foreach (var statement in _kept.Values)
            statement.Dispose();
        _kept.Clear();
    }

    /// <summary>One SQL text with the parameters that it takes from one kind of row.</summary>
    private sealed partial class Statement : IDisposable
    {
        private readonly (Func<object, object?> Read, SqliteParameter Parameter)[] _parameters;
        private (int Column, Type Type)[] _computed = [];
        private Delegate? _parser;

        public Statement(string sql, SqliteConnection connection, ParameterRow row)
        {
            Row = row;
            var named = Names().Matches(sql).Select(match => match.Value[1..]).ToHashSet(StringComparer.Ordinal);
            Command = new SqliteCommand(sql, connection);
            _parameters = [.. row.Columns.Where(column => named.Contains(column.Name))
                .Select(column => (column.Read, Command.Parameters.Add(new SqliteParameter { ParameterName = $"@{column.Name}" })))];
        }

        public ParameterRow Row { get; }

        public SqliteCommand Command { get; }

        public void Set(SqliteTransaction? transaction, object row)
        {
            foreach (var (read, parameter) in _parameters)
                parameter.Value = read(row) ?? DBNull.Value;
            Command.Transaction = transaction;
        }

        /// <summary>
        /// What makes an object of a row. Dapper finds it by the names and types of the columns each time, which takes longer than reading most rows. The names are
        /// those of the text; the type of a column of a table stays, and only that of a computed one depends on what is in the row.
        /// </summary>
        public Func<DbDataReader, T> Parser<T>(SqliteDataReader reader)
        {
            if (_parser is not Func<DbDataReader, T> || !Array.TrueForAll(_computed, column => reader.GetFieldType(column.Column) == column.Type))
            {
                _computed = [.. Enumerable.Range(0, reader.FieldCount)
                    .Where(column => raw.sqlite3_column_decltype(reader.Handle, column).utf8_to_string() is null)
                    .Select(column => (column, reader.GetFieldType(column)))];
                var parse = reader.GetRowParser<object>(typeof(T));
                _parser = (Func<DbDataReader, T>)(row => As<T>(parse(row)));
            }

            return (Func<DbDataReader, T>)_parser!;
        }

        /// <summary>A value as the type that was asked for: SQLite has whole numbers of one length only.</summary>
        private static T As<T>(object? value) => value switch
        {
            T its => its,
            null => default!,
            _ => (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture),
        };

        public void Dispose() => Command.Dispose();

        [GeneratedRegex("@[A-Za-z_][A-Za-z0-9_]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
        private static partial Regex Names();
    }
}
