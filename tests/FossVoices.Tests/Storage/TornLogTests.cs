using Dapper;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

/// <summary>The write-ahead log is cut off or overwritten at any byte, as a disk that lost power may leave it: what opens is an exact prefix of what was committed.</summary>
public sealed class TornLogTests
{
    private const int People = 40;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_opens_is_what_had_been_kept_after_some_turn()
    {
        await using var store = await Store.OpenAsync();
        await using var writer = new TurnWriter(async cancellationToken =>
        {
            var connection = await SqliteFile.OpenForWritingAsync(store.Database.File, cancellationToken);
            connection.Execute(null, "pragma wal_autocheckpoint = 0", new { });
            return connection;
        });
        using var unchecked_ = store.With(writer);
        var after = new List<string> { "" };
        for (var person = 0; person < People; person++)
        {
            await store.BeginAsync($"p{person}", $"s{person:00}");
            after.Add(await StateAsync(store.Database.File));
            foreach (var (reply, i) in new[] { "upstream", "4", "2" }.Select((id, i) => (SmallFlow.Choose(id), i)))
            {
                await store.SayAsync($"{person} {i}", reply, $"s{person:00}");
                after.Add(await StateAsync(store.Database.File));
            }
        }

        var database = await ReadAsync(store.Database.File);
        var log = await ReadAsync(store.Database.File + "-wal");
        var chance = new Random(1);
        var seen = new HashSet<int>();
        var torn = Path.Combine(store.Folder, "torn.db");
        for (var cut = 0; cut < Long.Run(always: 100, lots: 10_000); cut++)
        {
            foreach (var file in Directory.EnumerateFiles(store.Folder, "torn.db*"))
                File.Delete(file);
            var damaged = log[..(chance.Next(log.Length) + 1)];
            if (cut % 2 == 1)
            {
                damaged = [.. log];
                chance.NextBytes(damaged.AsSpan(chance.Next(log.Length - 64), 64));
            }

            await File.WriteAllBytesAsync(torn, database, Cancellation);
            await File.WriteAllBytesAsync(torn + "-wal", damaged, Cancellation);
            await using (var connection = await SqliteFile.OpenForWritingAsync(torn, Cancellation))
                Assert.Equal("ok", await connection.ExecuteScalarAsync<string>("pragma integrity_check"));
            var turns = after.IndexOf(await StateAsync(torn));
            Assert.True(turns >= 0, $"cut {cut}: what opens was never there");
            seen.Add(turns);
        }

        Assert.True(seen.Count > 30, $"only {seen.Count} different prefixes");
    }

    /// <summary>How far everybody is: session, revision, answers, deliveries.</summary>
    private static async Task<string> StateAsync(string file)
    {
        await using var connection = await SqliteFile.OpenForReadingAsync(file, Cancellation);
        return await connection.ExecuteScalarAsync<string>(
            """
            select coalesce(group_concat(session || ':' || revision || ':' || (select count(*) from answer a where a.session = s.session)
                                         || ':' || (select count(*) from inbox i where i.session = s.session), ' '), '')
              from (select * from session order by session) s
            """) ?? "";
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, Cancellation);
        return bytes;
    }
}
