using Dapper;
using FossVoices.Storage;
using Microsoft.Data.Sqlite;

namespace FossVoices.Tests.Storage;

public sealed class DatabaseTests : IDisposable
{
    private readonly string _folder = Store.NewFolder();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string DatabaseFile => Path.Combine(_folder, "fossvoices.db");

    private string KeyFile => Path.Combine(_folder, "keys", "master.key");

    [Fact]
    public async Task A_first_start_makes_everything_for_its_owner_alone()
    {
        await using (await Database.OpenAsync(_folder, Cancellation))
        {
        }

        Assert.Equal(32, new FileInfo(KeyFile).Length);
        if (OperatingSystem.IsWindows())
            return; // Rights are asked for in the way of Unix.

        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(file, File.GetUnixFileMode(KeyFile));
        Assert.Equal(file, File.GetUnixFileMode(DatabaseFile));
        Assert.Equal(file | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        Assert.Equal(file | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(KeyFile)!));
    }

    [Fact]
    public async Task Every_connection_that_writes_is_durable_and_overwrites_what_it_deletes()
    {
        await using var database = await Database.OpenAsync(_folder, Cancellation);
        await using var connection = await database.OpenForWritingAsync(Cancellation);

        Assert.Equal("wal", await connection.ExecuteScalarAsync<string>("pragma journal_mode"));
        Assert.Equal(2, await connection.ExecuteScalarAsync<long>("pragma synchronous"));
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("pragma foreign_keys"));
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("pragma secure_delete"));
        Assert.Equal(2, await connection.ExecuteScalarAsync<long>("pragma temp_store"));
    }

    [Fact]
    public async Task A_reader_cannot_write()
    {
        await using var database = await Database.OpenAsync(_folder, Cancellation);
        await using var reader = await database.ReadAsync(Cancellation);

        await Assert.ThrowsAsync<SqliteException>(() => reader.ExecuteAsync("delete from session"));
    }

    [Fact]
    public async Task The_keys_of_studies_differ_and_stay()
    {
        byte[] before;
        await using (var database = await Database.OpenAsync(_folder, Cancellation))
        {
            before = database.StudyKey("a");
            Assert.NotEqual(before, database.StudyKey("b"));
        }

        await using var again = await Database.OpenAsync(_folder, Cancellation);
        Assert.Equal(before, again.StudyKey("a"));
    }

    [Fact]
    public async Task Two_starts_at_once_agree_on_one_database_and_one_key()
    {
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Database.OpenAsync(_folder, Cancellation), Cancellation)));

        Assert.All(both, database => Assert.Equal(both[0].StudyKey("a"), database.StudyKey("a")));
        foreach (var database in both)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(DatabaseFile, new string('x', 5000), Cancellation);

        await RefusedAsync("is no FossVoices database");

        Assert.Equal(5000, new FileInfo(DatabaseFile).Length);
    }

    [Fact]
    public async Task The_database_of_another_program_is_refused()
    {
        Directory.CreateDirectory(_folder);
        await using (var other = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False"))
            await other.ExecuteAsync("create table bookmark (url text)");

        await RefusedAsync("is the database of another program");
    }

    [Fact]
    public async Task A_folder_below_a_file_is_refused()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "file"), "", Cancellation);

        var refused = await Assert.ThrowsAsync<StorageUnavailable>(() => Database.OpenAsync(Path.Combine(_folder, "file", "data"), Cancellation));

        Assert.Contains("choose another with --data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_may_not_be_written_is_refused()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("nothing is forbidden to root");
            return;
        }

        Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await RefusedAsync("cannot be used");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using (var database = await Database.OpenAsync(_folder, Cancellation))
        {
            await using var connection = await database.OpenForWritingAsync(Cancellation);
            await connection.ExecuteAsync("insert into SchemaVersions (ScriptName, Applied) values ('FossVoices.Storage.Migrations.9999_later.sql', '2030-01-01')");
        }

        await RefusedAsync("was made by a newer version of FossVoices (it has FossVoices.Storage.Migrations.9999_later.sql)");
    }

    [Fact]
    public async Task A_database_is_copied_before_it_is_migrated_and_the_copy_opens()
    {
        await using (var database = await Database.OpenAsync(_folder, Cancellation))
        {
            await using var connection = await database.OpenForWritingAsync(Cancellation);
            await connection.ExecuteAsync(
                "insert into respondent (study, respondent) values ('s', 'ada'); drop table snapshot; delete from SchemaVersions where ScriptName like '%0004%'");
        }

        await using var migrated = await Database.OpenAsync(_folder, Cancellation);

        await using var reader = await migrated.ReadAsync(Cancellation);
        Assert.Equal(0, await reader.ExecuteScalarAsync<long>("select count(*) from snapshot"));
        await using var copy = new SqliteConnection($"Data Source={DatabaseFile}.before-0004;Pooling=False");
        Assert.Equal("ada", await copy.ExecuteScalarAsync<string>("select respondent from respondent"));
        Assert.Equal(0, await copy.ExecuteScalarAsync<long>("select count(*) from sqlite_master where name = 'snapshot'"));
    }

    [Theory]
    [InlineData(true, "is missing")]
    [InlineData(false, "not the one of this database")]
    public async Task Without_its_own_key_a_database_is_refused_rather_than_given_a_new_one(bool missing, string why)
    {
        await using (await Database.OpenAsync(_folder, Cancellation))
        {
        }

        File.Delete(KeyFile);
        if (!missing)
            await File.WriteAllBytesAsync(KeyFile, new byte[32], Cancellation);

        await RefusedAsync(why);
        Assert.Equal(missing, !File.Exists(KeyFile));
    }

    [Fact]
    public async Task A_torn_key_file_is_refused()
    {
        await using (await Database.OpenAsync(_folder, Cancellation))
        {
        }

        await File.WriteAllBytesAsync(KeyFile, new byte[5], Cancellation);

        await RefusedAsync("has 5 bytes instead of 32");
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task RefusedAsync(string why)
    {
        var refused = await Assert.ThrowsAsync<StorageUnavailable>(() => Database.OpenAsync(_folder, Cancellation));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }
}
