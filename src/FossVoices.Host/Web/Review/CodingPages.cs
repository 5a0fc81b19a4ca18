using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Coding;
using FossVoices.Host.Web.Pages;
using FossVoices.Storage;

namespace FossVoices.Host.Web.Review;

/// <summary>One answer at a time: what it says, which codes are suggested and why, and what this person says of it.</summary>
internal static class CodingPages
{
    /// <summary>The longest memo, in UTF-16 code units.</summary>
    private const int LongestMemo = 4000;

    public static void MapCoding(this RouteGroupBuilder pages)
    {
        pages.MapGet("next", (string study, string? after, ReviewDesks desks, HttpContext context, CancellationToken cancellationToken) =>
            NextAsync(study, blind: false, after, desks, context, cancellationToken));
        pages.MapGet("blind", (string study, string? after, ReviewDesks desks, HttpContext context, CancellationToken cancellationToken) =>
            NextAsync(study, blind: true, after, desks, context, cancellationToken));
        pages.MapGet("answer", ShowAsync);
        pages.MapPost("answer", SaveAsync).AddEndpointFilter<FormGate>();
        pages.MapPost("undo", UndoAsync).AddEndpointFilter<FormGate>();
    }

    private static async Task<IResult> NextAsync(string study, bool blind, string? after, ReviewDesks desks, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        var waiting = blind ? desk.ToCodeBlind() : [.. desk.Queue().Select(q => q.Answer)];
        var place = after is null ? 0 : waiting.IndexOf(after) + 1; // Not in it any more: from the beginning.
        return place < waiting.Length && waiting[place].Split('/', 2) is [var session, var address]
            ? Show.SeeOther(ReviewPages.FrameOf(desk).Answer(session, address))
            : Show.Message(200, after is null || waiting.IsEmpty ? "review_done" : "review_end", ReviewPages.FrameOf(desk).At(""), "review_home");
    }

    private static async Task<IResult> ShowAsync(
        string study, string? session, string? address, ReviewDesks desks, ReviewStore store, AccessLog log, Speech speech, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        return await ViewAsync(desk, session, address, store, log, speech, form: null, note: null, cancellationToken) is { } view
            ? Show.Page<CodingPage>(view)
            : Gone(desk);
    }

    private static async Task<IResult> SaveAsync(
        string study, ReviewDesks desks, ReviewStore store, PeopleStore people, AccessLog log, Speech speech, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        var form = context.Request.Form;
        var (session, address) = (form["session"].ToString(), form["address"].ToString());
        if (desk.Find(session, address) is not { } answer || await store.ReadAsync(study, session, address, cancellationToken) is not { } read)
            return Gone(desk);

        var blind = desk.IsBlind(answer);
        var (said, refusal) = SaidIn(form, read, desk, desk.Name, speech);
        if (said is null)
            return Show.Page<CodingPage>((await ViewAsync(desk, session, address, store, log, speech, form, refusal, cancellationToken))!, 422);
        if (await people.SaveAsync(study, said, cancellationToken) != Deed.Done)
            return Show.Message(409, "review_changed", ReviewPages.FrameOf(desk).At(""), "review_home");
        return Show.SeeOther(ReviewPages.FrameOf(desk).At(blind ? "blind" : "next"));
    }

    private static async Task<IResult> UndoAsync(string study, ReviewDesks desks, PeopleStore people, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        return await people.UndoAsync(study, desk.Name, cancellationToken) is var (session, address)
            ? Show.SeeOther(ReviewPages.FrameOf(desk).Answer(session, address))
            : Show.Message(200, "review_nothing_to_undo", ReviewPages.FrameOf(desk).At(""), "review_home");
    }

    internal static IResult Gone(ReviewDesk desk) => Show.Message(404, "review_gone", ReviewPages.FrameOf(desk).At(""), "review_home");

