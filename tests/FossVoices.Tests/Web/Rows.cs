using System.Collections.Immutable;
using Dapper;
using Microsoft.Data.Sqlite;

namespace FossVoices.Tests.Web;

/// <summary>What is in the database, as somebody with the file would see it.</summary>
internal static class Rows
{
    /// <summary>The first column of every row.</summary>
    public static async Task<ImmutableArray<string>> AllAsync(Served served, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(served.Data, "fossvoices.db")};Mode=ReadOnly;Pooling=false");
        return [.. await connection.QueryAsync<string>(new CommandDefinition(sql, cancellationToken: TestContext.Current.CancellationToken))];
    }

    /// <summary>Keeps everybody else from writing until it is disposed.</summary>
    public static async Task<SqliteConnection> HoldAsync(Served served)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(served.Data, "fossvoices.db")};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("begin immediate", cancellationToken: TestContext.Current.CancellationToken));
        return connection;
    }

    /// <summary>The files of the data folder that hold a text, in any of the ways in which it may be written.</summary>
    public static ImmutableArray<string> FilesWith(string folder, string text) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Holds(File.ReadAllBytes(f), System.Text.Encoding.UTF8.GetBytes(text)) || Holds(File.ReadAllBytes(f), System.Text.Encoding.Unicode.GetBytes(text)))
            .Select(f => Path.GetRelativePath(folder, f))];

    private static bool Holds(byte[] file, byte[] text) => file.AsSpan().IndexOf(text) >= 0;
}
