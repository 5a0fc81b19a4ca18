using System.Collections.Frozen;
using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>What can only be seen once a flow is compiled: what nobody can come to, what is too long, and what was declared and left unused.</summary>
internal static class FlowCheck
{
    /// <summary>The core of a flow takes at most so many taps after consent.</summary>
    public const int MostCoreTaps = 12;

    /// <param name="flow">The flow as far as it could be compiled.</param>
    public static void Check(Flow flow, Node.Object file, Problems problems)
    {
        // What is looked at whole makes no sense of a flow with holes in it.
        var sound = !problems.AnyError;
        // An item without an id has the empty one, here as when it was compiled.
        var nodes = FlowDirectory.Items(file).DistinctBy(IdOf, StringComparer.Ordinal).ToFrozenDictionary(IdOf, StringComparer.Ordinal);

        ConsentCheck.Check(flow, file.ObjectOf("consent")?.Where("text") ?? file.At, problems);
        var texts = new TextCheck(flow);
        foreach (var text in FlowTexts.Of(file))
        {
            texts.Check(text, problems);
            WordingCheck.Check(flow, text, problems);
        }

        CheckUnused(flow, file, nodes, problems);
        CheckSides(flow, nodes, problems);
        CheckCore(flow, file, nodes, sound, problems);
        foreach (var group in flow.InFileOrder.OfType<Item.Group>())
            CheckGroup(group, nodes[group.Id], problems);
        CheckHalves(flow, nodes, problems);
        if (sound)
            CheckPossible(flow, nodes, problems);
    }

    private static string IdOf(Node.Object node) => node.TextOf("id") ?? "";

    private static void CheckPossible(Flow flow, FrozenDictionary<string, Node.Object> nodes, Problems problems)
    {
        var possible = new Possibility(flow);
        foreach (var item in flow.InFileOrder)
        {
            var at = nodes[item.Id].Where("if");
            if (item.If is { } condition && !possible.CanHold(condition))
                problems.Error("FV025", at, "this condition can never hold", "look at the values that it compares");
            else if (item.If is not null && !possible.CanBeAsked(item))
                problems.Error("FV026", at, $"'{item.Id}' is never asked: where this holds, something that it looks at has not been asked, or the flow is over", "compare it with the conditions of the items, groups and gates before it");

            foreach (var (probe, node) in item is Item.Open open ? open.Probes.Zip(nodes[item.Id].ListOf("probes").OfType<Node.Object>()) : [])
            {
                if (!possible.CanHold(probe.If, item.Id))
                    problems.Error("FV025", node.Where("if"), "this condition can never hold", "look at the values that it compares");
                else if (!possible.CanBeAsked((Item.Open)item, probe))
                    problems.Error("FV026", node.Where("if"), $"the probe '{probe.Id}' is never asked: its condition and that of '{item.Id}' exclude one another", "compare the two");
            }
        }
    }

    private static void CheckUnused(Flow flow, Node.Object file, FrozenDictionary<string, Node.Object> nodes, Problems problems)
    {
        var used = nodes.Values.Select(n => n.TextOf("scale")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var (scale, at, _) in file.ObjectOf("scales")?.Members ?? [])
        {
            if (!used.Contains(scale))
                problems.Warning("FV027", at, $"no item uses the scale '{scale}'", "use it or remove it");
        }

        foreach (var (id, node) in nodes)
        {
            foreach (var (name, at, _) in node.ObjectOf("vary")?.Members ?? [])
            {
                if (!((string[])["ask", "own", "other", "hint"]).Any(key => Template.Parse(node.TextOf(key) ?? "").Places.Any(p => p.Name == name)))
                    problems.Warning("FV027", at, $"no text of '{id}' says {{{name}}}, so nobody sees these wordings", $"write {{{name}}} where the wording belongs");
            }

            foreach (var other in node.ListOf("apart_from").OfType<Node.Text>())
            {
                if (flow.Find(other.Value) is not null && !flow.InFileOrder.OfType<Item.Group>().Any(g => g.Items.Any(i => i.Id == id) && g.Items.Any(i => i.Id == other.Value)))
                    problems.Warning("FV027", other.At, $"'{other.Value}' is not in the same group, so this keeps nothing apart", "put both into one group");
            }
        }
    }

