using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>Reads one flow file and compiles it, together with what it needs of its study, into a <see cref="Flow"/>.</summary>
public static class FlowFile
{
    private const int MostItems = 1000;

    /// <summary>The flow; null where the file has errors, all of which are then in <paramref name="problems"/>.</summary>
    /// <param name="setting">What the study says; tensions of which this flow asks no half are left out by the caller.</param>
    /// <param name="codes">The ids of the study's codebook.</param>
    public static Flow? Read(Node root, Setting setting, IReadOnlyCollection<string> codes, Problems problems) =>
        Compile(root, setting, codes, problems, HashOf(root, setting));

    /// <summary>The flow, pinned by a hash that may cover more than the file itself.</summary>
    internal static Flow? Compile(Node root, Setting setting, IReadOnlyCollection<string> codes, Problems problems, string hash)
    {
        ShapeCheck.Check(FlowShape.File, root, problems);
        if (root is not Node.Object written || problems.Hopeless)
            return null;
        if (FlowDirectory.Items(written).Skip(MostItems).Any())
        {
            problems.Absurd(written.Where("items"), $"this flow has more than {Problems.Count(MostItems)} items", "nobody answers so many; split the flow");
            return null;
        }

        // Labels are the same for everybody, so they are filled in once.
        var file = FlowTexts.Replaced(written, text => text.Use is TextUse.Button or TextUse.Choice or TextUse.Plain
            ? text.Text with { Value = Template.Parse(text.Text.Value).Fill(name => name == "project" ? setting.Project : null) }
            : text.Text);
        var reader = new ItemReader(FlowDirectory.Of(file, setting, codes), ScalesOf(file, problems), problems);
        var items = reader.Items(file, core: false);
        reader.CheckNames(file);

        var flow = new Flow(
            file.TextOf("id") ?? "",
            file.WholeOf("version") ?? 1,
            file.TextOf("language") ?? "en",
            Text(file, "title"),
            file.WholeOf("minutes") ?? 1,
            ConsentOf(file.ObjectOf("consent")),
            items,
            Text(file, "end"),
            setting,
            hash);
        FlowCheck.Check(flow, written, problems);
        return problems.AnyError ? null : flow;
    }

    /// <summary>Adds what people are asked: the file's content without its layout, and what the study fills in.</summary>
    internal static ContentHash AddTo(ContentHash hash, Node file, Setting setting)
    {
        hash.Add(file, "options", "vary").Add(setting.Study).Add(setting.Project).Add(setting.Help);
        foreach (var (side, label) in setting.Sides)
            hash.Add(side).Add(label);
        foreach (var (id, a, b, label, starter) in setting.Tensions)
            hash.Add(id).Add(a).Add(b).Add(label).Add(starter);
        return hash;
    }

    private static string HashOf(Node file, Setting setting)
    {
        using var hash = new ContentHash();
        return AddTo(hash, file, setting).Hex();
    }

    private static Template Text(Node.Object? holder, string key) => Template.Parse(holder?.TextOf(key) ?? "");

    private static ConsentText ConsentOf(Node.Object? consent) => new(
        Text(consent, "text"), consent?.TextOf("agree") ?? "", consent?.TextOf("decline") ?? "",
        consent?.ObjectOf("quotes") is { } quotes ? new QuoteQuestion(quotes.TextOf("text") ?? "", ItemReader.Options(quotes)) : null);

    private static ImmutableDictionary<string, Scale> ScalesOf(Node.Object file, Problems problems)
    {
        var scales = ImmutableDictionary.CreateBuilder<string, Scale>(StringComparer.Ordinal);
        foreach (var (id, _, value) in file.ObjectOf("scales")?.Members ?? [])
        {
            if (value is not Node.Object form)
                continue;
            var points = form.TextsOf("points");
            var agreeFrom = form.WholeOf("agree_from") ?? (points.Length / 2) + 1 + (points.Length % 2);
            if (agreeFrom > points.Length && form.Find("agree_from") is { } written)
                problems.Error("FV013", written.At, $"the scale '{id}' has no point {agreeFrom}", $"it has {points.Length}");
            scales[id] = new Scale(id, points, agreeFrom, form.TextOf("dont_know"));
        }

        return scales.ToImmutable();
    }
}
