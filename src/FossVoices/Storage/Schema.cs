using System.Globalization;
using Dapper;
using DbUp;
using DbUp.Engine;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>The tables, brought up to date by numbered scripts: each in a transaction of its own, none ever changed once released.</summary>
internal static class Schema
{
    /// <summary>"FosV": marks a SQLite file as ours, so that no other program's database is ever migrated.</summary>
    public const int ApplicationId = 0x466F7356;

    /// <summary>Runs the scripts that are missing. A database with something in it is copied first.</summary>
    /// <exception cref="StorageUnavailable">It belongs to another program, or was made by a newer version of this one.</exception>
    public static async Task MigrateAsync(SqliteConnection connection, string file, CancellationToken cancellationToken)
    {
        var owner = await connection.ExecuteScalarAsync<long>(new CommandDefinition("pragma application_id", cancellationToken: cancellationToken));
        var tables = await connection.ExecuteScalarAsync<long>(new CommandDefinition("select count(*) from sqlite_master", cancellationToken: cancellationToken));
        if (tables > 0 && owner != ApplicationId)
            throw new StorageUnavailable($"'{file}' is the database of another program; move it away, or choose another data folder with --data.");

        var upgrade = Scripts(connection);
        if (tables > 0 && upgrade.GetExecutedButNotDiscoveredScripts() is [var unknown, ..])
            throw new StorageUnavailable($"The database '{file}' was made by a newer version of FossVoices (it has {unknown}); run that version, or restore a backup.");
        if (upgrade.GetScriptsToExecute() is not [var first, ..])
            return;

        if (tables > 0)
            await CopyAsync(connection, $"{file}.before-{Number(first)}", cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            string.Create(CultureInfo.InvariantCulture, $"pragma application_id = {ApplicationId}"), cancellationToken: cancellationToken));
        if (upgrade.PerformUpgrade() is { Successful: false } failed)
        {
            throw new StorageUnavailable(
                $"The database '{file}' could not be brought up to date ({failed.ErrorScript?.Name}: {failed.Error.Message}); nothing of that step was kept.", failed.Error);
        }
    }

    /// <summary>The copies that were made before migrating. They hold what people said, so they go when somebody withdraws.</summary>
    public static void DeleteCopies(string file, DateTimeOffset madeBefore)
    {
        foreach (var copy in Directory.EnumerateFiles(Path.GetDirectoryName(file)!, $"{Path.GetFileName(file)}.before-*"))
        {
            if (new FileInfo(copy).LastWriteTimeUtc < madeBefore.UtcDateTime)
                File.Delete(copy);
        }
    }

    private static UpgradeEngine Scripts(SqliteConnection connection) => DeployChanges.To
        .SqliteDatabase(new SharedConnection(connection))
        .WithScriptsEmbeddedInAssembly(typeof(Schema).Assembly, name => name.Contains(".Storage.Migrations.", StringComparison.Ordinal))
        .WithTransactionPerScript()
        .WithVariablesDisabled()
        .LogToNowhere()
        .Build();

    private static async Task CopyAsync(SqliteConnection connection, string copy, CancellationToken cancellationToken)
    {
        File.Delete(copy);
        OwnersOnly.NewFile(copy).Dispose(); // SQLite fills an empty file and keeps its rights.
        await connection.ExecuteAsync(new CommandDefinition("vacuum into @copy", new { copy }, cancellationToken: cancellationToken));
    }

    /// <summary><c>0002</c> of <c>FossVoices.Storage.Migrations.0002_coding.sql</c>.</summary>
    private static string Number(SqlScript script) => script.Name.Split('.')[^2].Split('_')[0];
}
