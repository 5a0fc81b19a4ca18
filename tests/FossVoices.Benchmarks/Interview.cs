using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Storage;
using FossVoices.Studies;
using FossVoices.Tests.Storage;

namespace FossVoices.Benchmarks;

/// <summary>One respondent who agrees and answers everything, a turn at a time.</summary>
internal sealed class Interview(Database database, TurnStore turns, string id)
{
    private static readonly Reply[] s_replies =
    [
        SmallFlow.Choose("upstream"), SmallFlow.Choose("4"), SmallFlow.Choose("2"),
        new Reply.Said("Reviews wait for weeks, and I do not know whom to ask. Some days I think of leaving it to somebody else; then a kind note comes, and I stay."),
        SmallFlow.Choose("time"), new Reply.Said("7"),
    ];

    /// <summary>How many turns there are, the beginning included.</summary>
    public static int Turns => s_replies.Length + 1;

    /// <summary>Takes the turn of a number, from 0, and returns the revision afterwards.</summary>
    public async Task<int> TakeAsync(int number)
    {
        var kept = number == 0
            ? await BeginAsync()
            : await turns.TakeAsync(SmallFlow.Study, $"{id} {number}", id, number - 1, session => Decide(session, s_replies[number - 1]), CancellationToken.None);
        return kept is Kept.Now(var session, _) ? session.Revision : throw new InvalidOperationException($"{id}, turn {number}: {kept}");
    }

    private Task<Kept> BeginAsync()
    {
        var progress = Progress.Begin(SmallFlow.Flow, seed: 7);
        var session = new Session(
            SmallFlow.Study, id, SmallFlow.Id, SmallFlow.Flow.Hash, $"person of {id}", "", new Origin("web", ""), progress, 0, TimeProvider.System.GetUtcNow(), null, null);
        var receipt = Receipt.Of(database.StudyKey(SmallFlow.Study), SmallFlow.Study, id);
        return turns.BeginAsync(SmallFlow.Study, $"{id} 0", session, Facts(progress), receipt.Fingerprint, "consent", new Bundle(session.FlowHash, session.Flow, "{}"), CancellationToken.None);
    }

    private static Decided Decide(Session session, Reply reply)
    {
        var turn = FlowEngine.Take(SmallFlow.Flow, session.Progress, reply, heard: null, TimeProvider.System.GetUtcNow());
        return new Decided(turn, Facts(turn.Progress));
    }

    private static PathFacts Facts(Progress progress) => PathFacts.Of(FlowPath.Of(SmallFlow.Flow, progress));
}
