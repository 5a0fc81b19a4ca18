namespace FossVoices.Flows;

/// <summary>
/// What conditions may look at while the path is walked: the answers on the path so far, never one that going back
/// has left behind.
/// </summary>
internal sealed class Known(Flow flow, Progress progress)
{
    private readonly HashSet<string> _onPath = new(StringComparer.Ordinal);

    /// <summary>The side the person answers from, set by the last answer that sets it; null before, and for "both".</summary>
    public string? Side { get; private set; }

    /// <summary>Whether the person said to be on both sides, whichever position was then chosen.</summary>
    public bool Both { get; private set; }

    public Value? Value(string address) =>
        _onPath.Contains(address) && progress.Answers.TryGetValue(address, out var answer) ? answer.Value : null;

    public Heard? Heard(string address) => _onPath.Contains(address) ? progress.Heard.GetValueOrDefault(address) : null;

    public bool HoldsBothHalves(string tension) =>
        flow.FindTension(tension) is { } t && HoldsHalf(t.A) && HoldsHalf(t.B);

    /// <summary>Takes one step of the path into account.</summary>
    public void Pass(Step step)
    {
        _onPath.Add(step.Address);
        if (step.Item is not Item.Choice { SetsSide: true } || Value(step.Address) is not Value.Option(var side))
            return;

        Both |= side == "both";
        Side = side is "upstream" or "downstream" ? side : null;
    }

    private bool HoldsHalf(string itemId) => flow.Find(itemId) switch
    {
        Item.Rating rating => Value(rating.Id) is Flows.Value.Point(var point) && point >= rating.Scale.AgreeFrom,
        Item.Pair pair => Value($"{pair.Id}.own") is Flows.Value.Point(var point) && point >= pair.Scale.AgreeFrom,
        _ => false,
    };
}
