using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Codebooks;

/// <summary>Reads <c>codebook.json</c>.</summary>
internal static class CodebookFile
{
    private static readonly ImmutableArray<string> Statuses = ["active", "draft", "retired"];

    private static Shape.List Texts(string about) => new(about, new Shape.Text(about));

    private static Shape.Either Nullable(string about, Shape shape) => new(about, [shape, new Shape.Null()]);

    private static Shape.List Phrases(string about) =>
        new(about, new Shape.Text("A phrase: words in a row; a|b for either word, ... for a gap of up to five words.", 400), 1);

    private static readonly Shape.Object Near = new("Phrases of which one must stand near the hit.",
    [
        new("any", Phrases("One of these must be near, before or after."), Required: true),
        new("within", new Shape.Whole($"How many words away at the most; {Nearby.DefaultWithin} if left out.", 1, 50)),
    ]);

    private static readonly Shape.Object Indicator = new("Phrases that point to the code.",
    [
        new("id", new Shape.Text("Names the indicator where a suggestion gives its reason, as in burnout.1.", 80), Required: true),
        new("any", Phrases("Any one of these phrases is a hit."), Required: true),
        new("near", new Shape.Either("A list of phrases, or an object with \"any\" and \"within\".",
            [Near, Phrases("One of these must be within eight words."), new Shape.Null()])),
        new("not", Nullable("A list of phrases.", new Shape.List(
            "A hit is dropped where one of these overlaps it or stands within five words.", new Shape.Text("A phrase, as under \"any\".", 400)))),
        new("confidence", Nullable("A number above 0 and up to 1.", new Shape.Number(
            "How likely one hit alone means the code. Below 0.5 it is a cue that needs another indicator beside it. "
            + "Left out: 0.95 for several words in a row, 0.8 with a gap or near, 0.6 for one word.", 0.01, 1))),
    ]);

    private static readonly Shape.Object Code = new("A code, or a category of codes.",
    [
        new("id", new Shape.Text("The tag without #.", Id: true), Required: true),
        new("label", new Shape.Text("The name that people read.", 80), Required: true),
        new("brief", new Shape.Text("What it stands for, in one sentence.", 300), Required: true),
        new("full", new Shape.Text("What it stands for, at length.")),
        new("use_when", Texts("When to give the code.")),
        new("not_when", Texts("When not to give it, and what to give instead.")),
        new("examples", Texts("Words that deserve the code.")),
        new("counter_examples", Texts("Words that look like it and do not.")),
        new("aliases", new Shape.List("Other spellings of the tag.", new Shape.Text("A spelling, without #.", 80))),
        new("parent", Nullable("The id of the category above.", new Shape.Text("The id of the category above.", Id: true))),
        new("category", new Shape.Truth("True for a category, which is given to nothing.")),
        new("status", new Shape.Word("Retired codes are hidden; what was coded with them stays.", Statuses)),
        new("merged_into", Nullable("The id of the code that took its place.",
            new Shape.Text("The id of the code that took its place.", Id: true))),
        new("guid", new Shape.Text("The id by which other programs know the code again; kept from where it was imported.", 40)),
        new("color", new Shape.Text("As in #aa3300; kept for other programs.", 7)),
        new("indicators", new Shape.List("How the lexicon hears the code.", Indicator)),
    ]);

    /// <summary>What the file may look like.</summary>
    public static Shape Shape { get; } = new Shape.Object("A codebook: the codes that answers are given.",
    [
        new("$schema", new Shape.Text("Where editors find the description of this file.")),
        new("id", new Shape.Text("The codebook's id.", Id: true), Required: true),
        new("version", new Shape.Whole("Raised by one whenever a code changes.", 1, 1_000_000), Required: true),
        new("codes", new Shape.List("The codes.", Code, 1), Required: true),
    ]);

    /// <summary>Compiles a file that was read. Where it has errors they are reported, and the answer is null.</summary>
    public static Codebook? Compile(Node root, Problems problems)
    {
        ShapeCheck.Check(Shape, root, problems);
        if (root is not Node.Object file)
            return null;

        var nodes = file.ListOf("codes").OfType<Node.Object>().ToImmutableArray();
        CheckTags(nodes, problems);
        CheckReferences(nodes, problems);
        CheckIndicators(nodes, problems);
        return problems.AnyError
            ? null
            : new Codebook(file.TextOf("id")!, file.WholeOf("version")!.Value, [.. nodes.Select(CodeOf)]);
    }

