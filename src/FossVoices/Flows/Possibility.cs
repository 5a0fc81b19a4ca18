using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>
/// Finds out whether anybody can come to an item: tries the answers that its condition can tell apart, together with those that
/// decide whether the items it looks at are asked at all.
/// </summary>
internal sealed class Possibility
{
    /// <summary>Beyond so many combinations the item is taken to be possible: a complaint must never be wrong.</summary>
    private const int Most = 5000;

    /// <summary>With so many options named, there are more combinations than are tried.</summary>
    private const int MostNamed = 16;

    private readonly Flow _flow;
    private readonly Dictionary<string, Condition?> _guards = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Item.Choice> _sides;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public Possibility(Flow flow)
    {
        _flow = flow;
        _sides = [.. flow.InFileOrder.OfType<Item.Choice>().Where(c => c.SetsSide)];
        foreach (var item in flow.Items)
            Guard(item, null);
    }

    /// <summary>Whether the condition alone can hold, whatever is asked.</summary>
    public bool CanHold(Condition condition, string? about = null) => Any(condition, about, guarded: false);

    /// <summary>Whether an item can be asked, its own condition and those of its groups and of what they look at taken together.</summary>
    public bool CanBeAsked(Item item) => _guards[item.Id] is not { } guard || Any(guard, null, guarded: true, item);

    /// <summary>Whether a probe can be asked.</summary>
    public bool CanBeAsked(Item.Open open, Probe probe) =>
        Any(_guards[open.Id] is { } guard ? new Condition.All([guard, probe.If]) : probe.If, open.Id, guarded: true, open);

    private void Guard(Item item, Condition? outer)
    {
        var guard = (outer, item.If) switch
        {
            (null, var own) => own,
            (var groups, null) => groups,
            var (groups, own) => new Condition.All([groups, own]),
        };
        _places[item.Id] = _places.Count;
        _guards[item.Id] = guard;
        foreach (var inside in item is Item.Group group ? group.Items : [])
            Guard(inside, guard);
    }

    private bool Any(Condition condition, string? about, bool guarded, Item? item = null)
    {
        var parts = new List<Condition>();
        Gather(condition, guarded, parts, new HashSet<string>(StringComparer.Ordinal));
        var questions = new SortedDictionary<string, ImmutableArray<Supposed>>(StringComparer.Ordinal);
        foreach (var part in parts)
            AddQuestions(part, about, parts, questions);
        if (questions.Values.Aggregate(1.0, (product, answers) => product * answers.Length) > Most)
            return true;

        var variables = questions.ToArray();
        var suppositions = new Suppositions(this, about);
        return Try(0);

        bool Try(int i)
        {
            if (i == variables.Length)
                return condition.HoldsFor(suppositions, about) && (!guarded || suppositions.AreConsistent(item));
            foreach (var answer in variables[i].Value)
            {
                suppositions[variables[i].Key] = answer;
                if (Try(i + 1))
                    return true;
            }

            return false;
        }
    }

    /// <summary>The conditions inside this one and, where paths count, inside those that decide whether what it looks at is asked.</summary>
    private void Gather(Condition condition, bool guarded, List<Condition> parts, HashSet<string> seen)
    {
        foreach (var part in condition.Parts())
        {
            parts.Add(part);
            foreach (var address in guarded ? AddressesOf(part) : [])
            {
                if (seen.Add(address) && _flow.Steps.At(address) is { } step && _guards[step.Item.Id] is { } guard)
                    Gather(guard, guarded, parts, seen);
            }
        }
    }

    private IEnumerable<string> AddressesOf(Condition part) => part switch
    {
        Condition.Side => _sides.Select(s => s.Id),
        Condition.Holds => [],
        _ => part.Addresses(_flow.Setting),
    };

    /// <summary>What the condition looks at, with the answers that the conditions tell apart.</summary>
    private void AddQuestions(Condition part, string? about, List<Condition> parts, SortedDictionary<string, ImmutableArray<Supposed>> questions)
    {
        switch (part)
        {
            case Condition.Holds(var tension):
                questions[$"holds {tension}"] = [new Supposed(null), new Supposed(new Value.DontKnow())];
                break;
            case Condition.Coded(var codes, _) when about is not null:
                foreach (var code in codes)
                    questions[$"code {code}"] = [new Supposed(null), new Supposed(new Value.DontKnow())];
                break;
            case Condition.Words when about is not null:
                var thresholds = parts.OfType<Condition.Words>().Select(w => w.Value).Append(1).Append(FlowEngine.LongestAnswer / 2);
                questions["words"] = [.. thresholds.SelectMany(t => Around(t, 1, FlowEngine.LongestAnswer / 2)).Select(Math.Floor).Distinct().Select(n => new Supposed(null, (int)n))];
                break;
            default:
                foreach (var step in AddressesOf(part).Select(_flow.Steps.At).OfType<Step>())
                    questions[step.Address] = [new Supposed(null), .. Answers(step, parts)];
                break;
        }
    }

