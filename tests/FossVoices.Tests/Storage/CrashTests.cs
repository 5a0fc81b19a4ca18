using System.Diagnostics;
using System.Globalization;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

/// <summary>A program that many people answer at once is killed without warning, and started again on what it left.</summary>
public sealed class CrashTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_there_once_and_nothing_is_half_done()
    {
        var folder = Store.NewFolder();
        var chance = new Random(Environment.TickCount);
        var acknowledged = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; round < Long.Run(always: Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ? 50 : 5, lots: 1000); round++)
        {
            await AnswerUntilAsync(folder, $"r{round}", kill: chance.Next(1, 400), acknowledged);
            await CheckAsync(folder, acknowledged);
        }

        Assert.True(acknowledged.Count > 20);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Starts a program that answers, reads what it acknowledges, and kills it after so many lines.</summary>
    private static async Task AnswerUntilAsync(string folder, string name, int kill, Dictionary<string, int> acknowledged)
    {
        using var child = Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "FossVoices.Benchmarks.dll"), "answer", folder, name])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            for (var line = 0; line < kill; line++)
                Note(await child.StandardOutput.ReadLineAsync(Cancellation) ?? throw new InvalidOperationException(await child.StandardError.ReadToEndAsync(Cancellation)), acknowledged);
        }
        finally
        {
            child.Kill(); // SIGKILL, where there are signals.
        }

        // What it had said before, and nobody had read yet.
        while (await child.StandardOutput.ReadLineAsync(Cancellation) is { } line && line.Split(' ') is [_, { Length: > 0 }])
            Note(line, acknowledged);
        await child.WaitForExitAsync(Cancellation);
    }

    private static void Note(string line, Dictionary<string, int> acknowledged)
    {
        var words = line.Split(' ');
        acknowledged[words[0]] = int.Parse(words[1], CultureInfo.InvariantCulture);
    }

    private static async Task CheckAsync(string folder, Dictionary<string, int> acknowledged)
    {
        await using var database = await Database.OpenAsync(folder, Cancellation);
        var rows = await database.LookAsync(
            moment => moment.ListAsync<Row>(
                """
                select s.session as Session, s.revision as Revision,
                       (select count(*) from answer a where a.study = s.study and a.session = s.session) as Answers,
                       (select count(*) from inbox i where i.study = s.study and i.session = s.session and i.kind <> '') as Deliveries
                  from session s
                """,
                new { }),
            Cancellation);
        var kept = rows.ToDictionary(row => row.Session, StringComparer.Ordinal);
        foreach (var (session, revision) in acknowledged)
            Assert.InRange(Assert.Contains(session, kept).Revision, revision, revision + 1);
        Assert.All(rows, row => Assert.Equal((row.Revision, row.Revision + 1), (row.Answers, row.Deliveries)));
        Assert.All(rows.TakeLast(50), row => Assert.NotNull(database.Vault.Find(SmallFlow.Study, row.Session)));

        await using var connection = await database.ReadAsync(Cancellation);
        Assert.Equal("ok", await Dapper.SqlMapper.ExecuteScalarAsync<string>(connection, "pragma integrity_check"));
        Assert.Empty(await Dapper.SqlMapper.QueryAsync<string>(connection, "select 1 from pragma_foreign_key_check"));
        Assert.Equal(0, await Dapper.SqlMapper.ExecuteScalarAsync<long>(connection, "select count(*) from inbox where kind = ''"));
    }

    private sealed record Row(string Session, long Revision, long Answers, long Deliveries);
}
