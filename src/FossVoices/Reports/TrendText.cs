using System.Collections.Immutable;

namespace FossVoices.Reports;

/// <summary>What is said of how gaps changed since the wave before.</summary>
internal static class TrendText
{
    public static IEnumerable<Block> Of(ReportSection section)
    {
        if (section.Since is not { } since)
            yield break;

        yield return new Block.Heading($"Since wave {since.Wave}");
        var compared = section.Items.Where(item => item.Comparison?.Trend is not null).ToImmutableArray();
        if ((since.Refusal ?? (compared.IsEmpty ? "On no question did enough people answer both times, in the same words, to be compared." : null)) is { } refusal)
        {
            yield return new Block.Paragraph(refusal);
            yield break;
        }

        var changed = Changed(section);
        if (changed.Length > 0)
            yield return new Block.Bullets([.. changed.Select(item => $"{Words.Quoted(item.Short)}: {How(item.Comparison!.Trend!)}.")]);
        var count = Words.Count(compared.Length, "question was", "questions were");
        yield return new Block.Paragraph(changed.Length > 0
            ? $"{count} compared; on the others no change can be told."
            : $"{count} compared; no change can be told. Two gaps of different size are no change by themselves.");
    }

    /// <summary>The gaps of which a change can be told, the largest change first.</summary>
    public static ImmutableArray<ItemLine> Changed(ReportSection section) =>
        [.. section.Items.Where(item => item.Comparison?.Trend?.IsChange == true).OrderByDescending(item => Math.Abs(item.Comparison!.Trend!.Change.Estimate))];

    public static string How(ShownTrend trend)
    {
        var (before, after) = (trend.Before, trend.Before + trend.Change.Estimate);
        var toward = trend.Change.Estimate > 0 ? "downstream expects more than before, compared with upstream" : "upstream expects more than before, compared with downstream";
        var apart = Math.Sign(before) == -Math.Sign(after) && before != 0 ? "the difference has turned round"
            : Math.Abs(after) > Math.Abs(before) ? "the sides have moved apart" : "the sides have moved closer";
        return $"{apart}: {toward}";
    }
}
