using System.Collections.Immutable;
using System.Text;
using FossVoices.Codebooks;
using FossVoices.Definitions;

namespace FossVoices.Exchange;

/// <summary>
/// A code's entry as one text, for formats that have a single place for it: a labelled line for each field, and lines that begin with two spaces go on with the one before.
/// A text without any of these labels comes from elsewhere and is a description.
/// </summary>
internal static class CodeText
{
    private const int LongestBrief = 300;
    private const int LongestLabel = 80;

    private static readonly ImmutableArray<string> s_labels =
        ["Label", "Brief", "Full", "Use when", "Not when", "Example", "Counter-example", "Alias", "Status", "Merged into", "Parent"];

    /// <param name="hasParent">Whether the format shows by itself what stands above the code.</param>
    public static string Of(Code code, bool hasParent)
    {
        var text = new StringBuilder();
        Add("Label", code.Label);
        Add("Brief", code.Brief);
        Add("Full", code.Full);
        AddEach("Use when", code.UseWhen);
        AddEach("Not when", code.NotWhen);
        AddEach("Example", code.Examples);
        AddEach("Counter-example", code.CounterExamples);
        AddEach("Alias", code.Aliases);
        Add("Status", code.Status == CodeStatus.Active ? "" : Spelling.Of(code.Status));
        Add("Merged into", code.MergedInto ?? "");
        Add("Parent", hasParent ? "" : code.Parent ?? "");
        return text.ToString().TrimEnd('\n');

        void AddEach(string label, ImmutableArray<string> values)
        {
            foreach (var value in values)
                Add(label, value);
        }

        void Add(string label, string value)
        {
            if (value.Length > 0)
                text.Append(label).Append(": ").Append(PlainText.Of(value).Replace("\n", "\n  ", StringComparison.Ordinal)).Append('\n');
        }
    }

    /// <summary>The code that such a text describes.</summary>
    /// <param name="name">What the other program calls it.</param>
    public static Code Read(string id, string name, string text)
    {
        var fields = Fields(PlainText.Of(text));
        var label = One("Label") is { Length: > 0 } given ? given : name;
        var code = new Code { Id = id, Label = Cut(OneLine(label), LongestLabel), Brief = "" };
        if (fields.Count == 0)
        {
            var plain = PlainText.Of(text).Trim();
            var first = Cut(OneLine(plain.Split('\n')[0]), LongestBrief);
            return code with { Brief = first.Length > 0 ? first : code.Label, Full = plain == first ? "" : plain };
        }

        return code with
        {
            Brief = One("Brief") is { Length: > 0 } brief ? brief : code.Label,
            Full = One("Full"),
            UseWhen = Each("Use when"),
            NotWhen = Each("Not when"),
            Examples = Each("Example"),
            CounterExamples = Each("Counter-example"),
            Aliases = Each("Alias"),
            Status = Enum.TryParse<CodeStatus>(One("Status"), ignoreCase: true, out var status) ? status : CodeStatus.Active,
            MergedInto = One("Merged into") is { Length: > 0 } merged ? merged : null,
            Parent = One("Parent") is { Length: > 0 } parent ? parent : null,
        };

        string One(string label) => Each(label) is [var value, ..] ? value : "";

        ImmutableArray<string> Each(string label) => [.. fields.Where(field => field.Label == label).Select(field => field.Value)];
    }

    private static List<(string Label, string Value)> Fields(string text)
    {
        var fields = new List<(string Label, string Value)>();
        foreach (var line in text.Split('\n'))
        {
            var label = s_labels.FirstOrDefault(known => line.StartsWith($"{known}: ", StringComparison.Ordinal));
            if (label is not null)
                fields.Add((label, line[(label.Length + 2)..]));
            else if (fields.Count > 0)
                fields[^1] = fields[^1] with { Value = $"{fields[^1].Value}\n{(line.StartsWith("  ", StringComparison.Ordinal) ? line[2..] : line)}" };
        }

        return fields;
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
