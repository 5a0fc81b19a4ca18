using FossVoices.Flows;

namespace FossVoices.Tests.Flows;

/// <summary>A path walked as simply as it can be said: item by item, with a list of the steps passed, and nothing carried over.</summary>
internal sealed class PlainWalk(Flow flow, Progress progress) : IEvidence
{
    private readonly List<Step> _passed = [];

    public string? Side =>
        _passed.Where(s => s.Item is Item.Choice { SetsSide: true }).Select(s => Value(s.Address)).OfType<Value.Option>().LastOrDefault() is { Id: var side } && side != "both"
            ? side
            : null;

    public static List<Step> Of(Flow flow, Progress progress)
    {
        var walk = new PlainWalk(flow, progress);
        _ = flow.Items.All(walk.Passes);
        return walk._passed;
    }

    public Value? Value(string address) =>
        _passed.Find(s => s.Address == address) is { } step && progress.Answers.GetValueOrDefault(address)?.Value is { } value
        && !(step.Item is Item.Rank { From: { } from } && value is Value.Options(var ranked) && !(Value(from) is Value.Options(var picked) && ranked.All(picked.Contains)))
            ? value
            : null;

    public Heard? Heard(string address) => _passed.Exists(s => s.Address == address) ? progress.Heard.GetValueOrDefault(address) : null;

    public bool HoldsBothHalves(string tension) => throw new NotSupportedException("Random flows have no tensions.");

    private bool Passes(Item item)
    {
        if (item.If?.HoldsFor(this) == false)
            return true;
        if (item is Item.Group group)
            return GroupOrder.Of(group, flow, progress.Draws, Side).ToArray().All(Passes);
        if (item is Item.Rank { From: { } from } && Value(from) is not Value.Options { Ids.Length: >= 2 })
            return true;

        var steps = flow.Steps.Of(item);
        switch (item)
        {
            case Item.Pair when progress.Draws.GuessFirst.Contains(item.Id):
                _passed.AddRange([steps[1], steps[0]]);
                break;
            case Item.Pair:
                _passed.AddRange([steps[0], steps[1]]);
                break;
            case Item.Open open:
                _passed.Add(steps[0]);
                if (Value(open.Id) is Value.Words)
                    PassProbes(open);
                break;
            default:
                _passed.Add(steps[0]);
                break;
        }

        return item is not Item.Gate || Value(item.Id) is not Value.Option("no");
    }

    private void PassProbes(Item.Open open)
    {
        var fired = 0;
        foreach (var step in flow.Steps.Of(open).Where(s => s.Probe is not null))
        {
            if (fired == open.MostProbes || Heard(_passed[^1].Address)?.Distress == true)
                break;
            if (!step.Probe!.If.HoldsFor(this, open.Id))
                continue;
            _passed.Add(step);
            fired++;
        }

        if (Heard(_passed[^1].Address)?.Distress == true && flow.Steps.Of(open).FirstOrDefault(s => s.Help is not null) is { } help)
            _passed.Add(help);
    }
}
