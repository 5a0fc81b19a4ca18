namespace FossVoices.Flows;

/// <summary>
/// Decides what of a flow is on somebody's path: from the start or, after one answer more, only for the items that look at what has
/// changed, so that a whole response costs about as much as it has questions.
/// </summary>
internal sealed class PathWalk
{
    private readonly Flow _flow;
    private readonly Draws _draws;
    private readonly Sequence _sequence;
    private readonly Known _known;

    private PathWalk(Flow flow, Progress progress, Sequence sequence, Places onPath, Places open, Places answered)
    {
        (_flow, _draws, _sequence) = (flow, progress.Draws, sequence);
        (OnPath, Open, Answered) = (onPath, open, answered);
        _known = new Known(flow, progress, sequence, onPath);
    }

    /// <summary>The places on the path.</summary>
    public Places OnPath { get; }

    /// <summary>Questions on the path that have no answer.</summary>
    public Places Open { get; }

    /// <summary>Questions on the path that have one, skips included.</summary>
    public Places Answered { get; }

    public static FlowPath FromTheStart(Flow flow, Progress progress)
    {
        var most = flow.Steps.All.Length;
        var walk = new PathWalk(flow, progress, new Sequence(flow), new Places(most), new Places(most), new Places(most));
        foreach (var item in flow.Items)
        {
            if (!walk.Passes(item, within: null))
                break;
        }

        return walk.Done(progress);
    }

    /// <summary>The same path after a question on it was answered.</summary>
    public static FlowPath On(FlowPath before, Progress next, Step answered)
    {
        if (Turns(before, next, answered))
            return FromTheStart(before.Flow, next);

        var walk = new PathWalk(before.Flow, next, before.Sequence, before.OnPath.Copy(), before.OpenPlaces.Copy(), before.Answered.Copy());
        var place = before.Sequence.PlaceOf(answered);
        walk.Open.Remove(place);
        walk.Answered.Add(place);
        return !answered.Steers || walk.Spreads(answered, place) ? walk.Done(next) : FromTheStart(before.Flow, next);
    }

    /// <summary>Whether an answer changes the side, which groups and conditions anywhere can look at, or where the flow is over.</summary>
    private static bool Turns(FlowPath before, Progress next, Step answered) => answered.Item switch
    {
        Item.Choice { SetsSide: true } => true,
        Item.Gate => EndsAt(before.Value(answered.Address)) != EndsAt(next.Answers[answered.Address].Value),
        _ => false,
    };

    private static bool EndsAt(Value? gate) => gate is Value.Option("no");

    private FlowPath Done(Progress progress)
    {
        _known.Before = int.MaxValue;
        return new FlowPath(_flow, progress, _sequence, OnPath, Open, Answered, _known);
    }

    /// <summary>
    /// Looks again at every item that looks at what has changed, in order, and at those that look at these. False where that comes to
    /// something that turns the whole path.
    /// </summary>
    private bool Spreads(Step answered, int place)
    {
        var again = new SortedSet<int>();
        if (answered.Item is Item.Open)
            again.Add(_sequence.EntryAt(place).From);
        Queue(answered, place);

        while (again.Count > 0)
        {
            var entry = _sequence.EntryAt(again.Min);
            again.Remove(entry.From);
            var before = Seen(entry);
            Decide(entry);
            var after = Seen(entry);
            for (var i = 0; i < entry.Length; i++)
            {
                if (before[i] == after[i])
                    continue;
                if (entry.Item is Item.Gate or Item.Choice { SetsSide: true })
                    return false;
                Queue(_sequence[entry.From + i], entry.From + i);
            }
        }

        return true;

        void Queue(Step changed, int at)
        {
            foreach (var dependent in _flow.Steps.DependentsOf(changed))
            {
                // Nothing looks ahead: what comes before the change knows nothing of it.
                if (_sequence.PlaceOf(dependent) is var first && first > at)
                    again.Add(_sequence.EntryAt(first).From);
            }
        }

        (bool OnPath, bool Answered)[] Seen(Sequence.Entry entry) =>
            [.. Enumerable.Range(entry.From, entry.Length).Select(i => (OnPath.Has(i), Answered.Has(i)))];
    }

