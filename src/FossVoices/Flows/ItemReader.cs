using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>Compiles the items of a flow file.</summary>
internal sealed class ItemReader(FlowDirectory directory, ImmutableDictionary<string, Scale> scales, Problems problems)
{
    private readonly ConditionReader _conditions = new(directory, problems);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public ImmutableArray<Item> Items(Node.Object holder, bool core) =>
        [.. holder.ListOf("items").OfType<Node.Object>().Select(node => Item(node, core)).OfType<Item>()];

    public static ImmutableArray<Option> Options(Node.Object form) => [.. form.TextMapOf("options").Select(o => new Option(o.Key, o.Value))];

    /// <summary>Complains of names that nothing has, outside of conditions.</summary>
    public void CheckNames(Node.Object file)
    {
        var nodes = FlowDirectory.Items(file).ToImmutableArray();
        foreach (var other in nodes.SelectMany(n => n.ListOf("apart_from")).OfType<Node.Text>())
        {
            if (!_ids.Contains(other.Value))
                problems.Unknown("FV012", other.At, "item", other.Value, _ids);
        }

        var codes = directory.Codes.ToHashSet(StringComparer.Ordinal);
        foreach (var code in nodes.SelectMany(n => n.ListOf("codes")).OfType<Node.Text>())
        {
            if (!codes.Contains(code.Value))
                problems.Unknown("FV014", code.At, "code", code.Value, directory.Codes);
        }
    }

    private Item? Item(Node.Object node, bool core)
    {
        var spot = directory.SpotOf(node);
        var id = node.TextOf("id") ?? "";
        core |= node.TruthOf("core");
        if (!_ids.Add(id))
        {
            if (id.Length > 0)
                problems.Error("FV007", node.Where("id"), $"the id '{Problems.Shown(id)}' is used a second time", "give each item an id of its own");
            return null;
        }

        Item? item = node.TextOf("type") switch
        {
            "notice" => new Item.Notice(id, Ask(node)),
            "choice" => new Item.Choice(id, Ask(node), Options(node), node.TextOf("sets") == "side"),
            "pick" => Pick(node, id),
            "scale" => new Item.Rating(id, Ask(node), ScaleOf(node)),
            "pair" => new Item.Pair(id, Ask(node, "own"), Ask(node, "other"), ScaleOf(node)),
            "text" => Open(node, id),
            "number" => new Item.Number(id, Ask(node), node.NumberOf("least") ?? 0, node.NumberOf("most") ?? 0, node.TextOf("unit"), node.TruthOf("optional")),
            "rank" => Rank(node, id),
            "group" => new Item.Group(id, node.TextOf("order") == "random", Show(node), Items(node, core)),
            "mirror" => Mirror(node, id),
            "gate" => new Item.Gate(id, Ask(node), node.TextOf("yes") ?? "", node.TextOf("no") ?? ""),
            _ => null,
        };
        return item is null ? null : item with
        {
            If = node.Find("if") is { } condition ? _conditions.Read(condition, spot, inProbe: false) : null,
            Core = core,
            ApartFrom = node.TextsOf("apart_from"),
            Codes = node.TextsOf("codes"),
            Short = node.TextOf("short"),
            Starter = node.TextOf("starter"),
            Need = node.TextOf("need"),
            Again = node.TextOf("again"),
            Reading = node.TextOf("reading") switch { "owed" => Reading.Owed, "predicted" => Reading.Predicted, "kept" => Reading.Kept, _ => Reading.None },
            Vary = Vary(node),
        };
    }

    private Item.Mirror Mirror(Node.Object node, string id)
    {
        var (of, codes) = (node.TextOf("of"), node.TextsOf("codes"));
        if (of is null && codes.IsEmpty)
            problems.Error("FV052", node.At, "nothing says which words this mirror shows", "name a question under 'of', or codes under 'codes', or both");
        var rule = new MirrorRule(
            node.TextOf("wave") ?? "", of?.Split('.')[0], of?.Split('.') is [_, var item] ? item : null, codes,
            node.WholeOf("other_side") ?? 0, node.WholeOf("own_side") ?? 0, node.WholeOf("at_least") ?? MirrorRule.UsuallyAtLeast);
        if (rule.Most is 0 or > MirrorRule.MostShown)
            problems.Error("FV052", node.Where("other_side"), $"a mirror shows one to {MirrorRule.MostShown} excerpts, and this one shows {rule.Most}", "choose 'other_side' and 'own_side' so that people can read them all");
        return new Item.Mirror(id, Ask(node), Asked("differently"), Asked("unexpected"), rule);

        Template? Asked(string key) => node.Find(key) is null ? null : Ask(node, key);
    }

