using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Channels;
using FossVoices.Host.Web.Pages;

namespace FossVoices.Host.Web;

/// <summary>What is said beside the questions: feedback, codes, a word on a quote.</summary>
internal static class AsidePages
{
    public static void MapAsides(this IEndpointRouteBuilder app)
    {
        app.MapGet("/feedback/{study}/{flow?}", (string study, string? flow, Desks desks) => desks.Find(study, flow) is { } desk
            ? Show.Page<FeedbackPage>(new FeedbackView(desk.Way, Visitor.NewId(), null, ""))
            : Show.NoSuchStudy());
        app.MapPost("/feedback/{study}/{flow?}", FeedbackAsync).AddEndpointFilter<FormGate>();
        app.MapPost("/code/{study}/{flow?}", OpenAsync).AddEndpointFilter<FormGate>();
        app.MapPost("/attest/{study}/{flow?}", AttestAsync).AddEndpointFilter<FormGate>();
        app.MapPost("/quote/{study}/{flow?}", DecideAsync).AddEndpointFilter<FormGate>();
        foreach (var page in (string[])["code", "attest", "quote"]) // Whoever loads the page again, or switches its language, has nothing to send.
            app.MapGet($"/{page}/{{study}}/{{flow?}}", (string study, string? flow) => Show.SeeOther(page == "code" ? new Way(study, flow).Page() : new Way(study, flow).Mine));
    }

    /// <summary>The participant's command, understood wherever one can type.</summary>
    public static async Task<IResult> AnswerAsync(Said aside, Desk desk, HttpContext context, Doorkeeper doorkeeper, Visitor visitor, CancellationToken cancellationToken)
    {
        switch (aside)
        {
            case Said.Withdraw:
                return Show.SeeOther(desk.Way.Withdraw);
            case Said.MyData or Said.Help or Said.Attest:
                return Show.SeeOther(desk.Way.Mine);
            case Said.Words or Said.Release or Said.Approve:
                return await WordsPages.AnswerAsync(aside, desk, context, doorkeeper, visitor, cancellationToken);
            case Said.Feedback("") or Said.NoReminder:
                return Show.SeeOther(aside is Said.NoReminder ? desk.Way.Page() : desk.Way.Feedback);
            case Said.Language(var tag):
                return Show.SeeOther($"{desk.Way.Page()}?{Speech.Query}={Uri.EscapeDataString(tag)}");
            case Said.Feedback(var text):
                return Answered(await doorkeeper.HearAsync(desk.Heard(context, visitor, aside), cancellationToken), desk, text);
            default:
                return Show.SeeOther(desk.Way.Page());
        }
    }

    private static async Task<IResult> FeedbackAsync(
        string study, string? flow, HttpContext context, Doorkeeper doorkeeper, Desks desks, Speech speech, Visitors visitors, CancellationToken cancellationToken)
    {
        if (desks.Find(study, flow) is not { } desk)
            return Show.NoSuchStudy();
        var text = context.Request.Form[ReplyForm.Text].ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
        return string.IsNullOrWhiteSpace(text) || text.Length > Fieldwork.Asides.LongestFeedback
            ? Show.Page<FeedbackPage>(new FeedbackView(desk.Way, Visitor.NewId(), speech[string.IsNullOrWhiteSpace(text) ? "feedback_empty" : "feedback_long"], text), 422)
            : Answered(await doorkeeper.HearAsync(desk.Heard(context, visitors.Read(context, study), new Said.Feedback(text)), cancellationToken), desk, text);
    }

    /// <summary>A code opens the page that asks for consent; it is used up by agreeing, not by looking.</summary>
    private static async Task<IResult> OpenAsync(
        string study, string? flow, HttpContext context, Doorkeeper doorkeeper, Desks desks, Visitors visitors, CancellationToken cancellationToken)
    {
        if (desks.Find(study, flow) is not { } desk)
            return Show.NoSuchStudy();
        var typed = context.Request.Form["code"].ToString();
        return await doorkeeper.HearAsync(desk.Heard(context, visitors.Read(context, study), new Said.Hello(typed)), cancellationToken) switch
        {
            Outcome.Consent consent => Show.Page<ConsentPage>(new ConsentView(desk.Way, consent, visitors.Offer(study), Visitor.NewId(), context.Request.Form["from"])),
            Outcome.CodeNeeded needed => Show.Page<CodePage>(new CodeView(desk.Way, needed, typed), 422),
            Outcome.Unavailable unavailable => Answered(unavailable, desk, typed: null),
            _ => Show.SeeOther(desk.Way.Page()),
        };
    }

    private static async Task<IResult> AttestAsync(
        string study, string? flow, HttpContext context, Doorkeeper doorkeeper, Desks desks, Visitors visitors, CancellationToken cancellationToken) =>
        desks.Find(study, flow) is { } desk
            ? Answered(await doorkeeper.HearAsync(desk.Heard(context, visitors.Read(context, study), new Said.Attest(context.Request.Form["code"].ToString())), cancellationToken), desk, typed: null)
            : Show.NoSuchStudy();

    private static async Task<IResult> DecideAsync(
        string study, string? flow, HttpContext context, Doorkeeper doorkeeper, Desks desks, Visitors visitors, CancellationToken cancellationToken)
    {
        if (desks.Find(study, flow) is not { } desk)
            return Show.NoSuchStudy();
        var form = context.Request.Form;
        if (form[ReplyForm.Do].ToString() is not ("yes" or "no"))
            return Show.Message(400, "unreadable");
        var hidden = form["hide"].Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var i) ? i : -1).ToImmutableArray();
        var said = new Said.Decide(form["quote"].ToString(), form[ReplyForm.Do] == "yes", hidden, form["also"].ToString());
        return Answered(await doorkeeper.HearAsync(desk.Heard(context, visitors.Read(context, study), said), cancellationToken), desk, typed: null);
    }

    private static IResult Answered(Outcome outcome, Desk desk, string? typed) => outcome switch
    {
        Outcome.Noted noted => Show.Message(200, "noted", desk.Way.Mine, "noted_back", sentence: noted.Sentence),
        Outcome.Closed closed => Show.Message(409, "closed", typed: typed, sentence: closed.Sentence),
        Outcome.Unavailable unavailable => Show.Message(503, "moment", desk.Way.Page(), "try_again", typed, unavailable.Sentence),
        _ => Show.SeeOther(desk.Way.Page()),
    };
}
