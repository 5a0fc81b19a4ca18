using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Host.Web.Pages;
using FossVoices.Storage;

namespace FossVoices.Host.Web.Review;

/// <summary>Where two people coded the same answer: what each said, side by side, and what they settle on.</summary>
internal static class SettlingPages
{
    public static void MapSettling(this RouteGroupBuilder pages)
    {
        pages.MapGet("settle", ListAsync);
        pages.MapGet("settle/answer", ShowAsync);
        pages.MapPost("settle/answer", SaveAsync).AddEndpointFilter<FormGate>();
        pages.MapPost("settle/alike", AlikeAsync).AddEndpointFilter<FormGate>();
    }

    private static async Task<IResult> ListAsync(string study, ReviewDesks desks, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        var waiting = desk.ToSettle();
        return Show.Page<SettlePage>(new SettleView(
            ReviewPages.FrameOf(desk),
            [.. waiting.Where(w => w.Differing > 0).Select(w => (LinkTo(desk, w.Answer), string.Join(", ", desk.PeopleWhoRead(w.Answer)), w.Differing))],
            waiting.Count(w => w.Differing == 0)));
    }

    private static async Task<IResult> ShowAsync(
        string study, string? session, string? address, ReviewDesks desks, ReviewStore store, AccessLog log, Speech speech, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        return await ViewAsync(desk, session, address, store, log, speech, form: null, note: null, cancellationToken) is { } view ? Show.Page<CodingPage>(view) : CodingPages.Gone(desk);
    }

    private static async Task<IResult> SaveAsync(
        string study, ReviewDesks desks, ReviewStore store, PeopleStore people, AccessLog log, Speech speech, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        var form = context.Request.Form;
        var (session, address) = (form["session"].ToString(), form["address"].ToString());
        if (await store.ReadAsync(study, session, address, cancellationToken) is not { } read || desk.IsBlind(read.Answer))
            return CodingPages.Gone(desk);
        var (said, refusal) = CodingPages.SaidIn(form, read, desk, Coders.Gold, speech);
        if (said is null)
            return await ViewAsync(desk, session, address, store, log, speech, form, refusal, cancellationToken) is { } view ? Show.Page<CodingPage>(view, 422) : CodingPages.Gone(desk);
        return await people.SaveAsync(study, said, cancellationToken) switch
        {
            Deed.Done => Show.SeeOther(ReviewPages.FrameOf(desk).At("settle")),
            Deed.NotTwo => Show.Message(409, "review_not_two", ReviewPages.FrameOf(desk).At("settle"), "review_settle"),
            _ => Show.Message(409, "review_changed", ReviewPages.FrameOf(desk).At(""), "review_home"),
        };
    }

    /// <summary>Where all who read an answer gave the same codes, there is nothing to talk about.</summary>
    private static async Task<IResult> AlikeAsync(string study, ReviewDesks desks, ReviewStore store, PeopleStore people, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        foreach (var (answer, _) in desk.ToSettle().Where(w => w.Differing == 0))
        {
            if (answer.Split('/', 2) is not [var session, var address] || await store.ReadAsync(study, session, address, cancellationToken) is not { } read)
                continue;
            var given = desk.GivenByPeople(answer).DistinctBy(a => a.Code, StringComparer.Ordinal).Where(a => desk.Study.Codebook.WithId(a.Code) is not null)
                .Select(a => new GivenCode(a.Code, a.Start, a.Length, a.Polarity, GivenCode.Of(desk.Study.Codebook.WithId(a.Code)!))).ToImmutableArray();
            await people.SaveAsync(
                study,
                new PersonCoding(
                    session, address, read.TextHash, Coders.Gold, desk.Name, given,
                    [.. desk.Study.Codebook.Given.Where(code => !given.Any(g => g.Code == code.Id)).Select(code => new GivenCode(code.Id, null, null, Polarity.Asserted, GivenCode.Of(code)))], ""),
                cancellationToken);
        }

        return Show.SeeOther(ReviewPages.FrameOf(desk).At("settle"));
    }

    private static async Task<CodingView?> ViewAsync(
        ReviewDesk desk, string? session, string? address, ReviewStore store, AccessLog log, Speech speech, IFormCollection? form, string? note, CancellationToken cancellationToken)
    {
        if (session is null || address is null || desk.Find(session, address) is not { } answer || desk.IsBlind(answer) || desk.PeopleWhoRead(answer.Id).Length < 2)
            return null;
        await log.RecordAsync(desk.Study.Id, $"reviewer {desk.Name}", "review, settling", 1, cancellationToken);
        if (await store.ReadAsync(desk.Study.Id, session, address, cancellationToken) is not { } read)
            return null;

        var rows = new CodeRows(desk, read.Text, speech, form);
        var differing = desk.Differing(answer.Id).ToHashSet(StringComparer.Ordinal);
        var before = desk.IsSettled(answer.Id) ? desk.Standing(answer.Id) : desk.GivenByPeople(answer.Id).Where(a => !differing.Contains(a.Code));
        var said = desk.Said(answer.Id).Where(a => Coders.IsMachine(a.Coder) ? a.Status == AssignmentStatus.Suggested : a.Status != AssignmentStatus.Rejected && a.Coder != Coders.Gold).ToArray();
        var (suggested, others) = rows.Of(said, before.DistinctBy(a => a.Code, StringComparer.Ordinal).ToDictionary(a => a.Code, StringComparer.Ordinal));
        var people = desk.PeopleWhoRead(answer.Id);
        return new CodingView(
            ReviewPages.FrameOf(desk), session, address, "settle/answer", desk.Asked(answer) ?? read.Question ?? "", desk.SideOf(answer),
            speech.Say("review_settle_why", ("names", string.Join(", ", people))), Blind: false, rows.Pieces(said.Where(a => !Coders.IsMachine(a.Coder))),
            [.. suggested.Select(row => row with { Reasons = [.. Silent(row.Id), .. row.Reasons] })], others, read.TextHash,
            form?["memo"].ToString() ?? read.Memos.GetValueOrDefault(Coders.Gold, ""),
            [.. read.Memos.Where(m => m.Key != Coders.Gold).Select(m => speech.Say("review_memo_by", ("name", m.Key), ("memo", m.Value)))],
            note, desk.ToSettle().Count(w => w.Differing > 0));

        IEnumerable<string> Silent(string code) =>
            people.Where(person => !said.Any(a => a.Coder == person && desk.CodeOf(a)?.Id == code)).Select(person => speech.Say("review_says_not", ("name", person)));
    }

    private static string LinkTo(ReviewDesk desk, string answer) =>
        answer.Split('/', 2) is [var session, var address] ? ReviewPages.FrameOf(desk).Answer(session, address, "settle/answer") : "";
}
