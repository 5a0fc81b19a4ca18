using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Storage;
using FossVoices.Tests.Storage;
using SQLitePCL;
using Outcome = FossVoices.Channels.Outcome;

namespace FossVoices.Tests.Fieldwork;

/// <summary>Every connection fails in turn: those that read and write answers, and those that read and write keys. Whoever talks is asked to try again, and does.</summary>
public sealed class ConversationFaultTests
{
    private static readonly Said[] s_said =
    [
        new Said.Hello(), new Said.Agree("no"), new Said.Answer(SmallFlow.Choose("upstream")), new Said.Answer(SmallFlow.Choose("4")), new Said.Answer(SmallFlow.Choose("2")),
        new Said.Answer(new Reply.Said("Because.")), new Said.Answer(new Reply.Back()), new Said.Answer(new Reply.Said("Since then.")), new Said.Answer(SmallFlow.Choose("time")),
        new Said.Withdraw(),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failure_at_any_step_of_any_connection_is_said_and_harms_nothing()
    {
        var fault = new Fault();
        await using var store = await Store.OpenAsync(Store.NewFolder(), fault.Watch);
        var conversation = CanaryTests.Conversation(store, new Logged<Conversation>());
        await TalkAsync(conversation, store, "first", fault); // Compiles statements and keeps the flow.
        fault.Arm(0);
        var said = await TalkAsync(conversation, store, "clean", fault);
        var steps = fault.Steps;
        Assert.True(steps > 1500, $"{steps} steps");

        var failures = 0;
        var stride = Math.Max(1, steps / Long.Run(always: 120, lots: steps));
        for (var step = 1; step <= steps; step += stride)
        {
            fault.Arm(step);
            Assert.Equal(said, await TalkAsync(conversation, store, $"step {step}", fault));
            failures += fault.Said;
        }

        Assert.True(failures > steps / stride / 2, $"{failures} failures were noticed");
        fault.Arm(0);
        Assert.Empty((await new Tallies(store.Database, store.Writer).CompareAsync(Cancellation)).Faults);
        Assert.Equal("ok", await store.AskAsync<string>("pragma integrity_check"));
        Assert.Equal(0, await store.AskAsync<long>("select count(*) from session"));
    }

    /// <summary>Says everything, each until it is not asked to try again, as a platform delivers it: with the same id.</summary>
    /// <returns>What was shown, and what was kept before it was withdrawn.</returns>
    private static async Task<string> TalkAsync(Conversation conversation, Store store, string person, Fault fault)
    {
        var shown = new List<string>();
        for (var i = 0; i < s_said.Length; i++)
        {
            if (s_said[i] is Said.Withdraw)
                shown.Add(await KeptAsync(store, fault));
            Outcome outcome;
            while ((outcome = await HearAsync(conversation, person, i)) is Outcome.Unavailable)
                Assert.Equal(1, ++fault.Said); // Once: the fault comes once, and the next try must do.
            shown.Add(outcome switch
            {
                Outcome.Question question => Base(question.Prompt.Address),
                // Deleting was done before the failure, while scrubbing: said again, there is nobody any more.
                Outcome.Consent when s_said[i] is Said.Withdraw && fault.Said > 0 => nameof(Outcome.Withdrawn),
                _ => outcome.GetType().Name,
            });
        }

        return string.Join('\n', shown);
    }

    /// <summary>Chance decides which half of a pair is asked first.</summary>
    private static string Base(string address) => address.Split('.')[0];

    private static Task<Outcome> HearAsync(Conversation conversation, string person, int i) => conversation.HearAsync(
        new Incoming($"{person} {i}", SmallFlow.Study, SmallFlow.Id, new Person("web", person), new Place("web", ""), Asked: null, s_said[i], Locale: "en"), Cancellation);

    private static async Task<string> KeptAsync(Store store, Fault fault)
    {
        using var _ = fault.Pause();
        var session = await store.LoadAsync(await store.AskAsync<string>("select session from session"));
        return string.Join(' ', session.Progress.Answers.Values.Select(answer => $"{Base(answer.Address)}={answer.Value}").Order(StringComparer.Ordinal)) + $" {session.Revision}";
    }

    /// <summary>Counts the steps of all connections, and stops one of them at a given step.</summary>
    private sealed class Fault
    {
        private int _at;
        private int _steps;
        private bool _paused;

        public int Steps => _steps;

        /// <summary>How often somebody was asked to try again.</summary>
        public int Said { get; set; }

        public void Watch(PreparedConnection connection) =>
            raw.sqlite3_progress_handler(connection.Handle, 1, _ => !_paused && Interlocked.Increment(ref _steps) == _at ? 1 : 0, null);

        public void Arm(int step) => (_at, _steps, Said) = (step, 0, 0);

        public IDisposable Pause()
        {
            _paused = true;
            return new Resume(this);
        }

        private sealed class Resume(Fault fault) : IDisposable
        {
            public void Dispose() => fault._paused = false;
        }
    }
}