    /// <summary>What the form says of the answer: what is ticked applies, in the words that are quoted; nothing else does.</summary>
    /// <returns>Null with a sentence, where quoted words do not stand in the answer.</returns>
    internal static (PersonCoding? Said, string? Refusal) SaidIn(IFormCollection form, AnswerToRead read, ReviewDesk desk, string coder, Speech speech)
    {
        var ticked = form["code"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var given = ImmutableArray.CreateBuilder<GivenCode>();
        foreach (var code in desk.Study.Codebook.Given.Where(code => ticked.Contains(code.Id)))
        {
            var quote = form[$"quote-{code.Id}"].ToString();
            var near = int.TryParse(form[$"at-{code.Id}"], NumberStyles.Integer, CultureInfo.InvariantCulture, out var at) ? at : 0;
            var span = string.IsNullOrWhiteSpace(quote) ? null : MarkedText.Find(read.Text, quote, near);
            if (span is null && !string.IsNullOrWhiteSpace(quote))
                return (null, speech.Say("review_not_there", ("code", code.Label), ("words", quote)));
            var polarity = desk.Said(read.Answer.Id).FirstOrDefault(a => a.Code == code.Id && a.Start == span?.Start)?.Polarity ?? Polarity.Asserted;
            given.Add(new GivenCode(code.Id, span?.Start, span?.Length, polarity, GivenCode.Of(code)));
        }

        var memo = form["memo"].ToString().ReplaceLineEndings("\n").Trim();
        return memo.Length > LongestMemo
            ? (null, speech.Say("review_memo_long", ("most", LongestMemo.ToString(CultureInfo.InvariantCulture))))
            : (new PersonCoding(
                read.Answer.Session, read.Answer.Address, form["hash"].ToString(), coder, desk.Name, given.ToImmutable(),
                [.. desk.Study.Codebook.Given.Where(code => !ticked.Contains(code.Id)).Select(code => new GivenCode(code.Id, null, null, Polarity.Asserted, GivenCode.Of(code)))],
                memo), null);
    }

    private static async Task<CodingView?> ViewAsync(
        ReviewDesk desk, string? session, string? address, ReviewStore store, AccessLog log, Speech speech, IFormCollection? form, string? note, CancellationToken cancellationToken)
    {
        if (session is null || address is null || desk.Find(session, address) is not { } answer)
            return null;
        var blind = desk.IsBlind(answer);
        await log.RecordAsync(desk.Study.Id, $"reviewer {desk.Name}", blind ? "review, coded blind" : "review", 1, cancellationToken);
        if (await store.ReadAsync(desk.Study.Id, session, address, cancellationToken) is not { } read)
            return null;

        var said = blind ? [] : desk.Said(answer.Id).Where(a => a.Status != AssignmentStatus.Superseded).ToImmutableArray();
        var rows = new CodeRows(desk, read.Text, speech, form);
        var mine = desk.Said(answer.Id).Where(a => a.Coder == desk.Name && a.Status is AssignmentStatus.Confirmed or AssignmentStatus.Stale).ToDictionary(a => a.Code, StringComparer.Ordinal);
        var (suggested, others) = rows.Of(said.Where(a => a.Status is not AssignmentStatus.Rejected || Coders.IsMachine(a.Coder)), mine);
        var why = desk.Queue().FirstOrDefault(q => q.Answer == answer.Id)?.Reason;
        return new CodingView(
            ReviewPages.FrameOf(desk), session, address, "answer", desk.Asked(answer) ?? read.Question ?? "", desk.SideOf(answer),
            blind ? speech["review_why_blind"] : why is { } reason ? speech[$"review_why_{reason.ToString().ToLowerInvariant()}"] : "",
            blind, rows.Pieces(suggested.Length == 0 ? [] : said), suggested, others, read.TextHash,
            form?["memo"].ToString() ?? read.Memos.GetValueOrDefault(desk.Name, ""),
            blind ? [] : [.. read.Memos.Where(m => m.Key != desk.Name).Select(m => speech.Say("review_memo_by", ("name", m.Key), ("memo", m.Value)))],
            note, blind ? desk.ToCodeBlind().Length : desk.Queue().Length);
    }
}
