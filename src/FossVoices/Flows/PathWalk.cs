using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>Walks a flow from its start, and gathers what is asked and said on the way.</summary>
internal sealed class PathWalk
{
    private readonly Flow _flow;
    private readonly Draws _draws;
    private readonly Known _known;
    private readonly ImmutableArray<Step>.Builder _steps;

    private PathWalk(Flow flow, Draws draws, Known known) =>
        (_flow, _draws, _known, _steps) = (flow, draws, known, ImmutableArray.CreateBuilder<Step>(flow.Steps.All.Length));

    /// <summary>The steps of the path; <paramref name="known"/> has passed them all afterwards.</summary>
    public static ImmutableArray<Step> Steps(Flow flow, Progress progress, Known known)
    {
        var walk = new PathWalk(flow, progress.Draws, known);
        foreach (var item in flow.Items)
        {
            if (!walk.Passes(item))
                break;
        }

        return walk._steps.DrainToImmutable();
    }

    /// <summary>Adds the steps of one item. False where a gate was answered "no".</summary>
    private bool Passes(Item item)
    {
        if (item.If is { } condition && !condition.HoldsFor(_known))
            return true;
        if (item is Item.Group group)
            return PassesEach(group);

        var steps = _flow.Steps.Of(item);
        switch (item)
        {
            case Item.Pair pair:
                var guessFirst = _draws.GuessFirst.Contains(pair.Id);
                Add(steps[guessFirst ? 1 : 0]);
                Add(steps[guessFirst ? 0 : 1]);
                return true;
            case Item.Rank { From: { } from } when _known.Value(from) is not Value.Options { Ids.Length: >= 2 }:
                return true; // With nothing or one thing picked there is nothing to rank.
            case Item.Open open:
                Add(steps[0]);
                AddProbes(open, steps);
                return true;
            default:
                Add(steps[0]);
                return item is not Item.Gate || _known.Value(steps[0]) is not Value.Option("no");
        }
    }

    private bool PassesEach(Item.Group group)
    {
        foreach (var item in GroupOrder.Of(group, _flow, _draws, _known.Side))
        {
            if (!Passes(item))
                return false;
        }

        return true;
    }

    private void AddProbes(Item.Open open, ImmutableArray<Step> steps)
    {
        if (_known.Value(steps[0]) is not Value.Words)
            return;

        var fired = 0;
        var last = steps[0];
        for (var i = 1; i <= open.Probes.Length && fired < open.MostProbes && !SoundsLikeDistress(last); i++)
        {
            if (!open.Probes[i - 1].If.HoldsFor(_known, open.Id))
                continue;
            Add(steps[i]);
            last = steps[i];
            fired++;
        }

        if (SoundsLikeDistress(last) && steps[^1].Help is not null)
            Add(steps[^1]);
    }

    private bool SoundsLikeDistress(Step step) => _known.Heard(step) is { Distress: true };

    private void Add(Step step)
    {
        _known.Pass(step, _steps.Count);
        _steps.Add(step);
    }
}
