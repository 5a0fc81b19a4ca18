using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>One side's share in a picture: what is written, and where it lies. Never finer than what the text says.</summary>
/// <param name="IsFigure">A rounded figure, which has a point; else a word, which has a range.</param>
internal sealed record PictureShare(string Label, double From, double To, bool IsFigure)
{
    public double Middle => (From + To) / 2;
}

/// <summary>One row of a picture, chart or short table: two shares and what they say.</summary>
/// <param name="Axis">Shares of what.</param>
internal sealed record PictureRow(string Name, PictureShare? Downstream, PictureShare? Upstream, string Says, string Axis)
{
    private const string AxisOfAnswers = "share of answers that mention it";

    /// <summary>The rows worth showing first: gaps, then agreement, then the rest; codes where there are no questions to show.</summary>
    public static ImmutableArray<PictureRow> Of(GapReport report, int most)
    {
        var answering = report.Sections.Single(section => section.Stratum == Stratum.Answering);
        ImmutableArray<PictureRow> rows =
        [
            .. answering.Items.Where(item => (item.Downstream ?? item.Upstream) is not null)
                .OrderByDescending(item => item.Comparison?.Verdict switch { GapVerdict.Clear => 4, GapVerdict.Probably => 3, GapVerdict.Same => 2, _ => item.Comparison is null ? 0 : 1 })
                .ThenByDescending(item => Math.Abs(item.Comparison?.Gap.Estimate ?? 0))
                .Select(OfItem),
        ];
        if (rows.IsEmpty)
            rows = [.. answering.Codes.Where(code => (code.Downstream ?? code.Upstream) is not null).OrderByDescending(code => Math.Abs(code.Comparison?.Gap.Estimate ?? 0)).Select(OfCode)];
        if (rows.IsEmpty && report.Sections.FirstOrDefault(section => section.Stratum == Stratum.Published) is { } published)
            rows = [.. published.Codes.Select(OfAnswers).Where(row => row is { Downstream: not null } or { Upstream: not null }).OrderByDescending(row => (row.Downstream?.Middle ?? 0) + (row.Upstream?.Middle ?? 0))];
        return [.. rows.Take(most)];
    }

    /// <summary>Whether the rows are of people who published their words, there being nothing else to show.</summary>
    public static bool OfPublishedWords(GapReport report, ImmutableArray<PictureRow> rows) =>
        rows is [{ Axis: AxisOfAnswers }, ..] && report.Sections[^1].Stratum == Stratum.Published;

    private static PictureRow OfItem(ItemLine item)
    {
        var says = item.Comparison switch
        {
            { Verdict: GapVerdict.CannotTell, Stance: JointStance.HeldByBoth } => "both sides hold it",
            { Verdict: GapVerdict.CannotTell, Stance: JointStance.RejectedByBoth } => "neither side holds it",
            { } comparison => Words.Of(comparison),
            null => "one side only",
        };
        return new(item.Short, Of(item.Downstream?.Agreeing), Of(item.Upstream?.Agreeing), says, "share that agrees");
    }

    private static PictureRow OfCode(CodeLine code) => new(
        CodeText.Name(code), Of(code.Downstream?.Mentioning), Of(code.Upstream?.Mentioning),
        code.Comparison?.Verdict is { } verdict ? Words.Of(verdict) : "one side only", "share of people who mention it");

    private static PictureRow OfAnswers(CodeLine code) => new(
        CodeText.Name(code), Answers(code.Downstream), Answers(code.Upstream),
        string.Create(CultureInfo.InvariantCulture, $"▼ {code.Downstream?.Mentioning.Label ?? "nobody"}, ▲ {code.Upstream?.Mentioning.Label ?? "nobody"} mention it"), AxisOfAnswers);

    private static PictureShare? Answers(CodeSide? side) => side is { Answers: { } answers, AnswersOf: > 0 and var of }
        ? new(Words.Percent((double)answers / of), (double)answers / of, (double)answers / of, IsFigure: true)
        : null;

    private static PictureShare? Of(ShownShare? share) => share is null ? null
        : share.From == share.To ? new(Words.Percent(share.From), share.From, share.To, IsFigure: true)
        : new(share.Label, share.From, share.To, share.Label.EndsWith('%'));
}
