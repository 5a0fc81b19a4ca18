namespace FossVoices.Flows;

/// <summary>
/// What conditions may look at: the answers on the path before a place, never one that going back has left behind.
/// </summary>
/// <param name="onPath">The places that are on the path.</param>
internal sealed class Known(Flow flow, Progress progress, Sequence sequence, Places onPath) : IEvidence
{
    /// <summary>Only what stands before this place is known.</summary>
    public int Before { get; set; } = int.MaxValue;

    /// <summary>The side the person answers from, set by the last answer that sets it; null before, and for "both".</summary>
    public string? Side
    {
        get
        {
            string? side = null;
            foreach (var place in sequence.SideSetters)
            {
                if (Value(sequence[place]) is Value.Option(var id))
                    side = id is "upstream" or "downstream" ? id : null;
            }

            return side;
        }
    }

    /// <summary>Whether the person said to be on both sides, whichever position was then chosen.</summary>
    public bool Both => sequence.SideSetters.Any(place => Value(sequence[place]) is Value.Option("both"));

    public Value? Value(string address) => flow.Steps.At(address) is { } step ? Value(step) : null;

    /// <summary>What counts as the step's answer, or null.</summary>
    public Value? Value(Step step) =>
        Passed(step) && progress.Answers.TryGetValue(step.Address, out var answer) && Stands(step, answer.Value) ? answer.Value : null;

    public Heard? Heard(Step step) => Passed(step) ? progress.Heard.GetValueOrDefault(step.Address) : null;

    public Heard? Heard(string address) => flow.Steps.At(address) is { } step ? Heard(step) : null;

    public bool HoldsBothHalves(string tension) =>
        flow.FindTension(tension) is { } t && HoldsHalf(t.A) && HoldsHalf(t.B);

    private bool Passed(Step step) => sequence.PlaceOf(step) is >= 0 and var place && place < Before && onPath.Has(place);

    /// <summary>A ranking of things that are no longer picked is no answer any more; it is kept, and asked again.</summary>
    private bool Stands(Step step, Value value) => step.Item is not Item.Rank { From: { } from }
        || value is not Value.Options(var ranked)
        || (Value(from) is Value.Options(var picked) && ranked.All(picked.Contains));

    private bool HoldsHalf(string itemId) => flow.Find(itemId) switch
    {
        Item.Rating rating => Value(rating.Id) is Flows.Value.Point(var point) && point >= rating.Scale.AgreeFrom,
        Item.Pair pair => Value($"{pair.Id}.own") is Flows.Value.Point(var point) && point >= pair.Scale.AgreeFrom,
        _ => false,
    };
}
