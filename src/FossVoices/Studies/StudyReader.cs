using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Codebooks;
using FossVoices.Definitions;
using FossVoices.Flows;

namespace FossVoices.Studies;

/// <summary>Compiles <c>study.json</c>.</summary>
internal static class StudyReader
{
    /// <summary>The study without its flows, or null where the file is too broken to say what it is.</summary>
    public static Study? Read(Node root, string folder, Codebook codebook, Problems problems)
    {
        ShapeCheck.Check(StudyShape.File, root, problems);
        if (root is not Node.Object file)
            return null;

        if (file.TextOf("id") is { } id && id != folder)
            problems.Error("FV021", file.Where("id"), $"the id '{Problems.Shown(id)}' differs from the folder's name '{folder}'", "give both the same name");

        var defaultFlow = file.TextOf("default_flow") ?? "";
        var privacy = file.ObjectOf("privacy");
        var report = file.ObjectOf("report");
        return new Study
        {
            Id = folder,
            Title = file.TextOf("title") ?? "",
            Project = file.TextOf("project") ?? "",
            Language = file.TextOf("language") ?? "en",
            Sides = file.TextMapOf("sides").DistinctBy(s => s.Key).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Team = TeamOf(file.ObjectOf("team")),
            DefaultFlow = defaultFlow,
            Waves = Waves(file, problems),
            Sources = file.ObjectOf("places")?.TextsOf("sources") ?? [],
            MinimumGroup = privacy?.WholeOf("minimum_group") ?? 10,
            RetainDays = privacy?.WholeOf("retain_days") ?? 365,
            CountUnchecked = file.ObjectOf("coding")?.TextOf("count") != "confirmed",
            TensionsShown = report?.WholeOf("tensions_shown") ?? 3,
            Tensions = Tensions(file, defaultFlow, problems),
            Help = file.TextOf("help"),
            Codebook = codebook,
            Flows = ImmutableSortedDictionary<string, Flow>.Empty,
        };
    }

    /// <summary>What a flow needs to know of its study: among the tensions those of which both halves are asked in it.</summary>
    public static Setting SettingFor(Study study, string flow) => new(
        study.Id, study.Project, study.Sides,
        [.. study.Tensions.Where(t => t.A.Flow == flow && t.B.Flow == flow).Select(t => new Tension(t.Id, t.A.Item, t.B.Item, t.Label, t.Starter))],
        study.Help);

    /// <summary>What can only be checked once the flows have been read.</summary>
    public static void CheckAgainstFlows(Study study, Node root, IReadOnlyCollection<string> flowIds, Problems problems)
    {
        if (root is not Node.Object file)
            return;

        if (!flowIds.Contains(study.DefaultFlow))
            problems.Unknown("FV022", file.Where("default_flow"), "flow", study.DefaultFlow, flowIds);

        foreach (var node in file.ListOf("tensions").OfType<Node.Object>())
        {
            foreach (var key in (string[])["a", "b"])
            {
                if (node.TextOf(key) is { } name)
                    CheckHalf(study, HalfOf(name, study.DefaultFlow), node.Where(key), flowIds, problems);
            }
        }
    }

    private static void CheckHalf(Study study, Half half, Position at, IReadOnlyCollection<string> flowIds, Problems problems)
    {
        if (!flowIds.Contains(half.Flow))
            problems.Unknown("FV022", at, "flow", half.Flow, flowIds);
        else if (study.Flows.GetValueOrDefault(half.Flow) is not { } flow)
            return; // The flow has errors of its own, which come first.
        else if (flow.Find(half.Item) is not { } item)
            problems.Unknown("FV012", at, "item", half.Item, flow.InFileOrder.Where(IsRated).Select(i => i.Id));
        else if (!IsRated(item))
            problems.Error("FV023", at, $"'{half.Item}' can't be half of a tension", "a half is an item of type scale or pair");
    }

    private static bool IsRated(Item item) => item is Item.Rating or Item.Pair;

    private static Team TeamOf(Node.Object? team) => new(
        team?.TextsOf("names") ?? [], team?.TextOf("contact") ?? "", team?.TextOf("ethics") ?? "", team?.TextOf("positions") ?? "");

    private static ImmutableArray<Wave> Waves(Node.Object file, Problems problems)
    {
        var waves = file.ListOf("waves").OfType<Node.Object>().ToImmutableArray();
        CheckTwice(waves, "wave", problems);
        return [.. waves.Select(w => new Wave(w.TextOf("id") ?? "", w.TextsOf("flows"), Day(w, "open", problems), Day(w, "close", problems), w.WholeOf("remind_after_days")))];
    }

    private static DateOnly? Day(Node.Object node, string key, Problems problems)
    {
        if (node.TextOf(key) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        problems.Error("FV004", node.Where(key), $"'{Problems.Shown(text)}' is no day", "write it as 2026-12-01");
        return null;
    }

    private static ImmutableArray<StudyTension> Tensions(Node.Object file, string defaultFlow, Problems problems)
    {
        var tensions = file.ListOf("tensions").OfType<Node.Object>().ToImmutableArray();
        CheckTwice(tensions, "tension", problems);
        return [.. tensions.Select(t => new StudyTension(
            t.TextOf("id") ?? "", HalfOf(t.TextOf("a") ?? "", defaultFlow), HalfOf(t.TextOf("b") ?? "", defaultFlow),
            t.TextOf("label") ?? "", t.TextOf("starter") ?? ""))];
    }

    private static Half HalfOf(string name, string defaultFlow) =>
        name.Split('.') is [var flow, var item] ? new Half(flow, item) : new Half(defaultFlow, name);

    private static void CheckTwice(ImmutableArray<Node.Object> nodes, string what, Problems problems)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in nodes.Select(n => n.Find("id")).OfType<Node.Text>().Where(id => !ids.Add(id.Value)))
            problems.Error("FV007", id.At, $"the {what} '{id.Value}' stands here a second time", "give each an id of its own");
    }
}
