using System.Diagnostics;
using System.Text.Json;
using Dapper;
using FossVoices.Storage;

namespace FossVoices.Tests.Commands;

public sealed class DoctorVerbTests : IDisposable
{
    private const string Key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string OtherKey = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";

    private readonly Fossvoices _program = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_that_differ_from_a_recount_are_named_and_repaired()
    {
        await ImportAsync();
        await DoAsync("update tally set counted = 7 where about = 'unread'");

        var found = await _program.SayAsync("doctor");
        var repaired = await _program.SayAsync("doctor", "--repair");
        var after = await _program.SayAsync("doctor");

        Assert.Equal((1, 0, 0), (found.ExitCode, repaired.ExitCode, after.ExitCode));
        Assert.Contains("study pypi-expectations, upstream/unread/answers: 7 kept, 2 counted", found.Out, StringComparison.Ordinal);
        Assert.Contains("Tallies: counted anew in 1 study.", repaired.Out, StringComparison.Ordinal);
        Assert.Contains("the same as a recount", after.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_line_of_the_access_log_is_found()
    {
        await ImportAsync();
        await _program.SayAsync("report", "pypi-expectations", "--audience", "researcher");
        await _program.SayAsync("report", "pypi-expectations", "--audience", "channel");

        var sound = await _program.SayAsync("doctor");
        await DoAsync("update access set who = 'user nobody'");
        var changed = await _program.SayAsync("doctor", "--json");

        Assert.Contains("Log of accesses, study pypi-expectations: 1 lines, none changed.", sound.Out, StringComparison.Ordinal);
        Assert.Equal((0, 1), (sound.ExitCode, changed.ExitCode));
        using var json = JsonDocument.Parse(changed.Out);
        Assert.Equal(1, json.RootElement.GetProperty("accesses")[0].GetProperty("broken").GetInt32());
    }

    [Fact]
    public async Task Files_that_others_can_read_are_named_and_closed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There are no such rights here.");
            return;
        }

        await ImportAsync();
        var key = Path.Combine(_program.Data, "keys", "master.key");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var found = await _program.SayAsync("doctor");
        var repaired = await _program.SayAsync("doctor", "--repair");

        Assert.Equal((1, 0), (found.ExitCode, repaired.ExitCode));
        Assert.Contains(key, found.Out, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(key));
    }

    [Fact]
    public async Task Without_its_master_key_it_is_said_what_is_lost_and_what_is_not()
    {
        await ImportAsync();
        var key = Path.Combine(_program.Data, "keys", "master.key");
        foreach (var lose in new Action[] { () => File.Delete(key), () => File.WriteAllBytes(key, new byte[32]), () => File.Delete(Path.Combine(_program.Data, "keys", "sessions.db")) })
        {
            lose();

            var doctor = await _program.SayAsync("doctor");

            Assert.Equal(1, doctor.ExitCode);
            Assert.Contains("restore", doctor.Error, StringComparison.Ordinal);
            Assert.Contains("2 answers in people's own words cannot be read", doctor.Out, StringComparison.Ordinal);
        }
    }

    /// <summary>Each verb as its own process, since the environment belongs to one.</summary>
    [Fact]
    public async Task With_the_master_key_in_the_environment_every_verb_that_needs_it_works_and_no_file_holds_it()
    {
        var (copy, keys) = (_program.File("db.copy", ""), _program.File("keys.copy", ""));
        var talk = _program.File("talk.md", "ADA: I am tired.\n");
        Assert.Equal(0, (await RunAsync(Key, "import", "pypi-expectations", talk, "--side", "upstream")).ExitCode);
        Assert.False(File.Exists(Path.Combine(_program.Data, "keys", "master.key")));

        var doctor = await RunAsync(Key, "doctor", "--json");
        Assert.Equal((0, "environment"), (doctor.ExitCode, JsonDocument.Parse(doctor.Out).RootElement.GetProperty("masterKey").GetString()));
        Assert.Contains("FOSSVOICES_MASTER_KEY is not the one of this database", (await RunAsync(OtherKey, "doctor")).Error, StringComparison.Ordinal);
        Assert.Contains("is missing", (await RunAsync(null, "doctor")).Error, StringComparison.Ordinal);
        Assert.Equal(3, (await RunAsync("not a key", "status")).ExitCode);

        Assert.Equal(0, (await RunAsync(Key, "backup", "--out", copy)).ExitCode);
        Assert.Equal(0, (await RunAsync(Key, "backup", "--keys", "--out", keys)).ExitCode);
        Directory.Delete(_program.Data, recursive: true);
        Assert.Equal(0, (await RunAsync(Key, "restore", copy)).ExitCode);
        Assert.Equal(0, (await RunAsync(Key, "restore", "--keys", keys)).ExitCode);
        Assert.Equal(0, (await RunAsync(Key, "doctor")).ExitCode);

        Assert.Equal(2, (await RunAsync(Key, "rotate-key")).ExitCode);
        Assert.Equal(0, (await RunAsync(Key, ["rotate-key"], next: OtherKey)).ExitCode);
        Assert.Equal(1, (await RunAsync(Key, "doctor")).ExitCode);
        Assert.Equal(0, (await RunAsync(OtherKey, "doctor")).ExitCode);

        Assert.Equal(0, (await RunAsync(OtherKey, "withdraw", "pypi-expectations", "--receipt", await ReceiptAsync())).ExitCode);
        Assert.Equal(0, await AskAsync<long>("select count(*) from session"));
    }

    public void Dispose() => _program.Dispose();

    private async Task ImportAsync()
    {
        var said = await _program.SayAsync("import", "pypi-expectations", _program.File("talk.md", "ADA: I am tired.\n\nINTERVIEWER: Why?\n\nADA: Work.\n"), "--side", "upstream", "--interviewer", "INTERVIEWER");
        Assert.True(said.ExitCode == 0, said.Error);
    }

    private Task<Said> RunAsync(string? key, params string[] words) => RunAsync(key, words, next: null);

    private async Task<Said> RunAsync(string? key, string[] words, string? next)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "fossvoices.dll"), .. words, "--data", _program.Data, "--studies", Repository.Surveys])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FOSSVOICES_MASTER_KEY"] = key;
        start.Environment["FOSSVOICES_NEW_MASTER_KEY"] = next;
        using var child = Process.Start(start)!;
        var (output, error) = (child.StandardOutput.ReadToEndAsync(Cancellation), child.StandardError.ReadToEndAsync(Cancellation));
        await child.WaitForExitAsync(Cancellation);
        return new Said(child.ExitCode, await output, await error);
    }

    /// <summary>An imported session's receipt is given to nobody; the operator of a test can work it out.</summary>
    private async Task<string> ReceiptAsync()
    {
        Environment.SetEnvironmentVariable("FOSSVOICES_TEST_KEY", OtherKey);
        var session = await AskAsync<string>("select session from session");
        await using var database = await Database.OpenAsync(_program.Data, MasterKey.FromEnvironment("FOSSVOICES_TEST_KEY"), Cancellation);
        return FossVoices.Sessions.Receipt.Of(database.StudyKey("pypi-expectations"), "pypi-expectations", session).Code;
    }

    private async Task DoAsync(string sql)
    {
        await using var connection = await SqliteFile.OpenForWritingAsync(Path.Combine(_program.Data, Database.FileName), Cancellation);
        await connection.ExecuteAsync(sql);
    }

    private async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await SqliteFile.OpenForReadingAsync(Path.Combine(_program.Data, Database.FileName), Cancellation);
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}