    private static void CheckSides(Flow flow, FrozenDictionary<string, Node.Object> nodes, Problems problems)
    {
        var choices = flow.InFileOrder.OfType<Item.Choice>().Where(c => c.SetsSide).ToImmutableArray();
        foreach (var choice in choices)
        {
            foreach (var (option, at, _) in nodes[choice.Id].ObjectOf("options")?.Members ?? [])
            {
                if (option is not ("upstream" or "downstream" or "both"))
                    problems.Unknown("FV013", at, "side", option, ["upstream", "downstream", "both"]);
            }
        }

        if (choices is [.., var last] && last.Options.Any(o => o.Id == "both"))
            problems.Warning("FV028", nodes[last.Id].Where("options"), "whoever says 'both' here is asked from no side, and their guesses count for none", "let a choice follow that sets the side, with the condition that this was answered 'both'");
    }

    private static void CheckCore(Flow flow, Node.Object file, FrozenDictionary<string, Node.Object> nodes, bool sound, Problems problems)
    {
        var gate = flow.InFileOrder.FirstOrDefault(i => i is Item.Gate);
        var behind = gate is null ? null : flow.InFileOrder.SkipWhile(i => i != gate).FirstOrDefault(i => i.Core && i is not Item.Group);
        if (behind is not null)
            problems.Error("FV038", nodes[behind.Id].At, $"'{behind.Id}' belongs to the core and stands behind the gate '{gate!.Id}'", "what follows a gate is extra: move the item before it, or leave it out of the core");
        else if (sound && Taps.ToCompleteCore(flow) is > MostCoreTaps and var taps)
            problems.Error("FV020", file.Where("items"), $"the core takes up to {taps} taps after consent; {MostCoreTaps} is the most", "move items behind the gate");
    }

    private static void CheckGroup(Item.Group group, Node.Object node, Problems problems)
    {
        var sizes = GroupOrder.Blocks(group.Items).Select(b => b.Length).ToImmutableArray();
        foreach (var (side, count) in group.Show)
        {
            var at = node.ObjectOf("show")?.Where(side) ?? node.At;
            if (count > group.Items.Length)
                problems.Error("FV037", at, $"the group has {group.Items.Length} items, and {count} are to be shown", "write \"all\" or a smaller number");
            else if (count < group.Items.Length && !CanFill(sizes, count))
                problems.Warning("FV037", at, $"items linked by 'apart_from' are shown together or not at all, and no choice of them makes {count}", "choose a number that fits whole pairs");
        }
    }

    /// <summary>Whether some of the blocks hold so many items together.</summary>
    private static bool CanFill(ImmutableArray<int> sizes, int count)
    {
        var sums = new bool[count + 1];
        sums[0] = true;
        foreach (var size in sizes)
        {
            for (var sum = count; sum >= size; sum--)
                sums[sum] |= sums[sum - size];
        }

        return sums[count];
    }

    private static void CheckHalves(Flow flow, FrozenDictionary<string, Node.Object> nodes, Problems problems)
    {
        foreach (var tension in flow.Setting.Tensions)
        {
            if (flow.Find(tension.A) is not { } a || flow.Find(tension.B) is not { } b)
                continue;
            var holder = flow.InFileOrder.OfType<Item.Group>().FirstOrDefault(g => g.Items.Contains(a) && g.Items.Contains(b));
            var beside = holder?.Items ?? flow.Items;
            var (first, second) = (beside.IndexOf(a), beside.IndexOf(b));
            var linked = a.ApartFrom.Contains(b.Id) || b.ApartFrom.Contains(a.Id);
            if (holder is { Random: true } && !linked)
                problems.Warning("FV029", nodes[b.Id].At, $"chance may put '{a.Id}' and '{b.Id}', the halves of the tension '{tension.Id}', side by side", $"add \"apart_from\": [\"{a.Id}\"]");
            else if (holder is not { Random: true } && first >= 0 && second >= 0 && Math.Abs(first - second) == 1)
                problems.Warning("FV029", nodes[b.Id].At, $"'{a.Id}' and '{b.Id}', the halves of the tension '{tension.Id}', are asked side by side", "put something between them: people who see both at once answer the one to fit the other");
        }
    }
}
