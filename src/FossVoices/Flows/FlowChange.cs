using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>How much a change of a flow matters to answers that have been given already.</summary>
internal enum ChangeKind
{
    /// <summary>Other words for the same thing: the answers mean what they meant.</summary>
    Text,

    /// <summary>Something more is asked or offered; what was answered stays comparable.</summary>
    Additive,

    /// <summary>Answers before and after can't be put together: a new version is needed.</summary>
    Breaking,
}

/// <summary>One difference between a flow as it was frozen and as it is written now.</summary>
/// <param name="Address">What has changed.</param>
/// <param name="Says">The difference, as a sentence for the researcher.</param>
internal sealed record FlowChange(ChangeKind Kind, string Address, string Says)
{
    /// <summary>Every difference that a respondent or an analysis could notice, in the order of the frozen flow, additions last.</summary>
    public static ImmutableArray<FlowChange> Between(Flow frozen, Flow written)
    {
        var changes = ImmutableArray.CreateBuilder<FlowChange>();
        if (frozen.Consent.Text.Source != written.Consent.Text.Source)
            changes.Add(new(ChangeKind.Breaking, "consent.text", "the consent text differs: people would have agreed to different things"));
        foreach (var old in frozen.InFileOrder)
        {
            if (written.Find(old.Id) is not { } now)
                changes.Add(new(ChangeKind.Breaking, old.Id, $"'{old.Id}' is gone, and its answers with it"));
            else if (old.GetType() != now.GetType())
                changes.Add(new(ChangeKind.Breaking, old.Id, $"'{old.Id}' is another type of item"));
            else
                Compare(old, now, changes);
        }

        foreach (var added in written.InFileOrder.Where(i => frozen.Find(i.Id) is null))
            changes.Add(new(added.Core ? ChangeKind.Breaking : ChangeKind.Additive, added.Id, added.Core ? $"'{added.Id}' is new in the core, which people have completed without it" : $"'{added.Id}' is new"));
        if (!frozen.InFileOrder.Where(i => written.Find(i.Id) is not null).Select(i => i.Id).SequenceEqual(written.InFileOrder.Where(i => frozen.Find(i.Id) is not null).Select(i => i.Id)))
            changes.Add(new(ChangeKind.Breaking, "items", "the items stand in another order, and what is asked before colours what is asked after"));
        return changes.ToImmutable();
    }

    private static void Compare(Item old, Item now, ImmutableArray<FlowChange>.Builder changes)
    {
        if (!Same(old.If, now.If))
            changes.Add(new(ChangeKind.Breaking, $"{old.Id}.if", $"'{old.Id}' is asked of other people"));
        if (old.Core != now.Core)
            changes.Add(new(ChangeKind.Breaking, $"{old.Id}.core", now.Core ? $"'{old.Id}' has come into the core" : $"'{old.Id}' has left the core"));
        if (old.Reading != now.Reading)
            changes.Add(new(ChangeKind.Breaking, $"{old.Id}.reading", $"'{old.Id}' asks for another meaning of 'expect'"));
        if (!old.Vary.Keys.SequenceEqual(now.Vary.Keys) || old.Vary.Any(v => v.Value.Length != now.Vary[v.Key].Length))
            changes.Add(new(ChangeKind.Breaking, $"{old.Id}.vary", $"'{old.Id}' has other arms"));

        CompareOptions(old.Id, Options(old), Options(now), changes);
        switch (old, now)
        {
            case (Item.Rating(_, _, var a), Item.Rating(_, _, var b)):
                CompareScales(old.Id, a, b, changes);
                break;
            case (Item.Pair(_, _, _, var a), Item.Pair(_, _, _, var b)):
                CompareScales(old.Id, a, b, changes);
                break;
            case (Item.Number a, Item.Number b) when (a.Least, a.Most, a.Unit) != (b.Least, b.Most, b.Unit):
                changes.Add(new(ChangeKind.Breaking, old.Id, $"'{old.Id}' has another range or unit"));
                break;
            case (Item.Pick a, Item.Pick b) when (a.Least, a.Most) != (b.Least, b.Most):
                changes.Add(new(ChangeKind.Breaking, old.Id, $"'{old.Id}' lets people pick another number"));
                break;
            case (Item.Rank a, Item.Rank b) when (a.Top, a.From) != (b.Top, b.From):
                changes.Add(new(ChangeKind.Breaking, old.Id, $"'{old.Id}' ranks something else"));
                break;
            case (Item.Group a, Item.Group b) when a.Random != b.Random || !a.Show.SequenceEqual(b.Show):
                changes.Add(new(ChangeKind.Breaking, old.Id, $"the group '{old.Id}' is shown in another way"));
                break;
            case (Item.Mirror a, Item.Mirror b) when !a.Rule.Codes.SequenceEqual(b.Rule.Codes) || a.Rule with { Codes = [] } != b.Rule with { Codes = [] }
                    || (a.Differently is null, a.Unexpected is null) != (b.Differently is null, b.Unexpected is null):
                changes.Add(new(ChangeKind.Breaking, old.Id, $"'{old.Id}' shows other words, or asks something else of them"));
                break;
            case (Item.Open a, Item.Open b):
                CompareProbes(a, b, changes);
                break;
        }

        if (!Texts(old).SequenceEqual(Texts(now)))
            changes.Add(new(ChangeKind.Text, old.Id, $"the wording of '{old.Id}' differs; if it asks for something else now, give it a new id"));
    }

