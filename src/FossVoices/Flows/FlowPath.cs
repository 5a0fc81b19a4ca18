using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>The way through a flow that someone's answers lead: what has been asked, what stands, and what would follow as things are.</summary>
public sealed class FlowPath
{
    private readonly Progress _progress;
    private readonly Known _known;

    private FlowPath(Progress progress, Known known, ImmutableArray<Step> steps) =>
        (_progress, _known, Steps) = (progress, known, steps);

    /// <summary>Every step in order, notices included, up to the end or to the gate that was answered "no".</summary>
    public ImmutableArray<Step> Steps { get; }

    /// <summary>The side the person answers from: <c>upstream</c>, <c>downstream</c>, or null where none is set.</summary>
    public string? Side => _known.Side;

    /// <summary>Whether the person is on both sides; in a report they are the bridge group.</summary>
    public bool Both => _known.Both;

    /// <summary>The first question of the path that has no answer, or null where there is none: then the flow is finished.</summary>
    public Step? Open => Steps.FirstOrDefault(s => !s.IsNotice && !_progress.Answers.ContainsKey(s.Address));

    /// <summary>What is asked now: where the person went back to, or else the first open question.</summary>
    public Step? Standing => (_progress.Revisiting is { } address ? Find(address) : null) ?? Open;

    /// <summary>Whether every core question on the path has been answered, skipped ones included.</summary>
    public bool CoreDone => Steps.All(s => !s.Item.Core || s.IsNotice || s.Probe is not null || _progress.Answers.ContainsKey(s.Address))
        && Steps.Any(s => s.Item.Core);

    public Step? Find(string address) => Steps.FirstOrDefault(s => s.Address == address);

    /// <summary>The value at an address on the path, or null.</summary>
    public Value? Value(string address) => _known.Value(address);

    /// <summary>Whether the person's own views hold both halves of the tension.</summary>
    public bool Holds(string tension) => _known.HoldsBothHalves(tension);

    public static FlowPath Of(Flow flow, Progress progress)
    {
        var known = new Known(flow, progress);
        var steps = ImmutableArray.CreateBuilder<Step>(flow.InFileOrder.Length + 8);
        foreach (var item in flow.Items)
        {
            if (!Walk(item, flow, progress, known, steps))
                break;
        }

        return new FlowPath(progress, known, steps.ToImmutable());
    }

    /// <summary>Adds the steps of one item. False where a gate was answered "no".</summary>
    private static bool Walk(Item item, Flow flow, Progress progress, Known known, ImmutableArray<Step>.Builder steps)
    {
        if (item.If is { } condition && !condition.HoldsFor(known))
            return true;

        switch (item)
        {
            case Item.Group group:
                foreach (var inside in GroupOrder.Of(group, progress.Draws, known.Side))
                {
                    if (!Walk(inside, flow, progress, known, steps))
                        return false;
                }

                return true;
            case Item.Pair pair:
                var own = new Step($"{pair.Id}.own", item, Half.Own);
                var guess = new Step($"{pair.Id}.other", item, Half.Guess);
                var guessFirst = progress.Draws.GuessFirst.Contains(pair.Id);
                Add(guessFirst ? guess : own);
                Add(guessFirst ? own : guess);
                return true;
            case Item.Rank { From: { } from } when known.Value(from) is not Flows.Value.Options { Ids.Length: >= 2 }:
                return true; // With nothing or one thing picked there is nothing to rank.
            case Item.Open open:
                Add(new Step(open.Id, item));
                Probe(open);
                return true;
            default:
                Add(new Step(item.Id, item));
                return item is not Item.Gate || known.Value(item.Id) is not Flows.Value.Option("no");
        }

        void Add(Step step)
        {
            steps.Add(step);
            known.Pass(step);
        }

        void Probe(Item.Open open)
        {
            if (known.Heard(open.Id) is { Distress: true })
            {
                if (flow.Setting.Help is { } help)
                    Add(new Step($"{open.Id}#help", open, Help: help));
                return;
            }

            var fired = 0;
            foreach (var probe in open.Probes)
            {
                if (fired < open.MostProbes && known.Value(open.Id) is Flows.Value.Words && probe.If.HoldsFor(known, open.Id))
                {
                    Add(new Step($"{open.Id}#{probe.Id}", open, Probe: probe));
                    fired++;
                }
            }
        }
    }
}
