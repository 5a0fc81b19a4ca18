using CsCheck;
using FossVoices.Flows;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

/// <summary>Two devices of one person, every event delivered one to five times, sometimes under a new id, and in whatever order: what is kept is what single delivery would have kept.</summary>
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
        await using var store = await Store.OpenAsync();
        await using var writer = new TurnWriter(async cancellationToken =>
        {
            var connection = await SqliteFile.OpenForWritingAsync(store.Database.File, cancellationToken);
            connection.Execute(null, "pragma synchronous = off", new { }); // Nothing is lost here but time.
            return connection;
        });
        using var quick = store.With(writer);
        var histories = 0;
        await Gen.Select(Events, Gen.Int[0, int.MaxValue]).SampleAsync(
            async (events, seed) =>
            {
                var id = $"h{Interlocked.Increment(ref histories)}";
                await store.BeginAsync(id, id);
                var accepted = new List<Reply>();
                var taken = new HashSet<int>();
                foreach (var (i, underNewId) in Deliveries(events.Length, seed))
                {
                    var before = (await store.LoadAsync(id)).Revision;
                    var kept = await store.SayAsync($"{id} event {i} {underNewId}", events[i].Reply, id, events[i].Asked);
                    switch (kept)
                    {
                        case Kept.Now(var session, _):
                            Assert.True(events[i].Asked is null || events[i].Asked == before);
                            Assert.InRange(session.Revision, before, before + 1);
                            // Under a new id, what says which question it answers is known by that; typed text is not.
                            Assert.True(taken.Add(i) || events[i].Asked is null || session.Revision == before, "taken twice");
                            accepted.Add(events[i].Reply);
                            break;
                        case Kept.Before or Kept.TooLate:
                            Assert.Equal(before, (await store.LoadAsync(id)).Revision);
                            break;
                        default:
                            Assert.Fail(kept.ToString());
                            break;
                    }
                }

                await store.BeginAsync($"{id} once", $"{id} once");
                for (var number = 0; number < accepted.Count; number++)
                    Assert.IsType<Kept.Now>(await store.SayAsync($"{id} single {number}", accepted[number], $"{id} once"));

                Assert.Equal(await StateAsync(store, $"{id} once", id), await StateAsync(store, id, id));
            },
            iter: Long.Run(always: 100, lots: 100_000),
            threads: 32);
    }

    private static async Task<string> StateAsync(Store store, string session, string id)
    {
        var kept = TurnStoreTests.Print(await store.LoadAsync(session)).Replace($"{id} once", id, StringComparison.Ordinal);
        var rows = await store.Database.LookAsync(
            moment => moment.ListAsync<string>("select address || on_path from answer where study = 's' and session = @session order by address", new { session }), TestContext.Current.CancellationToken);
        return $"{kept}\n{string.Join(' ', rows)}";
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

    /// <summary>Each event one to five times, under the same id or under one more, in an order drawn from the seed.</summary>
    private static (int Event, int Id)[] Deliveries(int events, int seed)
    {
        var chance = new Random(seed);
        var deliveries = Enumerable.Range(0, events).SelectMany(i => Enumerable.Range(0, chance.Next(1, 6)).Select(_ => (i, chance.Next(4) / 3))).ToArray();
        chance.Shuffle(deliveries);
        return deliveries;
    }
}
