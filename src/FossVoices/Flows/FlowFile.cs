using System.Collections.Immutable;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>Reads one flow file and compiles it, together with what it needs of its study, into a <see cref="Flow"/>.</summary>
public static class FlowFile
{
    /// <summary>The flow; null where the file has errors, all of which are then in <paramref name="problems"/>.</summary>
    /// <param name="setting">What the study says; tensions of which this flow asks no half are left out by the caller.</param>
    /// <param name="codes">The ids of the study's codebook.</param>
    public static Flow? Read(Node root, Setting setting, IReadOnlyCollection<string> codes, Problems problems)
    {
        ShapeCheck.Check(FlowShape.File, root, problems);
        if (root is not Node.Object file)
            return null;

        var reader = new ItemReader(FlowDirectory.Of(file, setting, codes), ScalesOf(file, problems), problems);
        var items = reader.Items(file, core: false);
        reader.CheckIds(file);

        var consent = file.ObjectOf("consent");
        var flow = new Flow(
            file.TextOf("id") ?? "",
            file.WholeOf("version") ?? 1,
            file.TextOf("language") ?? "en",
            Template.Parse(file.TextOf("title") ?? ""),
            file.WholeOf("minutes") ?? 1,
            new ConsentText(
                Template.Parse(consent?.TextOf("text") ?? ""), consent?.TextOf("agree") ?? "", consent?.TextOf("decline") ?? "",
                consent?.ObjectOf("quotes") is { } quotes
                    ? new QuoteQuestion(quotes.TextOf("text") ?? "", ItemReader.Options(quotes))
                    : null),
            problems.AnyError ? [] : items,
            Template.Parse(file.TextOf("end") ?? ""),
            setting,
            HashOf(root, setting));
        if (problems.AnyError)
            return null;

        FlowCheck.Check(flow, file, problems);
        return problems.AnyError ? null : flow;
    }

    /// <summary>SHA-256 over what people are asked: the file's content without its layout, and what the study fills in.</summary>
    private static string HashOf(Node file, Setting setting)
    {
        using var hash = new ContentHash();
        hash.Add(file, "options", "vary").Add(setting.Study).Add(setting.Project).Add(setting.Help);
        foreach (var (side, label) in setting.Sides)
            hash.Add(side).Add(label);
        foreach (var (id, a, b, label, starter) in setting.Tensions)
            hash.Add(id).Add(a).Add(b).Add(label).Add(starter);
        return hash.Hex();
    }

    private static ImmutableDictionary<string, Scale> ScalesOf(Node.Object file, Problems problems)
    {
        var scales = ImmutableDictionary.CreateBuilder<string, Scale>(StringComparer.Ordinal);
        foreach (var (id, at, value) in file.ObjectOf("scales")?.Members ?? [])
        {
            if (value is not Node.Object form)
                continue;
            var points = form.TextsOf("points");
            var agreeFrom = form.WholeOf("agree_from") ?? (points.Length / 2) + 1 + (points.Length % 2);
            if (agreeFrom > points.Length)
                problems.Error("FV013", form.Where("agree_from"), $"the scale '{id}' has no point {agreeFrom}", $"it has {points.Length}");
            if (points.Length > 11)
                problems.Error("FV008", form.Where("points"), $"the scale '{id}' has {points.Length} points; 11 is the most", "five to seven labelled points say as much");
            scales[id] = new Scale(id, points, agreeFrom, form.TextOf("dont_know"));
        }

        return scales.ToImmutable();
    }
}