    private static void CompareOptions(string id, ImmutableArray<Option> old, ImmutableArray<Option> now, ImmutableArray<FlowChange>.Builder changes)
    {
        foreach (var gone in old.Select(o => o.Id).Except(now.Select(o => o.Id)))
            changes.Add(new(ChangeKind.Breaking, $"{id}.options.{gone}", $"'{id}' no longer offers '{gone}'"));
        foreach (var added in now.Select(o => o.Id).Except(old.Select(o => o.Id)))
            changes.Add(new(ChangeKind.Additive, $"{id}.options.{added}", $"'{id}' offers '{added}' as well; whoever answered before had no such choice"));
        if (!old.Select(o => o.Id).Where(o => now.Any(n => n.Id == o)).SequenceEqual(now.Select(n => n.Id).Where(n => old.Any(o => o.Id == n))))
            changes.Add(new(ChangeKind.Breaking, $"{id}.options", $"the options of '{id}' stand in another order"));
    }

    private static void CompareScales(string id, Scale old, Scale now, ImmutableArray<FlowChange>.Builder changes)
    {
        if (old.Points.Length != now.Points.Length || old.AgreeFrom != now.AgreeFrom || old.DontKnow is null != now.DontKnow is null)
            changes.Add(new(ChangeKind.Breaking, id, $"'{id}' is answered on another scale"));
        else if (!old.Points.SequenceEqual(now.Points) || old.DontKnow != now.DontKnow)
            changes.Add(new(ChangeKind.Text, id, $"the points of '{id}' are worded otherwise"));
    }

    private static void CompareProbes(Item.Open old, Item.Open now, ImmutableArray<FlowChange>.Builder changes)
    {
        foreach (var gone in old.Probes.Where(p => now.Probes.All(n => n.Id != p.Id)))
            changes.Add(new(ChangeKind.Breaking, $"{old.Id}#{gone.Id}", $"the probe '{gone.Id}' of '{old.Id}' is gone"));
        foreach (var added in now.Probes.Where(n => old.Probes.All(p => p.Id != n.Id)))
            changes.Add(new(ChangeKind.Additive, $"{old.Id}#{added.Id}", $"'{old.Id}' has a new probe '{added.Id}'"));
        foreach (var (before, after) in old.Probes.SelectMany(p => now.Probes.Where(n => n.Id == p.Id), (p, n) => (p, n)))
        {
            if (!Same(before.If, after.If))
                changes.Add(new(ChangeKind.Breaking, $"{old.Id}#{before.Id}", $"the probe '{before.Id}' of '{old.Id}' fires at other times"));
            else if (before.Ask.Source != after.Ask.Source)
                changes.Add(new(ChangeKind.Text, $"{old.Id}#{before.Id}", $"the probe '{before.Id}' of '{old.Id}' is worded otherwise"));
        }
    }

    private static ImmutableArray<Option> Options(Item item) => item switch
    {
        Item.Choice i => i.Options,
        Item.Pick i => i.Options,
        Item.Rank i => i.Options,
        _ => [],
    };

    private static IEnumerable<string> Texts(Item item) => (item switch
    {
        Item.Notice i => [i.Text.Source],
        Item.Choice i => [i.Ask.Source],
        Item.Pick i => [i.Ask.Source],
        Item.Rating i => [i.Ask.Source],
        Item.Pair i => [i.Own.Source, i.Other.Source],
        Item.Open i => [i.Ask.Source, i.Hint?.Source ?? ""],
        Item.Number i => [i.Ask.Source],
        Item.Rank i => [i.Ask.Source],
        Item.Gate i => [i.Ask.Source, i.Yes, i.No],
        Item.Mirror i => [i.Ask.Source, i.Differently?.Source ?? "", i.Unexpected?.Source ?? ""],
        _ => (IEnumerable<string>)[],
    }).Concat(Options(item).Select(o => o.Label)).Concat(item.Vary.Values.SelectMany(v => v)).Append(item.Short ?? "");

    /// <summary>Records compare their lists by identity, so conditions are compared part by part.</summary>
    private static bool Same(Condition? a, Condition? b) => (a, b) switch
    {
        (null, null) => true,
        (Condition.Is x, Condition.Is y) => x.Address == y.Address && x.Options.SequenceEqual(y.Options),
        (Condition.Side x, Condition.Side y) => x.Sides.SequenceEqual(y.Sides),
        (Condition.Coded x, Condition.Coded y) => x.Sure.Equals(y.Sure) && x.Codes.SequenceEqual(y.Codes),
        (Condition.All x, Condition.All y) => SameEach(x.Of, y.Of),
        (Condition.Any x, Condition.Any y) => SameEach(x.Of, y.Of),
        (Condition.Not x, Condition.Not y) => Same(x.Of, y.Of),
        _ => Equals(a, b),
    };

    private static bool SameEach(ImmutableArray<Condition> a, ImmutableArray<Condition> b) => a.Length == b.Length && a.Zip(b).All(p => Same(p.First, p.Second));
}
