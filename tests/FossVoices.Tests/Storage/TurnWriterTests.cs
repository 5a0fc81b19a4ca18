using Dapper;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

public sealed class TurnWriterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turns_of_many_at_once_are_all_kept_except_those_that_fail()
    {
        await using var store = await Store.OpenAsync();

        var turns = Enumerable.Range(0, 500).Select(async i =>
        {
            try
            {
                return await store.Writer.WriteAsync(
                    async transaction =>
                    {
                        await transaction.ExecuteAsync("insert into respondent (study, respondent) values ('s', @name)", new { name = $"p{i}" });
                        return i % 10 == 3 ? throw new InvalidOperationException($"turn {i}") : i;
                    },
                    Cancellation);
            }
            catch (InvalidOperationException e)
            {
                Assert.Equal($"turn {i}", e.Message);
                return -1;
            }
        });

        var results = await Task.WhenAll(turns);
        Assert.Equal(50, results.Count(result => result == -1));
        Assert.Equal(450, await store.AskAsync<long>("select count(*) from respondent"));
        Assert.Equal(0, await store.AskAsync<long>("select count(*) from respondent where respondent in ('p3', 'p13')"));
    }

    [Fact]
    public async Task A_decision_that_throws_undoes_itself_down_to_the_delivery()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => store.Turns.TakeAsync(
            SmallFlow.Study, "1", "s1", null, _ => throw new InvalidTimeZoneException(), Cancellation));

        Assert.IsType<Kept.Now>(await store.SayAsync("1", SmallFlow.Choose("upstream")));
    }

    [Fact]
    public async Task While_another_program_holds_the_database_people_are_asked_to_try_again_and_then_it_works()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();
        await using (var other = await store.Database.OpenForWritingAsync(Cancellation))
        {
            await using var held = other.BeginTransaction();
            var failed = await Assert.ThrowsAsync<StorageUnavailable>(() => store.SayAsync("1", SmallFlow.Choose("upstream")));
            Assert.Contains("try again", failed.Message, StringComparison.Ordinal);
        }

        Assert.IsType<Kept.Now>(await store.SayAsync("1", SmallFlow.Choose("upstream")));
    }

    [Fact]
    public async Task A_full_disk_keeps_nobody_of_the_batch_and_recovers()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();
        var words = new byte[500_000];

        // The limit on pages says "disk full" as the disk would.
        await Assert.ThrowsAsync<StorageUnavailable>(() => store.Writer.WriteAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync("insert into respondent (study, respondent) values ('s', 'lost')", new { });
                await transaction.Connection!.ExecuteAsync(new CommandDefinition("pragma max_page_count = 100", transaction: transaction));
                return await transaction.ExecuteAsync("insert into answer (study, session, address, kind, words, on_path, at) values ('s', 's1', 'a', 'words', @words, 1, 0)", new { words });
            },
            Cancellation));

        Assert.IsType<Kept.Now>(await store.SayAsync("1", SmallFlow.Choose("upstream")));
        Assert.Equal(0, await store.AskAsync<long>("select count(*) from respondent where respondent = 'lost'"));
    }

    [Fact]
    public async Task What_waits_when_the_writer_stops_is_still_written()
    {
        await using var store = await Store.OpenAsync();
        var turns = Enumerable.Range(0, 300).Select(i => store.Writer.WriteAsync(
            transaction => transaction.ExecuteAsync("insert into respondent (study, respondent) values ('s', @name)", new { name = $"p{i}" }), Cancellation)).ToList();

        await store.Writer.DisposeAsync();

        Assert.Equal(300, (await Task.WhenAll(turns)).Sum());
        await Assert.ThrowsAsync<StorageUnavailable>(() => store.Writer.WriteAsync(_ => Task.FromResult(0), Cancellation));
    }
}
