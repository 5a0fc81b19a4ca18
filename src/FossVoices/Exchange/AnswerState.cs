using FossVoices.Definitions;
using FossVoices.Flows;

namespace FossVoices.Exchange;

/// <summary>
/// What became of one question for one person. The numbers stand in the wide tables where there is no answer, below zero as in the large panels,
/// so that planned missingness, a skip and "I don't know" stay three things.
/// </summary>
internal enum AnswerState
{
    Answered = 0,

    /// <summary>"I don't know" was chosen.</summary>
    DontKnow = -1,

    /// <summary>The person chose not to answer.</summary>
    Skipped = -2,

    /// <summary>Planned missingness: chance left the question out for this person.</summary>
    NotShown = -3,

    /// <summary>The question's condition did not hold, or the probe did not fire.</summary>
    NotAsked = -4,

    /// <summary>It was on offer behind a gate that the person answered with no.</summary>
    Declined = -5,

    /// <summary>The person stopped before it.</summary>
    NotReached = -6,

    /// <summary>It was answered, and then the person went back and another way.</summary>
    LeftBehind = -7,

    /// <summary>This version of the flow did not have it.</summary>
    NotInVersion = -8,

    /// <summary>There are words, and they do not leave with this export.</summary>
    Withheld = -9,
}

/// <summary>Finds what became of each question of a flow in one filling.</summary>
internal sealed class AnswerStates
{
    private readonly Progress _progress;
    private readonly FlowPath _path;
    private readonly HashSet<string> _notShown;
    private readonly int _closedAt;

    public AnswerStates(Flow flow, Progress progress)
    {
        _progress = progress;
        _path = FlowPath.Of(flow, progress);
        _notShown = [.. flow.Items.SelectMany(item => NotShown(item, flow))];
        _closedAt = _path.Steps is [.., var last] && last.Item is Item.Gate && _path.Value(last.Address) is Value.Option("no") ? last.Index : int.MaxValue;
    }

    /// <summary>What became of a step, and the answer where there is one that counts.</summary>
    public (AnswerState State, Value? Value) Of(Step step) => _path.Value(step.Address) switch
    {
        Value.DontKnow => (AnswerState.DontKnow, null),
        Value.Skipped => (AnswerState.Skipped, null),
        { } value => (AnswerState.Answered, value),
        null => (Unanswered(step), null),
    };

    /// <summary>As it is written in tables: <c>dont_know</c>.</summary>
    public static string NameOf(AnswerState state) => Spelling.Of(state);

    private AnswerState Unanswered(Step step) =>
        _path.Find(step.Address) is not null ? AnswerState.NotReached
        : _progress.Answers.ContainsKey(step.Address) ? AnswerState.LeftBehind
        : _notShown.Contains(step.Item.Id) ? AnswerState.NotShown
        : step.Index > _closedAt ? AnswerState.Declined
        : AnswerState.NotAsked;

    private IEnumerable<string> NotShown(Item item, Flow flow)
    {
        if (item is not Item.Group group)
            return [];
        var shown = GroupOrder.Of(group, flow, _progress.Draws, _path.Side).Select(i => i.Id).ToHashSet(StringComparer.Ordinal);
        return group.Items.SelectMany(inside => shown.Contains(inside.Id) ? NotShown(inside, flow) : All(inside));
    }

    private static IEnumerable<string> All(Item item) => item is Item.Group group ? group.Items.SelectMany(All) : [item.Id];
}
