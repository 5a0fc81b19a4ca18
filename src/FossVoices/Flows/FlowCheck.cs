using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>What can only be seen once a flow is compiled: texts that name nothing, a core that is too long, consent that leaves something out.</summary>
internal static class FlowCheck
{
    /// <summary>The core of a flow takes at most so many taps after consent.</summary>
    public const int MostCoreTaps = 12;

    private static readonly ImmutableArray<string> s_names = ["project", "side", "other_side", "retention_date", "minimum_group", "mirror"];

    /// <summary>Each part that a consent text must have, with words of which at least one tells of it.</summary>
    private static readonly ImmutableArray<(string Part, ImmutableArray<string> Signs)> s_consentParts =
    [
        ("how long answers are kept", ["{retention_date}"]),
        ("that taking part is voluntary", ["voluntary", "skip", "stop at any time", "free to"]),
        ("how to withdraw", ["withdraw"]),
        ("whom to ask", ["@", "contact", "ask:"]),
    ];

    public static void Check(Flow flow, Node.Object file, Problems problems)
    {
        CheckConsent(flow, file, problems);
        CheckTaps(flow, file, problems);

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in FlowDirectory.Items(file))
        {
            if (flow.Find(node.TextOf("id") ?? "") is not { } item)
                continue;
            foreach (var key in (string[])["ask", "own", "other", "hint"])
                CheckText(flow, node, key, item, seen, problems);
            foreach (var probe in node.ListOf("probes").OfType<Node.Object>())
                CheckText(flow, probe, "ask", item, seen, problems);
            seen.Add(item.Id);
        }
    }

    private static void CheckText(Flow flow, Node.Object node, string key, Item item, HashSet<string> seen, Problems problems)
    {
        if (node.TextOf(key) is not { } text)
            return;

        foreach (var place in Template.Parse(text).Places)
        {
            var name = place.Name!;
            if (s_names.Contains(name) || item.Vary.ContainsKey(name) || (name.Split('.') is [var t, "a" or "b"] && flow.FindTension(t) is not null))
                continue;

            if (flow.ItemAt(name) is not { } piped)
                problems.Unknown("FV018", node.Where(key), "name to fill in", name, [.. s_names, .. item.Vary.Keys, .. flow.InFileOrder.Select(i => i.Id)]);
            else if (!seen.Contains(piped.Id) && piped != item)
                problems.Error("FV016", node.Where(key), $"'{{{name}}}' is asked later than this text", "only what has been asked before can be filled in");
            else if (place.Text.Length == 0)
                problems.Warning("FV019", node.Where(key), $"'{{{name}}}' may have been skipped, and then nothing is said there", $"write {{{name}|…}} with what to say instead");
        }
    }

    private static void CheckConsent(Flow flow, Node.Object file, Problems problems)
    {
        var at = file.ObjectOf("consent")?.Where("text") ?? file.At;
        foreach (var (part, signs) in s_consentParts)
        {
            if (!signs.Any(sign => flow.Consent.Text.Source.Contains(sign, StringComparison.OrdinalIgnoreCase)))
                problems.Warning("FV024", at, $"the consent text does not seem to say {part}", $"say it, with {string.Join(" or ", signs.Select(s => $"'{s}'"))}");
        }
    }

    private static void CheckTaps(Flow flow, Node.Object file, Problems problems)
    {
        var taps = Taps.ToCompleteCore(flow);
        if (taps > MostCoreTaps)
            problems.Error("FV020", file.Where("items"), $"the core takes up to {taps} taps after consent; {MostCoreTaps} is the most", "move items behind the gate");
    }
}
