using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Reports;

/// <summary>What is said of how far the verdicts depend on who is counted: people on both sides, and people whose side nobody checked.</summary>
internal static class SensitivityText
{
    public static IEnumerable<Block> Of(GapReport report, ReportSection section)
    {
        foreach (var block in Bridge(report, section).Concat(Attested(section)))
            yield return block;
    }

    /// <summary>The verdicts that would be others if the people on both sides were counted with one of them.</summary>
    public static ImmutableArray<ItemLine> DependingOnBridge(ReportSection section) =>
        [.. section.Items.Where(item => item.Comparison is { WithBridge: { } with, Finding: { } finding } && !with.All(other => other == finding))];

    /// <summary>The verdicts that are others among people whose side was checked.</summary>
    public static ImmutableArray<ItemLine> ChangingAmongAttested(ReportSection section) =>
        [.. section.Items.Where(item => item.Comparison is { Attested: { } alone, Finding: { } finding } && alone != finding)];

    private static IEnumerable<Block> Bridge(GapReport report, ReportSection section)
    {
        if (section.Bridge is not { } persons)
            yield break;

        yield return new Block.Heading("People on both sides");
        var shown = section.Items.Where(item => item.Bridge is not null).ToImmutableArray();
        if (shown.IsEmpty)
        {
            yield return new Block.Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"Some people are on both sides and are in neither side's figures. Too few of them answered (under {report.MinimumGroup}) to be shown, or to see whether a verdict depends on them."));
            yield break;
        }

        yield return new Block.Paragraph($"{Words.Capital(persons.StartsWith('<') ? $"fewer than {persons[1..]}" : persons)} people are on both sides. They are in neither side's figures.");
        var told = ItemText.Gaps(section).Intersect(shown).Take(report.Told).ToImmutableArray();
        if (told.Length > 0)
            yield return new Block.Bullets([.. told.Select(item => $"{Words.Quoted(item.Short)}: {item.Bridge!.Agreeing.Label} of them say {Words.Quoted(item.Agree)}.")]);
        var depending = DependingOnBridge(section);
        if (depending.Length > 0)
        {
            yield return new Block.Paragraph("These verdicts depend on people who are both:");
            yield return new Block.Bullets([.. depending.Select(item =>
                $"{Words.Quoted(item.Short)}: {Words.Of(item.Comparison!.Finding!.Value)}; with them counted upstream: {Words.Of(item.Comparison.WithBridge!.Upstream)}; downstream: {Words.Of(item.Comparison.WithBridge.Downstream)}.")]);
        }
        else if (shown.Any(item => item.Comparison?.WithBridge is not null))
        {
            yield return new Block.Paragraph("No verdict would be another if they were counted with the one side or the other.");
        }
    }

    private static IEnumerable<Block> Attested(ReportSection section)
    {
        if (section.Attested is not { } persons)
            yield break;

        yield return new Block.Heading("People whose side was checked");
        yield return new Block.Paragraph($"{Words.Capital(persons.Upstream)} people upstream and {persons.Downstream} downstream have shown which side they are on, by a role, a team or a code.");
        var changing = ChangingAmongAttested(section);
        if (changing.Length > 0)
        {
            yield return new Block.Paragraph("Among them alone these verdicts are others:");
            yield return new Block.Bullets([.. changing.Select(item =>
                $"{Words.Quoted(item.Short)}: {Words.Of(item.Comparison!.Finding!.Value)}; among them: {Words.Of(item.Comparison.Attested!.Value)}.")]);
        }
        else
        {
            yield return new Block.Paragraph(section.Items.Any(item => item.Comparison?.Attested is not null)
                ? "Among them alone the verdicts are the same, as far as enough of them answered."
                : "On no question did enough of them answer to be looked at alone.");
        }
    }
}
