using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Coding;
using FossVoices.Host.Web.Pages;
using FossVoices.Sessions;
using FossVoices.Storage;

namespace FossVoices.Host.Web.Review;

/// <summary>Answers by code, side and question; and which codes come up together.</summary>
internal static class FindingPages
{
    private const int PageLength = 20;

    public static void MapFinding(this RouteGroupBuilder pages)
    {
        pages.MapGet("find", FindAsync);
        pages.MapGet("together", TogetherAsync);
    }

    private static async Task<IResult> FindAsync(
        string study, string? code, string? side, string? question, string? memo, int? from, ReviewDesks desks, ReviewStore store, ClaimStore claims, AccessLog log, Speech speech,
        HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        var frame = ReviewPages.FrameOf(desk);
        var withMemo = memo is null ? null : (await store.WithMemoAsync(study, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var codes = (code ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = context.Request.Query.Count == 0 ? [] : desk.Answers.Where(a =>
            !desk.IsBlind(a)
            && codes.All(wanted => desk.Standing(a.Id).Any(s => desk.CodeOf(s)?.Id == wanted))
            && (string.IsNullOrEmpty(side) || a.Side == side)
            && (string.IsNullOrEmpty(question) || QuestionOf(a) == question)
            && withMemo?.Contains(a.Id) is not false).ToImmutableArray();
        var start = Math.Clamp(from ?? 0, 0, Math.Max(0, found.Length - 1));
        var shown = found.Skip(start).Take(PageLength).ToArray();
        if (shown.Length > 0)
            await log.RecordAsync(study, $"reviewer {desk.Name}", $"review, found by {(codes.Length == 0 ? "question" : string.Join(" ", codes.Where(c => desk.Study.Codebook.WithId(c) is not null)))}", shown.Length, cancellationToken);

        var answers = ImmutableArray.CreateBuilder<FoundAnswer>();
        foreach (var answer in shown)
        {
            if (await store.ReadAsync(study, answer.Session, answer.Address, cancellationToken) is not { } read)
                continue;
            var standing = desk.Standing(answer.Id).ToArray();
            var marked = standing.Where(s => codes.Length == 0 || codes.Contains(desk.CodeOf(s)?.Id));
            answers.Add(new FoundAnswer(
                answer.Id, frame.Answer(answer.Session, answer.Address), desk.Asked(answer) ?? read.Question ?? "", desk.SideOf(answer),
                new CodeRows(desk, read.Text, speech, form: null).Pieces(marked),
                string.Join(", ", standing.Select(s => desk.CodeOf(s)?.Label).OfType<string>().Distinct(StringComparer.Ordinal)),
                [.. read.Memos.Select(m => speech.Say("review_memo_by", ("name", m.Key), ("memo", m.Value)))]));
        }

        return Show.Page<FindPage>(new FindView(
            frame,
            [.. desk.Study.Codebook.Given.Select(c => (c.Id, c.Label))],
            [.. desk.Study.Sides.Select(s => (s.Key, s.Value))],
            [.. desk.Answers.DistinctBy(QuestionOf).Select(a => (QuestionOf(a), a.Flow == Session.ImportedFlow ? speech["review_turns"] : desk.Asked(a) ?? a.Address))],
            code ?? "", side ?? "", question ?? "", memo is not null, found.Length, answers.ToImmutable(),
            start > 0 ? Page(Math.Max(0, start - PageLength)) : null,
            start + PageLength < found.Length ? Page(start + PageLength) : null,
            ClaimPages.RowsOf(frame, await claims.AllAsync(study, cancellationToken))));

        string Page(int at)
        {
            List<(string, string)> query = [("code", code ?? ""), ("side", side ?? ""), ("question", question ?? ""), ("from", at.ToString(CultureInfo.InvariantCulture))];
            if (memo is not null)
                query.Add(("memo", memo));
            return frame.At("find", [.. query]);
        }
    }

    private static async Task<IResult> TogetherAsync(string study, ReviewDesks desks, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        var frame = ReviewPages.FrameOf(desk);
        return Show.Page<TogetherPage>(new TogetherView(frame, [.. desk.Study.Sides.Select(side => Side(side.Key, side.Value))]));

        (string, int, ImmutableArray<TogetherRow>) Side(string id, string label)
        {
            var answers = desk.Answers.Where(a => a.Side == id && !desk.IsBlind(a))
                .Select(a => desk.Standing(a.Id).Select(s => desk.CodeOf(s)?.Id).OfType<string>().ToHashSet(StringComparer.Ordinal)).ToArray();
            return (label, answers.Length, [.. CodesTogether.Of(answers).Take(30).Select(pair => new TogetherRow(
                Label(pair.One), Label(pair.Other), pair.Answers, pair.Expected, frame.At("find", ("code", $"{pair.One} {pair.Other}"), ("side", id))))]);
        }

        string Label(string code) => desk.Study.Codebook.WithId(code)?.Label ?? code;
    }

    private static string QuestionOf(CodableAnswer answer) => answer.Flow == Session.ImportedFlow ? answer.Flow : $"{answer.Flow}/{answer.Address}";
}