    private Item.Pick Pick(Node.Object node, string id)
    {
        var options = Options(node);
        var (least, most) = (node.WholeOf("least") ?? 1, Math.Min(node.WholeOf("most") ?? options.Length, options.Length));
        if (least > most)
            problems.Error("FV004", node.Where("least"), $"at least {least} of at most {most} can't be picked", "make 'least' smaller or add options");
        return new Item.Pick(id, Ask(node), options, least, most);
    }

    private Item.Rank Rank(Node.Object node, string id)
    {
        var (from, here) = (node.TextOf("from"), directory.SpotOf(node));
        if (from is null == node.Find("options") is null)
            problems.Error("FV003", node.At, "a rank needs one of 'from' and 'options'", "'from' names the 'pick' whose chosen options are ranked");
        if (from is not null && directory.PickNamed(from) is not { } pick)
            problems.Unknown("FV012", node.Where("from"), "pick", from, directory.Picks);
        else if (from is not null && (directory.PickNamed(from)!.Place >= here.Place || directory.PickNamed(from)!.IsShuffledWith(here)))
            problems.Error("FV016", node.Where("from"), $"'{from}' comes later than this, or may come later", "move it up, out of any group of random order");
        return new Item.Rank(id, Ask(node), from, Options(node), node.WholeOf("top") ?? 3);
    }

    private Item.Open Open(Node.Object node, string id)
    {
        var nodes = node.ListOf("probes").OfType<Node.Object>().ToImmutableArray();
        var ids = new HashSet<string>(StringComparer.Ordinal) { "help" };
        var probes = nodes.Select(probe => new Probe(
            probe.TextOf("id") ?? "",
            probe.Find("if") is { } condition ? _conditions.Read(condition, directory.SpotOf(probe), inProbe: true) : new Condition.All([]),
            Ask(probe))).ToImmutableArray();
        foreach (var (probe, written) in probes.Zip(nodes))
        {
            if (!ids.Add(probe.Id) && probe.Id.Length > 0)
                problems.Error("FV007", written.Where("id"), probe.Id == "help" ? "the probe id 'help' stands for the study's help text" : $"the probe id '{Problems.Shown(probe.Id)}' is used a second time", "give each probe an id of its own");
        }

        return new Item.Open(
            id, Ask(node), node.TextOf("hint") is { } hint ? Template.Parse(hint) : null,
            node.TruthOf("optional"), [.. probes.DistinctBy(p => p.Id).Where(p => p.Id != "help")], node.WholeOf("most_probes") ?? probes.Length);
    }

    private Scale ScaleOf(Node.Object node)
    {
        var id = node.TextOf("scale") ?? "";
        if (scales.TryGetValue(id, out var scale))
            return scale;
        if (id.Length > 0)
            problems.Unknown("FV010", node.Where("scale"), "scale", id, scales.Keys.Order(StringComparer.Ordinal));
        return new Scale(id, ["", ""], 1, null);
    }

    private ImmutableSortedDictionary<string, int> Show(Node.Object node)
    {
        var show = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var (side, at, value) in node.ObjectOf("show")?.Members ?? [])
        {
            if (side is not ("upstream" or "downstream"))
                problems.Unknown("FV013", at, "side", side, ["upstream", "downstream"]);
            else if (value is Node.Number { Whole: { } count })
                show[side] = count;
        }

        return show.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> Vary(Node.Object node) =>
        (node.ObjectOf("vary")?.Members ?? []).DistinctBy(m => m.Name).ToImmutableSortedDictionary(
            m => m.Name, m => m.Value is Node.List list ? [.. list.Items.OfType<Node.Text>().Select(t => t.Value)] : ImmutableArray<string>.Empty, StringComparer.Ordinal);

    private static Template Ask(Node.Object node, string key = "ask") => Template.Parse(node.TextOf(key) ?? "");
}
