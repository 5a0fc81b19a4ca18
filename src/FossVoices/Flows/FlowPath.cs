using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>The way through a flow that someone's answers lead: what has been asked, what stands, and what would follow as things are.</summary>
public sealed class FlowPath
{
    private readonly Known _known;
    private readonly Route _route;

    /// <summary>The place of the first open question; the number of steps where there is none.</summary>
    private readonly int _open;

    private FlowPath(Flow flow, Progress progress, Known known, Route route, int open) =>
        (Flow, Progress, _known, _route, _open) = (flow, progress, known, route, open);

    /// <summary>Every step in order, notices included, up to the end or to the gate that was answered "no".</summary>
    public ImmutableArray<Step> Steps => _route.Steps;

    /// <summary>The side the person answers from: <c>upstream</c>, <c>downstream</c>, or null where none is set.</summary>
    public string? Side => _known.Side;

    /// <summary>Whether the person is on both sides; in a report they are the bridge group.</summary>
    public bool Both => _known.Both;

    /// <summary>The first question of the path that has no answer, or null where there is none: then the flow is finished.</summary>
    public Step? Open => _open < Steps.Length ? Steps[_open] : null;

    /// <summary>What is asked now: where the person went back to, or else the first open question.</summary>
    public Step? Standing => (Progress.Revisiting is { } address ? Find(address) : null) ?? Open;

    /// <summary>Whether every core question on the path has been answered, skipped ones included.</summary>
    public bool CoreDone => !_route.Core.IsEmpty && _route.Core.All(IsAnswered);

    internal Flow Flow { get; }

    internal Progress Progress { get; }

    public Step? Find(string address) => Flow.Steps.At(address) is { } step && _known.PlaceOf(step) >= 0 ? step : null;

    /// <summary>The value that counts at an address, or null: off the path, or where nothing has been answered.</summary>
    public Value? Value(string address) => _known.Value(address);

    /// <summary>Whether the person's own views hold both halves of the tension.</summary>
    public bool Holds(string tension) => _known.HoldsBothHalves(tension);

    /// <summary>The path of what is known. A pure function of both; walked once for each progress.</summary>
    public static FlowPath Of(Flow flow, Progress progress) => progress.Walked(flow) ?? progress.Remember(Walk(flow, progress));

    /// <summary>The question that was answered last before this place, or null.</summary>
    internal Step? Before(Step? step)
    {
        for (var place = (step is null ? Steps.Length : _known.PlaceOf(step)) - 1; place >= 0; place--)
        {
            if (IsAnswered(Steps[place]))
                return Steps[place];
        }

        return null;
    }

    /// <summary>The lines to read between the question before the step and the step itself; before the end, where it is null.</summary>
    internal IEnumerable<Step> NoticesBefore(Step? step)
    {
        var to = step is null ? Steps.Length : _known.PlaceOf(step);
        var from = to;
        while (from > 0 && Steps[from - 1].IsNotice)
            from--;
        return Steps[from..to];
    }

    /// <summary>Which question it is, counted from 1.</summary>
    internal int NumberOf(Step step) => _route.Numbers[_known.PlaceOf(step)];

    /// <summary>How many questions there are as things stand. While a gate is open, what follows it is an offer and no part of the way.</summary>
    internal int NumberOfLast(Step standing)
    {
        var gate = _route.Gates.FirstOrDefault(g => !IsAnswered(g));
        return Math.Max(gate is null ? _route.Numbers[^1] : NumberOf(gate), NumberOf(standing));
    }

    internal bool IsAnswered(Step step) => !step.IsNotice && _known.Value(step) is not null;

    /// <summary>The path after a question on it was answered; walked anew only where the answer can steer.</summary>
    internal FlowPath After(Progress next, Step answered)
    {
        if (answered.Steers)
            return Of(Flow, next);

        var known = _known.With(next);
        return next.Remember(new FlowPath(Flow, next, known, _route, FirstOpen(Steps, known, _open)));
    }

    private static FlowPath Walk(Flow flow, Progress progress)
    {
        var known = new Known(flow, progress);
        var steps = PathWalk.Steps(flow, progress, known);
        return new FlowPath(flow, progress, known, Route.Of(steps), FirstOpen(steps, known, 0));
    }

    private static int FirstOpen(ImmutableArray<Step> steps, Known known, int from)
    {
        while (from < steps.Length && (steps[from].IsNotice || known.Value(steps[from]) is not null))
            from++;
        return from;
    }

    /// <summary>The steps of a path, and what can be said of them without the answers.</summary>
    /// <param name="Numbers">For each step, how many questions there are up to it, itself included.</param>
    private sealed record Route(ImmutableArray<Step> Steps, ImmutableArray<int> Numbers, ImmutableArray<Step> Core, ImmutableArray<Step> Gates)
    {
        public static Route Of(ImmutableArray<Step> steps)
        {
            var numbers = ImmutableArray.CreateBuilder<int>(steps.Length);
            var (core, gates) = (ImmutableArray.CreateBuilder<Step>(), ImmutableArray.CreateBuilder<Step>());
            var number = 0;
            foreach (var step in steps)
            {
                number += step.IsNotice ? 0 : 1;
                numbers.Add(number);
                if (step.IsCore)
                    core.Add(step);
                if (step.Item is Item.Gate)
                    gates.Add(step);
            }

            return new Route(steps, numbers.MoveToImmutable(), core.ToImmutable(), gates.ToImmutable());
        }
    }
}