    private static Code CodeOf(Node.Object node) => new()
    {
        Id = node.TextOf("id")!,
        Label = node.TextOf("label")!,
        Brief = node.TextOf("brief")!,
        Full = node.TextOf("full") ?? "",
        UseWhen = node.TextsOf("use_when"),
        NotWhen = node.TextsOf("not_when"),
        Examples = node.TextsOf("examples"),
        CounterExamples = node.TextsOf("counter_examples"),
        Aliases = node.TextsOf("aliases"),
        Parent = node.TextOf("parent"),
        IsCategory = node.TruthOf("category"),
        Status = (CodeStatus)Math.Max(0, Statuses.IndexOf(node.TextOf("status") ?? "active")),
        MergedInto = node.TextOf("merged_into"),
        Guid = node.TextOf("guid"),
        Color = node.TextOf("color"),
        Indicators = [.. node.ListOf("indicators").OfType<Node.Object>().Select(IndicatorOf)],
    };

    private static Indicator IndicatorOf(Node.Object node) =>
        new(node.TextOf("id")!, node.TextsOf("any"), NearOf(node), node.TextsOf("not"), node.NumberOf("confidence"));

    private static Nearby? NearOf(Node.Object node) => node.Find("near") switch
    {
        Node.List => new Nearby(node.TextsOf("near")),
        Node.Object near => new Nearby(near.TextsOf("any"), near.WholeOf("within") ?? Nearby.DefaultWithin),
        _ => null,
    };

    private static void CheckTags(ImmutableArray<Node.Object> codes, Problems problems)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in codes)
        {
            if (code.TextOf("id") is not { } id)
                continue;
            if (!taken.TryAdd(Codebook.Folded(id), id))
            {
                problems.Error("FV040", code.Where("id"), $"the code '{Problems.Shown(id)}' stands here a second time",
                    "ids and spellings are compared without case, hyphens and underscores; rename one of the two");
            }
        }

        foreach (var code in codes)
        {
            foreach (var alias in code.ListOf("aliases").OfType<Node.Text>())
            {
                var id = code.TextOf("id") ?? "";
                var folded = Codebook.Folded(alias.Value);
                if (folded.Length == 0)
                    problems.Error("FV041", alias.At, "an empty spelling means no code", "remove it");
                else if (!taken.TryAdd(folded, id) && taken[folded] != id)
                {
                    problems.Error("FV041", alias.At, $"'{Problems.Shown(alias.Value)}' already means the code '{Problems.Shown(taken[folded])}'",
                        "a spelling can mean one code only");
                }
            }
        }
    }

    private static void CheckReferences(ImmutableArray<Node.Object> codes, Problems problems)
    {
        var byId = codes
            .Where(code => code.TextOf("id") is not null)
            .DistinctBy(code => code.TextOf("id")!)
            .ToDictionary(code => code.TextOf("id")!, StringComparer.Ordinal);
        foreach (var code in codes)
        {
            foreach (var key in (ReadOnlySpan<string>)["parent", "merged_into"])
            {
                if (code.TextOf(key) is not { } target)
                    continue;
                if (!byId.ContainsKey(target))
                    problems.Unknown("FV042", code.Where(key), "code", target, byId.Keys);
                else if (Circles(code, key, byId))
                    problems.Error("FV043", code.Where(key), $"following '{key}' from here leads back here", "break the circle");
            }
        }
    }

    private static bool Circles(Node.Object code, string key, Dictionary<string, Node.Object> byId)
    {
        var next = code;
        for (var steps = 0; steps < byId.Count; steps++)
        {
            if (next.TextOf(key) is not { } target || !byId.TryGetValue(target, out next))
                return false;
            if (ReferenceEquals(next, code))
                return true;
        }

        return false; // It leads into a circle of others, which is reported there.
    }

    private static void CheckIndicators(ImmutableArray<Node.Object> codes, Problems problems)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var indicator in codes.SelectMany(code => code.ListOf("indicators")).OfType<Node.Object>())
        {
            if (indicator.TextOf("id") is { } id && !ids.Add(id))
                problems.Error("FV040", indicator.Where("id"), $"the indicator '{Problems.Shown(id)}' stands here twice", "give it another number");

            var near = indicator.ObjectOf("near") is { } condition ? condition.ListOf("any") : indicator.ListOf("near");
            foreach (var phrase in indicator.ListOf("any").Concat(near).Concat(indicator.ListOf("not")).OfType<Node.Text>())
            {
                // An empty text has been complained of by its shape.
                if (!string.IsNullOrWhiteSpace(phrase.Value) && Phrase.Read(phrase.Value).Wrong is { } wrong)
                    problems.Error("FV044", phrase.At, $"the phrase '{Problems.Shown(phrase.Value)}' can't be heard: {wrong}");
            }
        }
    }
}
