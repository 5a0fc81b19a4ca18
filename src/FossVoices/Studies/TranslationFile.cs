using System.Collections.Immutable;
using FossVoices.Definitions;
using FossVoices.Flows;
using static FossVoices.Definitions.Shape;

namespace FossVoices.Studies;

/// <summary>One file of <c>i18n/</c>: the texts of a flow, or the study's own, in another language.</summary>
/// <param name="Flow">The flow's id; null for the study's own texts.</param>
internal sealed record TranslationFile(string? Flow, int? Version, string Language, Node.Object Root, ImmutableDictionary<string, TranslationFile.Entry> Texts, Problems Problems)
{
    private const int MostNamed = 5;

    /// <summary>What a file may look like.</summary>
    public static Shape.Object File { get; } = new("Texts of a flow, or of the study itself, in another language.",
    [
        new("$schema", new Text("Where the editor finds the schema.")),
        new("flow", new Text("The flow with its version, such as survey@1; left out where the study's own texts are translated.", 80)),
        new("study", new Text("The study's id, where its own texts are translated: its title, sides, tensions and help.", 80)),
        new("language", new Text("The language of the translation, such as fr.", 35), Required: true),
        new("texts", new Map("The translations, by the address of what they translate, such as role.options.upstream.", new Shape.Object("A translation.",
        [
            new("was", new Text("The text as it was when it was translated, so that a later change shows."), Required: true),
            new("text", new Text("The translation."), Required: true),
        ]), Ids: false, Most: 10_000), Required: true),
    ]);

    /// <param name="name">The file's name without <c>.json</c>: <c>FLOW.LANG</c> or <c>study.LANG</c>.</param>
    public static TranslationFile? Read(Node root, string name, Problems problems)
    {
        ShapeCheck.Check(File, root, problems);
        if (root is not Node.Object file || problems.Hopeless)
            return null;

        var (flow, study) = (file.TextOf("flow"), file.TextOf("study"));
        if (flow is null == study is null)
            problems.Error("FV003", file.At, "a translation needs one of 'flow' and 'study'", "\"flow\": \"survey@1\", or \"study\" with the study's id");
        var of = flow?.Split('@') ?? ["study"];
        var language = file.TextOf("language") ?? "";
        if (name != $"{of[0]}.{language}")
            problems.Error("FV021", file.Where("language"), $"the file's name '{Problems.Shown(name)}' differs from '{Problems.Shown($"{of[0]}.{language}")}'", "name it FLOW.LANGUAGE.json");

        var texts = (file.ObjectOf("texts")?.Members ?? [])
            .Where(m => m.Value is Node.Object form && form.TextOf("text") is not null && form.TextOf("was") is not null)
            .DistinctBy(m => m.Name)
            .ToImmutableDictionary(m => m.Name, m => new Entry(m.At, ((Node.Object)m.Value).TextOf("was")!, (Node.Text)((Node.Object)m.Value).Find("text")!), StringComparer.Ordinal);
        int? version = of is [_, var number] && int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : null;
        return new TranslationFile(flow is null ? null : of[0], version, language, file, texts, problems);
    }

    /// <summary>The translation of a text, or null where it has none.</summary>
    public Node.Text? In(FoundText text) => Texts.GetValueOrDefault(text.Address)?.Text;

    /// <summary>Complains of what is stale, missing or unknown.</summary>
    /// <param name="version">The flow's version, or null where there is none.</param>
    /// <param name="check">Looks at one translated text in itself.</param>
    public void CheckAgainst(ImmutableArray<FoundText> originals, int? version, Action<FoundText> check)
    {
        if (Version != version)
            Problems.Warning("FV039", Root.Where("flow"), $"this is made for version {Version} of '{Flow}', which is at version {version}", $"look it through and write {Flow}@{version}");

        var byAddress = originals.DistinctBy(t => t.Address).ToDictionary(t => t.Address, StringComparer.Ordinal);
        foreach (var (address, entry) in Texts.OrderBy(t => t.Value.At.Line).ThenBy(t => t.Value.At.Column))
        {
            if (!byAddress.TryGetValue(address, out var original))
            {
                Problems.Unknown("FV030", entry.At, "text", address, byAddress.Keys);
                continue;
            }

            if (entry.Was != original.Text.Value)
                Problems.Warning("FV031", entry.At, $"the text of '{address}' has changed since it was translated", "mend the translation, then put the new text under 'was'");
            var places = Template.Parse(entry.Text.Value).Places.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var lost in Template.Parse(original.Text.Value).Places.Where(p => !places.Contains(p.Name)))
                Problems.Warning("FV033", entry.Text.At, $"the translation says nothing of '{{{lost.Name}}}'", "the original fills it in there");
            check(original with { Text = entry.Text });
        }

        var missing = originals.Where(t => NeedsTranslation(t) && !Texts.ContainsKey(t.Address)).Select(t => t.Address).ToArray();
        if (missing.Length > 0)
        {
            var named = string.Join(", ", missing.Take(MostNamed)) + (missing.Length > MostNamed ? " …" : "");
            Problems.Warning("FV032", Root.Where("texts"), $"{missing.Length} of {originals.Length} texts have no translation: {named}", "they are shown in the original language");
        }
    }

    /// <summary>Reports are written in the study's language, so what only they print may stay as it is.</summary>
    private static bool NeedsTranslation(FoundText text) =>
        !text.Address.EndsWith(".starter", StringComparison.Ordinal) && !text.Address.EndsWith(".need", StringComparison.Ordinal);

    /// <param name="Was">The text when it was translated.</param>
    internal sealed record Entry(Position At, string Was, Node.Text Text);
}
