namespace FossVoices.Flows;

/// <summary>
/// What conditions may look at while the path is walked: the answers on the path so far, never one that going back
/// has left behind.
/// </summary>
internal sealed class Known : IEvidence
{
    private readonly Flow _flow;
    private readonly Progress _progress;

    /// <summary>Where each of the flow's steps stands on the path, counted from 1; 0 where it does not.</summary>
    private readonly int[] _places;

    public Known(Flow flow, Progress progress) => (_flow, _progress, _places) = (flow, progress, new int[flow.Steps.All.Length]);

    private Known(Known other, Progress progress) =>
        (_flow, _progress, _places, Side, Both) = (other._flow, progress, other._places, other.Side, other.Both);

    /// <summary>The side the person answers from, set by the last answer that sets it; null before, and for "both".</summary>
    public string? Side { get; private set; }

    /// <summary>Whether the person said to be on both sides, whichever position was then chosen.</summary>
    public bool Both { get; private set; }

    /// <summary>The same path with an answer more, or another one, that steers nothing.</summary>
    public Known With(Progress progress) => new(this, progress);

    /// <summary>Where the step stands on the path, counted from 0; −1 where it does not.</summary>
    public int PlaceOf(Step step) => _places[step.Index] - 1;

    public Value? Value(string address) => _flow.Steps.At(address) is { } step ? Value(step) : null;

    /// <summary>What counts as the step's answer, or null.</summary>
    public Value? Value(Step step) =>
        _places[step.Index] > 0 && _progress.Answers.TryGetValue(step.Address, out var answer) && Stands(step, answer.Value) ? answer.Value : null;

    public Heard? Heard(Step step) => _places[step.Index] > 0 ? _progress.Heard.GetValueOrDefault(step.Address) : null;

    public Heard? Heard(string address) => _flow.Steps.At(address) is { } step ? Heard(step) : null;

    public bool HoldsBothHalves(string tension) =>
        _flow.FindTension(tension) is { } t && HoldsHalf(t.A) && HoldsHalf(t.B);

    /// <summary>Takes one step of the path into account.</summary>
    public void Pass(Step step, int place)
    {
        _places[step.Index] = place + 1;
        if (step.Item is not Item.Choice { SetsSide: true } || Value(step) is not Value.Option(var side))
            return;

        Both |= side == "both";
        Side = side is "upstream" or "downstream" ? side : null;
    }

    /// <summary>A ranking of things that are no longer picked is no answer any more; it is kept, and asked again.</summary>
    private bool Stands(Step step, Value value) => step.Item is not Item.Rank { From: { } from }
        || value is not Value.Options(var ranked)
        || (Value(from) is Value.Options(var picked) && ranked.All(picked.Contains));

    private bool HoldsHalf(string itemId) => _flow.Find(itemId) switch
    {
        Item.Rating rating => Value(rating.Id) is Flows.Value.Point(var point) && point >= rating.Scale.AgreeFrom,
        Item.Pair pair => Value($"{pair.Id}.own") is Flows.Value.Point(var point) && point >= pair.Scale.AgreeFrom,
        _ => false,
    };
}
