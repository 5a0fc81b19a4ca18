using FossVoices.Flows;
using FossVoices.Storage;
using SQLitePCL;

namespace FossVoices.Tests.Storage;

/// <summary>The database fails at each step of a short interview in turn. Whoever answers is asked to try again, does, and ends where everybody else does.</summary>
public sealed class FaultTests
{
    private static readonly Reply[] s_replies =
        [SmallFlow.Choose("upstream"), SmallFlow.Choose("4"), SmallFlow.Choose("2"), new Reply.Said("Because."), new Reply.Back(), new Reply.Said("Since then."), SmallFlow.Choose("time")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failure_at_any_step_of_the_database_loses_and_doubles_nothing()
    {
        await using var store = await Store.OpenAsync();
        var (steps, commits, clean) = await InterviewAsync(store, "clean", new Fault(AtStep: 0, AtCommit: 0));
        Assert.True(steps > 1000, $"{steps} steps");
        Assert.Equal(s_replies.Length + 1, commits);

        var stride = Math.Max(1, steps / Long.Run(always: 150, lots: steps));
        for (var step = 1; step <= steps; step += stride)
        {
            var (_, _, kept) = await InterviewAsync(store, $"step {step}", new Fault(step, AtCommit: 0));
            Assert.Equal(clean, kept);
        }
    }

    [Fact]
    public async Task A_failure_of_any_commit_loses_and_doubles_nothing()
    {
        await using var store = await Store.OpenAsync();
        var (_, commits, clean) = await InterviewAsync(store, "clean", new Fault(AtStep: 0, AtCommit: 0));

        for (var commit = 1; commit <= commits; commit++)
        {
            var (_, made, kept) = await InterviewAsync(store, $"commit {commit}", new Fault(AtStep: 0, commit));
            Assert.Equal(commits + 1, made); // The one that failed, too.
            Assert.Equal(clean, kept);
        }

        Assert.Equal("ok", await store.AskAsync<string>("pragma integrity_check"));
    }

    /// <summary>Answers everything, each turn until it is acknowledged, as a platform would deliver it: with the same id.</summary>
    /// <returns>How many steps the database took, how often it committed, and what is kept.</returns>
    private static async Task<(int Steps, int Commits, string Kept)> InterviewAsync(Store store, string id, Fault fault)
    {
        var (steps, commits, failed) = (0, 0, 0);
        await using var writer = new TurnWriter(async cancellationToken =>
        {
            var connection = await SqliteFile.OpenForWritingAsync(store.Database.File, cancellationToken);
            raw.sqlite3_progress_handler(connection.Handle, 1, _ => ++steps == fault.AtStep ? 1 : 0, null);
            raw.sqlite3_commit_hook(connection.Handle, _ => ++commits == fault.AtCommit ? 1 : 0, null);
            return connection;
        });
        using var faulty = store.With(writer);
        await UntilKeptAsync(() => store.TryBeginAsync($"{id} begin", $"person of {id}", id));
        for (var i = 0; i < s_replies.Length; i++)
            await UntilKeptAsync(() => store.SayAsync($"{id} {i}", s_replies[i], id, asked: i));

        Assert.Equal(fault == new Fault(0, 0) ? 0 : 1, failed);
        var session = await store.LoadAsync(id);
        Assert.NotNull(store.Database.Vault.Find(SmallFlow.Study, id));
        var kept = string.Join('\n',
            TurnStoreTests.Print(session).Replace(id, "ID", StringComparison.Ordinal),
            await store.AskAsync<string>($"select group_concat(address || kind || value || coalesce(number, '') || on_path) from (select * from answer where session = '{id}' order by address)"),
            await store.AskAsync<string>($"select group_concat(kind || address || revision) from (select * from inbox where session = '{id}' order by rowid)"));
        return (steps, commits, kept);

        async Task UntilKeptAsync(Func<Task<Kept>> turn)
        {
            while (true)
            {
                try
                {
                    // A commit that was reported as failed may have been made: then the next try finds what it did.
                    Assert.True(await turn() is Kept.Now || (failed == 1 && await turn() is Kept.Before));
                    return;
                }
                catch (StorageUnavailable)
                {
                    Assert.Equal(1, ++failed); // Once: the fault comes once, and the next try must do.
                }
            }
        }
    }

    private sealed record Fault(int AtStep, int AtCommit);
}
