using System.Collections.Immutable;
using FossVoices.Definitions;
using FossVoices.Flows;
using static FossVoices.Definitions.Shape;

namespace FossVoices.Studies;

/// <summary>Reads <c>tests/FLOW.json</c>: what somebody answers, and what must be asked of them.</summary>
internal static class ScriptedTests
{
    /// <summary>What a file may look like.</summary>
    public static Shape.Object File { get; } = new("Scripted cases of one flow.",
    [
        new("$schema", new Text("Where the editor finds the schema.")),
        new("flow", new Text("The flow with its version, such as survey@1.", 80), Required: true),
        new("tests", new List("The cases.", new Shape.Object("One case.",
        [
            new("name", new Text("What the case shows, as a sentence.", 200), Required: true),
            new("answers", new Map("What is answered, by address; what is not listed is skipped.", new Either("An option's id, a point from 1 up, a number, words, or a list of ids.",
                [new Text("An option's id, or words.", 10_000), new Shape.Number("A point or a number.", -1e12, 1e12), new List("Ids, in order where order matters.", new Text("An option's id."))]), Ids: false, Most: 1000), Required: true),
            new("coded", new Map("The codes to be heard in an answer, by address.", new List("The codes.", new Text("A code's id.")), Ids: false)),
            new("expect", new Shape.Object("What must come of it.",
            [
                new("asked", Addresses("What must be asked.")),
                new("not_asked", Addresses("What must not be asked.")),
                new("probes", new List("The probes that must come, in order, and no others.", new Text("A probe's id."))),
                new("text", new Map("What a question must say to the letter, by address.", new Text("The text."), Ids: false)),
            ]), Required: true),
        ]), Least: 1), Required: true),
    ]);

    /// <summary>The cases that are sound enough to be played.</summary>
    /// <param name="name">The file's name without <c>.json</c>: the flow's id.</param>
    public static ImmutableArray<ScriptedCase> Read(Node root, string name, Study study, Problems problems)
    {
        ShapeCheck.Check(File, root, problems);
        if (root is not Node.Object file || problems.Hopeless)
            return [];

        var written = file.TextOf("flow")?.Split('@') ?? [name];
        if (written[0] != name)
            problems.Error("FV021", file.Where("flow"), $"the flow '{Problems.Shown(written[0])}' differs from the file's name '{Problems.Shown(name)}'", "name the file FLOW.json");
        if (study.FindFlow(name) is not { } flow)
            return []; // The flow is missing or has errors of its own, which come first.

        if (written is not [_, var version] || version != flow.Version.ToString(System.Globalization.CultureInfo.InvariantCulture))
            problems.Warning("FV039", file.Where("flow"), $"these cases are made for another version than {flow.Version}", $"look them through and write {flow.Id}@{flow.Version}");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var codes = study.Codebook.Given.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return [.. file.ListOf("tests").OfType<Node.Object>().Select(test => Case(test, flow, codes, names, problems))];
    }

    private static ScriptedCase Case(Node.Object test, Flow flow, HashSet<string> codes, HashSet<string> names, Problems problems)
    {
        var name = test.TextOf("name") ?? "";
        if (!names.Add(name))
            problems.Error("FV007", test.Where("name"), $"a second case is called '{Problems.Shown(name)}'", "give each a name of its own");

        var answers = ImmutableDictionary.CreateBuilder<string, Reply>(StringComparer.Ordinal);
        foreach (var (address, at, value) in test.ObjectOf("answers")?.Members ?? [])
        {
            if (Question(flow, address, at, problems) is { } step && Reply(step, value, flow, problems) is { } reply)
                answers[address] = reply;
        }

        var coded = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var (address, at, value) in test.ObjectOf("coded")?.Members ?? [])
        {
            if (Question(flow, address, at, problems) is null || value is not Node.List list)
                continue;
            foreach (var code in list.Items.OfType<Node.Text>().Where(c => !codes.Contains(c.Value)))
                problems.Unknown("FV014", code.At, "code", code.Value, codes);
            coded[address] = [.. list.Items.OfType<Node.Text>().Select(c => c.Value)];
        }

        return new ScriptedCase(name, test.At, answers.ToImmutable(), coded.ToImmutable(), Expected(test.ObjectOf("expect"), flow, problems));
    }

    private static Expectation Expected(Node.Object? expect, Flow flow, Problems problems)
    {
        foreach (var text in ((string[])["asked", "not_asked"]).SelectMany(key => expect?.ListOf(key) ?? []).OfType<Node.Text>())
            Question(flow, text.Value, text.At, problems, orPair: true);
        foreach (var (address, at, _) in expect?.ObjectOf("text")?.Members ?? [])
            Question(flow, address, at, problems);
        var probes = flow.Steps.All.Where(s => s.Probe is not null).Select(s => s.Probe!.Id).Distinct().ToArray();
        foreach (var probe in expect?.ListOf("probes").OfType<Node.Text>().Where(p => !probes.Contains(p.Value)) ?? [])
            problems.Unknown("FV012", probe.At, "probe", probe.Value, probes);
        return new Expectation(
            expect?.TextsOf("asked") ?? [], expect?.TextsOf("not_asked") ?? [],
            expect?.Find("probes") is null ? null : expect.TextsOf("probes"), expect?.TextMapOf("text") ?? []);
    }

    private static Step? Question(Flow flow, string address, Position at, Problems problems, bool orPair = false)
    {
        var step = flow.Steps.At(address) ?? (orPair ? flow.Steps.At($"{address}.own") : null);
        if (step is { IsNotice: false })
            return step;
        problems.Unknown("FV012", at, "question", address, flow.Steps.All.Where(s => !s.IsNotice).Select(s => s.Address));
        return null;
    }

    /// <summary>An answer as it is to be given; null where it names an option that is not there.</summary>
    private static Reply? Reply(Step step, Node value, Flow flow, Problems problems)
    {
        var written = value is Node.List list ? list.Items : [value];
        var given = written.Select(node => node switch { Node.Text t => t.Value, Node.Number n => n.Raw, _ => null }).OfType<string>().ToImmutableArray();
        if (step.Probe is not null || step.Item is Item.Open or Item.Number or Item.Mirror && step.Mirrors != MirrorPart.Unexpected)
            return new Reply.Said(string.Join(' ', given));

        var options = Controls.OptionsIn(step, flow).Select(o => o.Id).ToArray();
        foreach (var (id, node) in given.Zip(written).Where(g => !options.Contains(g.First)))
            problems.Unknown("FV013", node.At, $"option of '{step.Address}'", id, options);
        return new Reply.Chose(given);
    }

    private static List Addresses(string about) => new(about, new Text("The address of a question, or a pair's id."));
}
