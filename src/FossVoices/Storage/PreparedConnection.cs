using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>
/// A connection that keeps its statements. SQLite compiles an SQL text each time it is given one, which takes longer than most of our statements run;
/// kept, it is compiled once a connection. For one caller at a time, as every SQLite connection.
/// </summary>
internal sealed partial class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    /// <summary>Texts are constants of the program, so there are never many; the limit is there in case that changes.</summary>
    private const int MostKept = 500;

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> s_columns = new();

    private readonly Dictionary<string, Statement> _kept = new(StringComparer.Ordinal);

    /// <summary>Whether these values can be handed over as they are; a list cannot, since its text changes with its length.</summary>
    public static bool Takes(object row) => !Array.Exists(ColumnsOf(row.GetType()), IsList);

    public int Execute(SqliteTransaction? transaction, string sql, object row) => Run(transaction, sql, row, command => command.ExecuteNonQuery());

    public List<T> List<T>(SqliteTransaction? transaction, string sql, object row) => Run(transaction, sql, row, command =>
    {
        using var reader = command.ExecuteReader();
        return reader.Parse<T>().AsList();
    });

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Forget();
        base.Dispose(disposing);
    }

    private T Run<T>(SqliteTransaction? transaction, string sql, object row, Func<SqliteCommand, T> run)
    {
        if (!_kept.Remove(sql, out var statement) || statement.Row != row.GetType())
        {
            statement?.Dispose();
            statement = new Statement(sql, this, row.GetType());
        }

        try
        {
            var result = run(statement.For(transaction, row));
            if (_kept.Count >= MostKept)
                Forget();
            _kept.Add(sql, statement); // Not after a failure: it may be in any state then.
            statement = null;
            return result;
        }
        finally
        {
            statement?.Dispose();
        }
    }

    private void Forget()
    {
        foreach (var statement in _kept.Values)
            statement.Dispose();
        _kept.Clear();
    }

    private static PropertyInfo[] ColumnsOf(Type row) =>
        s_columns.GetOrAdd(row, type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public));

    private static bool IsList(PropertyInfo column) =>
        column.PropertyType != typeof(string) && column.PropertyType != typeof(byte[]) && typeof(IEnumerable).IsAssignableFrom(column.PropertyType);

    /// <summary>One SQL text with the parameters that it takes from one kind of row.</summary>
    private sealed partial class Statement : IDisposable
    {
        private readonly SqliteCommand _command;
        private readonly (PropertyInfo Column, SqliteParameter Parameter)[] _parameters;

        public Statement(string sql, SqliteConnection connection, Type row)
        {
            Row = row;
            var named = Names().Matches(sql).Select(match => match.Value[1..]).ToHashSet(StringComparer.Ordinal);
            _command = new SqliteCommand(sql, connection);
            _parameters = [.. ColumnsOf(row).Where(column => named.Contains(column.Name))
                .Select(column => (column, _command.Parameters.Add(new SqliteParameter { ParameterName = $"@{column.Name}" })))];
        }

        public Type Row { get; }

        public SqliteCommand For(SqliteTransaction? transaction, object row)
        {
            foreach (var (column, parameter) in _parameters)
                parameter.Value = column.GetValue(row) ?? DBNull.Value;
            _command.Transaction = transaction;
            return _command;
        }

        public void Dispose() => _command.Dispose();

        [GeneratedRegex("@[A-Za-z_][A-Za-z0-9_]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
        private static partial Regex Names();
    }
}
