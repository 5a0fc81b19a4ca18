using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>Every step that a flow can take somebody through, numbered, so that walking a path looks nothing up twice.</summary>
internal sealed class StepTable
{
    private readonly FrozenDictionary<string, Step> _byAddress;
    private readonly FrozenDictionary<string, ImmutableArray<Step>> _byItem;

    public StepTable(ImmutableArray<Item> inFileOrder, Setting setting)
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
    }

    public ImmutableArray<Step> All { get; }

    public Step? At(string address) => _byAddress.GetValueOrDefault(address);

    /// <summary>A pair's own view and guess; an open question, its probes and the help that may take their place; one step for the others, none for a group.</summary>
    public ImmutableArray<Step> Of(Item item) => _byItem[item.Id];

    private static IEnumerable<Step> StepsFor(Item item, Setting setting) => item switch
    {
        Item.Group => [],
        Item.Pair => [new Step($"{item.Id}.own", item, Half.Own), new Step($"{item.Id}.other", item, Half.Guess)],
        Item.Open open => [
            new Step(open.Id, open),
            .. open.Probes.Select(probe => new Step($"{open.Id}#{probe.Id}", open, Probe: probe)),
            .. setting.Help is { } help ? [new Step($"{open.Id}#help", open, Help: help)] : ImmutableArray<Step>.Empty],
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
        {
            var conditions = item is Item.Open open ? open.Probes.Select(p => p.If).Append(item.If) : [item.If];
            foreach (var part in conditions.OfType<Condition>().SelectMany(c => c.Parts()))
                addresses.UnionWith(part.Addresses(setting));
            if (item is Item.Rank { From: { } from })
                addresses.Add(from);
        }

        return addresses;
    }
}
