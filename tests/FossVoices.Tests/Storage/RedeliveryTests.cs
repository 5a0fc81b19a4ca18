using CsCheck;
using FossVoices.Flows;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

/// <summary>Two devices of one person, every event delivered one to three times and in whatever order: what is kept is what single delivery would have kept.</summary>
public sealed class RedeliveryTests
{
    private static readonly Reply[] Possible =
    [
        .. new[] { "upstream", "downstream", "1", "3", "5", "work", "time" }.Select(id => SmallFlow.Choose(id)),
        new Reply.Skip(), new Reply.Back(), new Reply.Pause(), new Reply.Resume(), new Reply.Onward(), new Reply.Change("role"), new Reply.Said("12"),
    ];

    private static readonly Gen<Reply> Replies = Gen.Int[0, Possible.Length - 1].Select(i => Possible[i]);

    /// <summary>An event: a reply, and the revision that its device saw, if it says so.</summary>
    private static readonly Gen<(Reply Reply, int? Asked)[]> Events = Gen.Select(Replies, Gen.Int[-2, 8]).Select((reply, asked) => (reply, asked < 0 ? (int?)null : asked)).Array[1, 12];

    [Fact]
    public async Task Repeated_and_reordered_deliveries_end_where_single_ones_do()
    {
        await Gen.Select(Events, Gen.Int[0, int.MaxValue]).SampleAsync(
            async (events, seed) =>
            {
                await using var store = await Store.OpenAsync();
                await store.BeginAsync();
                var accepted = new Dictionary<int, (int Before, Reply Reply)>();
                foreach (var i in Deliveries(events.Length, seed))
                {
                    var before = (await store.LoadAsync()).Revision;
                    var kept = await store.SayAsync($"event {i}", events[i].Reply, asked: events[i].Asked);
                    switch (kept)
                    {
                        case Kept.Now(var session, _):
                            Assert.True(events[i].Asked is null || events[i].Asked == before);
                            Assert.InRange(session.Revision, before, before + 1);
                            Assert.True(accepted.TryAdd(i, (accepted.Count, events[i].Reply)), "taken twice");
                            break;
                        case Kept.Before or Kept.TooLate:
                            Assert.Equal(before, (await store.LoadAsync()).Revision);
                            break;
                        default:
                            Assert.Fail(kept.ToString());
                            break;
                    }
                }

                await using var once = await Store.OpenAsync();
                await once.BeginAsync();
                foreach (var (number, reply) in accepted.Values.OrderBy(a => a.Before))
                    Assert.IsType<Kept.Now>(await once.SayAsync($"single {number}", reply));

                Assert.Equal(TurnStoreTests.Print(await once.LoadAsync()), TurnStoreTests.Print(await store.LoadAsync()));
                Assert.Equal(
                    await once.AskAsync<string>("select group_concat(address || on_path) from (select * from answer order by address)"),
                    await store.AskAsync<string>("select group_concat(address || on_path) from (select * from answer order by address)"));
            },
            iter: Environment.GetEnvironmentVariable("FOSSVOICES_LONG") == "1" ? 5_000 : 25,
            threads: 1);
    }

    [Fact]
    public async Task The_same_event_eight_times_at_once_is_taken_once()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();

        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.SayAsync("1", SmallFlow.Choose("upstream"))));

        Assert.Single(kept.OfType<Kept.Now>());
        Assert.Equal(7, kept.OfType<Kept.Before>().Count());
        Assert.Equal(1, (await store.LoadAsync()).Revision);
    }

    [Fact]
    public async Task Of_two_devices_that_answer_one_question_the_first_counts()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();

        var kept = await Task.WhenAll(
            store.SayAsync("phone", SmallFlow.Choose("upstream"), asked: 0),
            store.SayAsync("laptop", SmallFlow.Choose("downstream"), asked: 0));

        var won = Assert.Single(kept.OfType<Kept.Now>());
        Assert.Single(kept.OfType<Kept.TooLate>());
        Assert.Equal(won.Session.Progress.Answers["role"].Value, (await store.LoadAsync()).Progress.Answers["role"].Value);
    }

    /// <summary>Each event one to three times, in an order drawn from the seed.</summary>
    private static List<int> Deliveries(int events, int seed)
    {
        var chance = new Random(seed);
        var deliveries = Enumerable.Range(0, events).SelectMany(i => Enumerable.Repeat(i, chance.Next(1, 4))).ToArray();
        chance.Shuffle(deliveries);
        return [.. deliveries];
    }
}
