using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>The way through a flow that someone's answers lead: what has been asked, what stands, and what would follow as things are.</summary>
public sealed class FlowPath
{
    private readonly Known _known;
    private ImmutableArray<Step> _steps;

    internal FlowPath(Flow flow, Progress progress, Sequence sequence, Places onPath, Places open, Places answered, Known known) =>
        (Flow, Progress, Sequence, OnPath, OpenPlaces, Answered, _known) = (flow, progress, sequence, onPath, open, answered, known);

    /// <summary>Every step in order, notices included, up to the end or to the gate that was answered "no".</summary>
    public ImmutableArray<Step> Steps => _steps.IsDefault ? _steps = [.. PlacesOnPath().Select(place => Sequence[place])] : _steps;

    /// <summary>The side the person answers from: <c>upstream</c>, <c>downstream</c>, or null where none is set.</summary>
    public string? Side => _known.Side;

    /// <summary>Whether the person is on both sides; in a report they are the bridge group.</summary>
    public bool Both => _known.Both;

    /// <summary>The first question of the path that has no answer, or null where there is none: then the flow is finished.</summary>
    public Step? Open => OpenPlaces.FirstFrom(0) is >= 0 and var place ? Sequence[place] : null;

    /// <summary>What is asked now: where the person went back to, or else the first open question.</summary>
    public Step? Standing => (Progress.Revisiting is { } address ? Find(address) : null) ?? Open;

    /// <summary>Whether every core question on the path has been answered, skipped ones included.</summary>
    public bool CoreDone => OnPath.Overlaps(Sequence.Core) && !OpenPlaces.Overlaps(Sequence.Core);

    internal Flow Flow { get; }

    internal Progress Progress { get; }

    internal Sequence Sequence { get; }

    internal Places OnPath { get; }

    internal Places OpenPlaces { get; }

    internal Places Answered { get; }

    public Step? Find(string address) => Flow.Steps.At(address) is { } step && IsOnPath(step) ? step : null;

    /// <summary>The value that counts at an address, or null: off the path, or where nothing has been answered.</summary>
    public Value? Value(string address) => _known.Value(address);

    /// <summary>Whether the person's own views hold both halves of the tension.</summary>
    public bool Holds(string tension) => _known.HoldsBothHalves(tension);

    /// <summary>The path of what is known. A pure function of both; walked once for each progress.</summary>
    public static FlowPath Of(Flow flow, Progress progress) => progress.Walked(flow) ?? progress.Remember(PathWalk.FromTheStart(flow, progress));

    /// <summary>Whether it is the first question of the path's first mirror.</summary>
    internal bool IsFirstMirror(Step step) => step.Mirrors == MirrorPart.Thinks && Steps.FirstOrDefault(one => one.Item is Item.Mirror) == step;

    /// <summary>The question that was answered last before this place, or null.</summary>
    internal Step? Before(Step? step) =>
        Answered.LastBefore(step is null ? Sequence.Length : Sequence.PlaceOf(step)) is >= 0 and var place ? Sequence[place] : null;

    /// <summary>
    /// The questions after the one that stands that could be answered on the same page: simple ones with nothing between them, none of which decides
    /// about another or quotes it, and none that is to be kept apart from another.
    /// </summary>
    internal ImmutableArray<Step> AlongsideStanding(int most)
    {
        var page = ImmutableArray.CreateBuilder<Step>();
        if (Standing is not { } first || first != Open || !first.IsSimple)
            return [];
        page.Add(first);
        for (var place = Sequence.PlaceOf(first) + 1; page.Count <= most && place < Sequence.Length; place++)
        {
            var step = Sequence[place];
            if (page.Any(other => MayMove(other, place)))
                break;
            if (!OnPath.Has(place))
                continue;
            if (!step.IsSimple || !OpenPlaces.Has(place) || page.Any(other => ArePartedBy(step, other)))
                break;
            page.Add(step);
        }

        page.RemoveAt(0);
        return page.ToImmutable();
    }

    /// <summary>Whether an answer can decide whether the step at a later place is asked.</summary>
    private bool MayMove(Step step, int place) => step.Item is Item.Choice { SetsSide: true } || Flow.Steps.DependentsOf(step).Any(dependent => Sequence.PlaceOf(dependent) == place);

    private bool ArePartedBy(Step step, Step other) =>
        step.Item.ApartFrom.Contains(other.Item.Id) || other.Item.ApartFrom.Contains(step.Item.Id)
        || Flow.Setting.Tensions.Any(t => (t.A == step.Item.Id && t.B == other.Item.Id) || (t.A == other.Item.Id && t.B == step.Item.Id))
        || step.Text!.Places.Any(place => place.Name == other.Address || place.Name == other.Item.Id);

    /// <summary>The lines to read between the question before the step and the step itself; before the end, where it is null.</summary>
    internal IEnumerable<Step> NoticesBefore(Step? step)
    {
        var notices = new List<Step>();
        var to = step is null ? Sequence.Length : Sequence.PlaceOf(step);
        for (var place = OnPath.LastBefore(to); place >= 0 && Sequence[place].IsNotice; place = OnPath.LastBefore(place))
            notices.Insert(0, Sequence[place]);
        return notices;
    }

    /// <summary>Which question it is, counted from 1.</summary>
    internal int NumberOf(Step step) => Sequence.PlaceOf(step) is var place ? OpenPlaces.CountTo(place) + Answered.CountTo(place) : 0;

    /// <summary>How many questions there are as things stand. While a gate is open, what follows it is an offer and no part of the way.</summary>
    internal int NumberOfLast(Step standing) => Math.Max(
        OpenPlaces.FirstIn(Sequence.Gates) is >= 0 and var gate ? NumberOf(Sequence[gate]) : OpenPlaces.Count() + Answered.Count(), NumberOf(standing));

    internal bool IsAnswered(Step step) => Sequence.PlaceOf(step) is >= 0 and var place && Answered.Has(place);

    internal bool IsOnPath(Step step) => Sequence.PlaceOf(step) is >= 0 and var place && OnPath.Has(place);

    /// <summary>The path after a question on it was answered.</summary>
    internal FlowPath After(Progress next, Step answered) => next.Remember(PathWalk.On(this, next, answered));

    /// <summary>The same path for somebody who knows the same, and stands elsewhere.</summary>
    internal FlowPath With(Progress progress) => new(Flow, progress, Sequence, OnPath, OpenPlaces, Answered, _known) { _steps = _steps };

    private IEnumerable<int> PlacesOnPath()
    {
        for (var place = OnPath.FirstFrom(0); place >= 0; place = place + 1 < Sequence.Length ? OnPath.FirstFrom(place + 1) : -1)
            yield return place;
    }
}
