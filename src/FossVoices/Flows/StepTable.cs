using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>Every step that a flow can take somebody through, numbered, so that walking a path looks nothing up twice.</summary>
internal sealed class StepTable
{
    private readonly FrozenDictionary<string, Step> _byAddress;
    private readonly FrozenDictionary<string, ImmutableArray<Step>> _byItem;

    /// <summary>By a step's number: the first steps of the items that look at its answer.</summary>
    private readonly ImmutableArray<Step>[] _dependents;

    public StepTable(ImmutableArray<Item> items, ImmutableArray<Item> inFileOrder, Setting setting)
    {
        var steering = Steering(inFileOrder, setting);
        var all = ImmutableArray.CreateBuilder<Step>();
        var byItem = new Dictionary<string, ImmutableArray<Step>>(StringComparer.Ordinal);
        foreach (var item in inFileOrder)
        {
            var from = all.Count;
            foreach (var step in StepsFor(item, setting))
                all.Add(step with { Index = all.Count, Steers = steering.Contains(step.Address) || Redirects(step, setting), Control = Controls.Fixed(step) });
            byItem[item.Id] = [.. all.Skip(from)];
        }

        All = all.ToImmutable();
        _byAddress = All.ToFrozenDictionary(step => step.Address, StringComparer.Ordinal);
        _byItem = byItem.ToFrozenDictionary(StringComparer.Ordinal);
        _dependents = Dependents(items, setting);
    }

    public ImmutableArray<Step> All { get; }

    public Step? At(string address) => _byAddress.GetValueOrDefault(address);

    /// <summary>A pair's own view and guess; an open question, its probes and the help that may take their place; one step for the others, none for a group.</summary>
    public ImmutableArray<Step> Of(Item item) => _byItem[item.Id];

    /// <summary>The first step of each item that looks at this step's answer, in its own condition or in that of a group around it.</summary>
    public ImmutableArray<Step> DependentsOf(Step step) => _dependents[step.Index];

    private static IEnumerable<Step> StepsFor(Item item, Setting setting) => item switch
    {
        Item.Group => [],
        Item.Pair => [new Step($"{item.Id}.own", item, Half.Own), new Step($"{item.Id}.other", item, Half.Guess)],
        Item.Open open => [
            new Step(open.Id, open),
            .. open.Probes.Select(probe => new Step($"{open.Id}#{probe.Id}", open, Probe: probe)),
            .. setting.Help is { } help ? [new Step($"{open.Id}#help", open, Help: help)] : ImmutableArray<Step>.Empty],
        Item.Mirror mirror => [
            new Step(mirror.Id, mirror) { Mirrors = MirrorPart.Thinks },
            .. mirror.Differently is null ? ImmutableArray<Step>.Empty : [new Step($"{mirror.Id}.differently", mirror) { Mirrors = MirrorPart.Differently }],
            .. mirror.Unexpected is null ? ImmutableArray<Step>.Empty : [new Step($"{mirror.Id}.unexpected", mirror) { Mirrors = MirrorPart.Unexpected }]],
        _ => [new Step(item.Id, item)],
    };

    /// <summary>Whether the kind of step alone lets its answer change what follows.</summary>
    private static bool Redirects(Step step, Setting setting) => step.Item switch
    {
        Item.Gate or Item.Choice { SetsSide: true } => true,
        Item.Open open => setting.Help is not null || (step.Probe is null && !open.Probes.IsEmpty),
        _ => false,
    };

    /// <summary>The addresses that a condition or a ranking looks at.</summary>
    private static HashSet<string> Steering(ImmutableArray<Item> items, Setting setting)
    {
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
            addresses.UnionWith(LooksAt(item, setting));
        return addresses;
    }

    /// <summary>The addresses that an item itself looks at, its probes included.</summary>
    private static IEnumerable<string> LooksAt(Item item, Setting setting)
    {
        var conditions = item is Item.Open open ? open.Probes.Select(p => p.If).Append(item.If) : [item.If];
        var addresses = conditions.OfType<Condition>().SelectMany(c => c.Parts()).SelectMany(part => part.Addresses(setting));
        return item is Item.Rank { From: { } from } ? addresses.Append(from) : addresses;
    }

    private ImmutableArray<Step>[] Dependents(ImmutableArray<Item> items, Setting setting)
    {
        var dependents = new List<Step>[All.Length];
        foreach (var item in items)
            Gather(item, []);
        return [.. dependents.Select(found => found is null ? ImmutableArray<Step>.Empty : [.. found])];

        void Gather(Item item, ImmutableHashSet<string> around)
        {
            var addresses = around.Union(LooksAt(item, setting));
            if (item is Item.Group group)
            {
                foreach (var inside in group.Items)
                    Gather(inside, addresses);
                return;
            }

            foreach (var address in addresses)
            {
                if (At(address) is { } step)
                    (dependents[step.Index] ??= []).Add(Of(item)[0]);
            }
        }
    }
}
