using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Reports;

/// <summary>The figures behind a section, for researchers: everything that the words rest on.</summary>
internal static class FiguresText
{
    public static IEnumerable<Block> Of(ReportSection section)
    {
        var items = section.Items.Where(item => item.Figures is not null).ToImmutableArray();
        if (items.Length > 0)
        {
            yield return new Block.Heading("Figures: questions");
            yield return new Block.Paragraph("Persons at each point of the scale, from the lowest. d is Cliff's delta, downstream against upstream, with its 95 % interval; p is of the test, then adjusted for the number of questions compared; “clear” rests on the cautious p, adjusted likewise.");
            yield return new Block.Table(
                ["question", "▼ persons", "▲ persons", "▼ agree", "▲ agree", "d", "95 % interval", "p", "adjusted p", "cautious p", "verdict"],
                [.. items.Select(item => (ImmutableArray<string>)
                [
                    item.Short, Counts(item.Figures!.Downstream), Counts(item.Figures.Upstream),
                    item.Downstream?.Agreeing.Label ?? "", item.Upstream?.Agreeing.Label ?? "",
                    .. item.Comparison is { } c
                        ? (string[])[Words.Number(c.Gap.Estimate), item.Figures.Gap is { } gap ? Range(new(gap.Delta, gap.CiLow, gap.CiHigh)) : Range(c.Gap), Words.P(item.Figures.Gap?.P), Words.P(item.Figures.AdjustedP), Words.P(item.Figures.CautiousP), Words.Of(c)]
                        : ["", "", "", "", "", ""],
                ])]);
        }

        var guessed = items.Where(item => item.Figures!.Guesses is { } g && (g.DownstreamAccuracy ?? g.UpstreamAccuracy ?? g.DownstreamCongruency ?? g.UpstreamCongruency) is not null).ToImmutableArray();
        if (guessed.Length > 0)
        {
            yield return new Block.Heading("Figures: guesses of the other side");
            yield return new Block.Paragraph("Accuracy: the guesses against the other side's answers (above 0: overrated). Perceived difference: the guess against the own answer, within person.");
            yield return new Block.Table(
                ["question", "▼ accuracy", "▲ accuracy", "▼ perceived difference", "▲ perceived difference", "▼ state", "▲ state"],
                [.. guessed.Select(item => (ImmutableArray<string>)
                [
                    item.Short, Shown(item.Figures!.Guesses!.DownstreamAccuracy), Shown(item.Figures.Guesses.UpstreamAccuracy),
                    Shown(item.Figures.Guesses.DownstreamCongruency), Shown(item.Figures.Guesses.UpstreamCongruency), State(item.Downstream), State(item.Upstream),
                ])]);
        }

        var trends = items.Where(item => item.Comparison?.Trend is not null).ToImmutableArray();
        if (trends.Length > 0)
        {
            yield return new Block.Heading("Figures: change since the wave before");
            yield return new Block.Table(
                ["question", "d before", "change, 95 % interval", "▼ persons both times", "▲ persons both times"],
                [.. trends.Select(item => (ImmutableArray<string>)
                [
                    item.Short, Words.Number(item.Comparison!.Trend!.Before), Shown(item.Comparison.Trend.Change),
                    Sum(item.Figures!.Trend?.Again?.Downstream), Sum(item.Figures.Trend?.Again?.Upstream),
                ])]);
        }

        var codes = section.Codes.Where(code => code.Figures is { DownstreamOf: > 0 } or { UpstreamOf: > 0 }).ToImmutableArray();
        if (codes.Length > 0)
        {
            yield return new Block.Heading("Figures: topics");
            yield return new Block.Table(
                ["topic", "▼ persons", "▲ persons", "difference", "interval as shown", "p", "adjusted p", "without coders' errors", "alpha", "verdict"],
                [.. codes.Select(code => (ImmutableArray<string>)
                [
                    $"#{code.Code}", code.Downstream?.Mentioning.Label ?? "", code.Upstream?.Mentioning.Label ?? "",
                    .. code.Comparison is { } c
                        ? (string[])[Words.Number(c.Gap.Estimate), Range(c.Gap), Words.P(code.Figures!.FisherP), Words.P(code.Figures.AdjustedP), c.Corrected is { } d ? Words.Number(d) : "", code.Coding?.Agreement is { } alpha ? Words.Number(alpha) : "", c.Verdict is { } v ? Words.Of(v) : "too few"]
                        : ["", "", "", "", "", "", ""],
                ])]);
        }

        var tensions = section.Tensions.SelectMany(t => new[] { (Line: t, Sign: "▼", Side: t.Downstream), (Line: t, Sign: "▲", Side: t.Upstream) }).Where(t => t.Side?.Figures is not null).ToImmutableArray();
        if (tensions.Length > 0)
        {
            yield return new Block.Heading("Figures: tensions");
            yield return new Block.Table(
                ["tension", "side", "neither, a, b, both", "share of both, 95 % interval", "excess over independence"],
                [.. tensions.Select(t => (ImmutableArray<string>)
                [
                    t.Line.Tension, t.Sign, $"{Counts([t.Side!.Figures!.Neither, t.Side.Figures.OnlyA, t.Side.Figures.OnlyB, t.Side.Figures.Both])}",
                    $"{Words.Percent(t.Side.Both.Middle)} ({Words.Percent(t.Side.Figures.Low)} to {Words.Percent(t.Side.Figures.High)})", Shown(t.Side.Figures.Excess),
                ])]);
        }
    }

    private static string Sum(ImmutableArray<long>? counts) => counts is { } some ? some.Sum().ToString(CultureInfo.InvariantCulture) : "";

    private static string State(ItemSide? side) => side?.Perception switch
    {
        null => "",
        Gaps.Perception.SharedView => "shared view",
        Gaps.Perception.HiddenDisagreement => "hidden disagreement",
        Gaps.Perception.ImaginedDisagreement => "imagined disagreement",
        Gaps.Perception.OpenDisagreement => "open disagreement",
        _ => "not enough answers",
    };

    private static string Counts(ImmutableArray<long> counts) => string.Join(" ", counts.Select(count => count.ToString(CultureInfo.InvariantCulture)));

    private static string Range(ShownGap gap) => $"{Words.Number(gap.Low)} to {Words.Number(gap.High)}";

    private static string Shown(ShownGap? gap) => gap is null ? "" : $"{Words.Number(gap.Estimate)} ({Range(gap)})";
}
