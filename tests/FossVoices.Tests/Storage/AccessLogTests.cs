using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

public sealed class AccessLogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_access_is_a_line_that_says_who_what_and_how_many()
    {
        await using var store = await Store.OpenAsync();
        var log = Log(store);
        await log.RecordAsync("s", "user ada", "export csv", 12, Cancellation);
        store.Time.Advance(TimeSpan.FromMinutes(1));
        await log.RecordAsync("s", "user bob", "review", 3, Cancellation);
        await log.RecordAsync("t", "user ada", "export qdpx", 1, Cancellation);

        var chains = await log.VerifyAsync(Cancellation);

        Assert.Equal([("s", 2), ("t", 1)], chains.Select(chain => (chain.Study, chain.Lines.Count)));
        Assert.All(chains, chain => Assert.Null(chain.Broken));
        Assert.Equal(new AccessLine(2, store.Time.GetUtcNow(), "user bob", "review", 3), chains[0].Lines[1]);
    }

    [Theory]
    [InlineData("update access set who = 'user eve' where number = 2", 2)]
    [InlineData("update access set what = 'export jsonl' where number = 1", 1)]
    [InlineData("update access set quantity = 1 where number = 3", 3)]
    [InlineData("update access set at = at + 1 where number = 2", 2)]
    [InlineData("delete from access where number = 1", 1)]
    [InlineData("delete from access where number = 2", 2)]
    [InlineData("update access set seal = (select seal from access where number = 1) where number = 2", 2)]
    [InlineData("update access set study = 't'", 1)]
    [InlineData("insert into access select study, 4, at, who, what, quantity, seal from access where number = 3", 4)]
    public async Task A_line_that_was_changed_taken_out_or_put_in_is_found(string tampering, int broken)
    {
        await using var store = await Store.OpenAsync();
        var log = Log(store);
        for (var i = 1; i <= 3; i++)
            await log.RecordAsync("s", "user ada", $"review {i}", i, Cancellation);

        await store.DoAsync(tampering);

        Assert.Equal(broken, Assert.Single(await log.VerifyAsync(Cancellation)).Broken);
    }

    [Fact]
    public async Task Lines_that_are_added_at_once_make_one_chain()
    {
        await using var store = await Store.OpenAsync();
        var log = Log(store);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => log.RecordAsync("s", "user ada", $"review {i}", i, Cancellation)));

        var chain = Assert.Single(await log.VerifyAsync(Cancellation));
        Assert.Equal((20, null), (chain.Lines.Count, chain.Broken));
    }

    private static AccessLog Log(Store store) => new(store.Database, store.Writer, store.Time);
}