    private ImmutableArray<Supposed> Answers(Step step, List<Condition> parts) => step.Item switch
    {
        Item.Choice i => [.. i.Options.Select(o => new Supposed(new Value.Option(o.Id)))],
        Item.Gate => [new Supposed(new Value.Option("yes")), new Supposed(new Value.Option("no"))],
        Item.Pick i => Named(step.Address, i.Options, i.Most, parts),
        Item.Rank i => Named(step.Address, i.From is { } from && _flow.Find(from) is Item.Pick pick ? pick.Options : i.Options, i.Top, parts),
        Item.Rating { Scale: var scale } => Points(scale),
        Item.Pair { Scale: var scale } => Points(scale),
        Item.Number i => [.. parts.OfType<Condition.Compares>().Where(c => c.Address == step.Address).SelectMany(c => Around(c.Value, i.Least, i.Most)).Append(i.Least)
            .Distinct().Select(n => new Supposed(new Value.Quantity(n)))],
        _ => [new Supposed(new Value.Words("words"))],
    };

    private static ImmutableArray<Supposed> Points(Scale scale) =>
        [.. Enumerable.Range(1, scale.Points.Length).Select(n => new Supposed(new Value.Point(n))), .. scale.DontKnow is null ? Array.Empty<Supposed>() : [new Supposed(new Value.DontKnow())]];

    /// <summary>Every choice among the options that the conditions name, as far as so many can be chosen, and one of none of them.</summary>
    private static ImmutableArray<Supposed> Named(string address, ImmutableArray<Option> options, int most, List<Condition> parts)
    {
        var named = parts.OfType<Condition.Is>().Where(c => c.Address == address).SelectMany(c => c.Options).Distinct().Take(MostNamed).ToArray();
        var others = options.Select(o => o.Id).Except(named).Take(1).ToArray();
        return [.. Enumerable.Range(0, 1 << named.Length)
            .Select(bits => named.Where((_, i) => (bits >> i) % 2 == 1).ToArray())
            .Where(ids => ids.Length <= most)
            .Select(ids => new Supposed(new Value.Options([.. ids.Length == 0 ? others : ids])))];
    }

    private static IEnumerable<double> Around(double threshold, double least, double most) =>
        ((double[])[Math.Floor(threshold) - 1, Math.Floor(threshold), threshold, Math.Floor(threshold) + 1]).Select(n => Math.Clamp(n, least, most)).Distinct();

    private static IEnumerable<Condition> Conditions(Item item) =>
        (item is Item.Open open ? open.Probes.Select(p => p.If).Append(item.If) : [item.If]).OfType<Condition>();

    /// <summary>One answer that somebody might give; null where the question was skipped or not asked.</summary>
    private readonly record struct Supposed(Value? Value, int Words = 0);

    private sealed class Suppositions(Possibility possibility, string? about) : IEvidence
    {
        private readonly Dictionary<string, Supposed> _answers = new(StringComparer.Ordinal);

        public Supposed this[string question]
        {
            set => _answers[question] = value;
        }

        public string? Side
        {
            get
            {
                string? side = null;
                foreach (var choice in possibility._sides)
                {
                    if (Value(choice.Id) is Value.Option(var id))
                        side = id is "upstream" or "downstream" ? id : null;
                }

                return side;
            }
        }

        public Value? Value(string address) => address == about
            ? new Value.Words(string.Concat(Enumerable.Repeat("w ", _answers.TryGetValue("words", out var words) ? words.Words : 1)))
            : _answers.GetValueOrDefault(address).Value;

        public Heard? Heard(string address) =>
            new([.. _answers.Where(a => a.Key.StartsWith("code ", StringComparison.Ordinal) && a.Value.Value is not null).Select(a => new HeardCode(a.Key["code ".Length..], 1))], Distress: false, "");

        public bool HoldsBothHalves(string tension) => _answers.GetValueOrDefault($"holds {tension}").Value is not null;

        /// <summary>Whether everything that is supposed to be answered is asked, and no gate before the item was closed.</summary>
        public bool AreConsistent(Item? item)
        {
            var place = item is null ? -1 : possibility._places[item.Id];
            foreach (var (question, supposed) in _answers)
            {
                if (supposed.Value is null || possibility._flow.Steps.At(question) is not { } step)
                    continue;
                if (possibility._guards[step.Item.Id] is { } guard && !guard.HoldsFor(this))
                    return false;
                if (step.Item is Item.Gate && supposed.Value is Value.Option("no") && possibility._places[step.Item.Id] < place)
                    return false;
            }

            return true;
        }
    }
}