    /// <summary>Adds one item with its steps. False where a gate was answered "no".</summary>
    private bool Passes(Item item, Sequence.Within? within)
    {
        if (item is Item.Group group)
            return PassesEach(group, within);

        var steps = _flow.Steps.Of(item);
        var entry = item is Item.Pair && _draws.GuessFirst.Contains(item.Id)
            ? _sequence.Add(item, [steps[1], steps[0]], within)
            : _sequence.Add(item, steps.AsSpan(), within);
        Decide(entry);
        return item is not Item.Gate || !EndsAt(_known.Value(steps[0]));
    }

    private bool PassesEach(Item.Group group, Sequence.Within? within)
    {
        _known.Before = _sequence.Length;
        var inside = group.If is { } condition ? new Sequence.Within(condition, _sequence.Length, within) : within;
        foreach (var item in GroupOrder.Of(group, _flow, _draws, _known.Side))
        {
            if (!Passes(item, inside))
                return false;
        }

        return true;
    }

    /// <summary>Decides which steps of an item are on the path, by what is known where it stands.</summary>
    private void Decide(Sequence.Entry entry)
    {
        for (var place = entry.From; place < entry.From + entry.Length; place++)
        {
            OnPath.Remove(place);
            Open.Remove(place);
            Answered.Remove(place);
        }

        for (var group = entry.Within; group is not null; group = group.Outer)
        {
            if (!HoldsAt(group.From, group.If))
                return;
        }

        if (entry.Item.If is { } condition && !HoldsAt(entry.From, condition))
            return;

        _known.Before = entry.From;
        switch (entry.Item)
        {
            case Item.Rank { From: { } from } when _known.Value(from) is not Value.Options { Ids.Length: >= 2 }:
                break; // With nothing or one thing picked there is nothing to rank.
            case Item.Pair:
                Pass(entry.From);
                Pass(entry.From + 1);
                break;
            case Item.Mirror mirror when _draws.Excerpts.GetValueOrDefault(mirror.Id, []).IsEmpty:
                break; // Nobody released anything that this person may be shown.
            case Item.Mirror:
                for (var place = entry.From; place < entry.From + entry.Length; place++)
                    Pass(place);
                break;
            case Item.Open open:
                Pass(entry.From);
                PassProbes(open, entry);
                break;
            default:
                Pass(entry.From);
                break;
        }
    }

    private void PassProbes(Item.Open open, Sequence.Entry entry)
    {
        var last = _sequence[entry.From];
        if (_known.Value(last) is not Value.Words)
            return;

        var fired = 0;
        for (var i = 1; i <= open.Probes.Length && fired < open.MostProbes && !SoundsLikeDistress(last); i++)
        {
            if (!HoldsAt(entry.From + i, open.Probes[i - 1].If, open.Id))
                continue;
            Pass(entry.From + i);
            last = _sequence[entry.From + i];
            fired++;
        }

        var end = entry.From + entry.Length - 1;
        if (SoundsLikeDistress(last) && _sequence[end].Help is not null)
            Pass(end);
    }

    private bool SoundsLikeDistress(Step step) => _known.Heard(step) is { Distress: true };

    private bool HoldsAt(int place, Condition condition, string? about = null)
    {
        _known.Before = place;
        return condition.HoldsFor(_known, about);
    }

    private void Pass(int place)
    {
        OnPath.Add(place);
        _known.Before = place + 1;
        if (_sequence[place].IsNotice)
            return;
        if (_known.Value(_sequence[place]) is null)
            Open.Add(place);
        else
            Answered.Add(place);
    }
}
