using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Host.Web.Pages;

namespace FossVoices.Host.Web;

/// <summary>
/// The pages that ask, one question at a time. What is posted is answered with a redirection to the page of the next question, so that loading
/// again never sends again and the browser's own back button leads to the question before; what can't be taken comes back in its form.
/// </summary>
internal static class Answering
{
    public static void MapAnswering(this IEndpointRouteBuilder app)
    {
        app.MapGet("/s/{study}/{flow?}", AskAsync);
        app.MapPost("/s/{study}/{flow?}", HearAsync).AddEndpointFilter<FormGate>();
        app.MapGet("/no-thanks/{study}/{flow?}", (string study, string? flow) => Show.Message(200, "declined", new Way(study, flow).Page(), "to_start"));
    }

    private static async Task<IResult> AskAsync(
        string study, string? flow, string? q, string? from, string? code, HttpContext context, Conversation conversation, Doorkeeper doorkeeper, Desks desks,
        Visitors visitors, CancellationToken cancellationToken)
    {
        if (desks.Find(study, flow) is not { } desk)
            return Show.NoSuchStudy();

        var visitor = visitors.Read(context, study);
        var outcome = await doorkeeper.HearAsync(desk.Heard(context, visitor, new Said.Hello(code)), cancellationToken);
        if (outcome is Outcome.Consent && visitor.Receipts.ContainsKey(desk.Flow))
        {
            // What the receipt stood for is gone; from now on the visitor is again whoever agrees here.
            visitor = visitor.Without(desk.Flow);
            visitors.Keep(context, study, visitor);
            outcome = await doorkeeper.HearAsync(desk.Heard(context, visitor, new Said.Hello(code)), cancellationToken);
        }

        // A page may name a question that was answered before, to change that answer; any other name is as good as none.
        if (q is not null && outcome is Outcome.Question or Outcome.Finished
            && await conversation.AgainAsync(study, flow, visitor.In(desk.Flow), q, desk.Study.Language, cancellationToken) is { } again)
        {
            outcome = again;
        }

        return outcome switch
        {
            Outcome.Consent consent => Show.Page<ConsentPage>(new ConsentView(desk.Way, consent, visitors.Offer(study), Visitor.NewId(), from)),
            Outcome.Question question => Show.Page<QuestionPage>(desk.View(question) with { Receipt = await ReceiptAtTheStartAsync(question) }),
            Outcome.Finished finished => Show.Page<FinishedPage>(new FinishedView(desk.Way, finished, await ReceiptAsync()) { Releases = desk.Study.Release is not null }),
            Outcome.Paused paused => Show.Page<PausedPage>(await PausedAsync(paused)),
            Outcome.CodeNeeded needed => Show.Page<CodePage>(new CodeView(desk.Way, needed, code), needed.Note is null ? 200 : 422),
            Outcome.Closed closed => Show.Message(200, "closed", sentence: closed.Sentence),
            Outcome.Unavailable unavailable => Show.Message(503, "moment", sentence: unavailable.Sentence),
            _ => throw new System.Diagnostics.UnreachableException(outcome.GetType().Name),
        };

        // Until the first answer is given, so that it is seen even by those who load the page again.
        async Task<string?> ReceiptAtTheStartAsync(Outcome.Question question) =>
            question.Prompt is { CanGoBack: false, Earlier: null } ? await ReceiptAsync() : null;

        async Task<PausedView> PausedAsync(Outcome.Paused paused)
        {
            var receipt = await ReceiptAsync() ?? "";
            return new PausedView(desk.Way, paused, receipt, Desk.Absolute(context, desk.Way.Resume(receipt)), Visitor.NewId());
        }

        async Task<string?> ReceiptAsync() => (await conversation.OwnAsync(study, flow, visitor.In(desk.Flow), desk.Study.Language, cancellationToken))?.Receipt;
    }

    private static async Task<IResult> HearAsync(
        string study, string? flow, HttpContext context, Conversation conversation, Doorkeeper doorkeeper, Desks desks, Speech speech, Visitors visitors,
        CancellationToken cancellationToken)
    {
        if (desks.Find(study, flow) is not { } desk)
            return Show.NoSuchStudy();

        var form = context.Request.Form;
        var visitor = visitors.Read(context, study);
        if (form[ReplyForm.Do] == ReplyForm.Agree)
            return await BeginAsync(desk, context, doorkeeper, visitors, visitor, cancellationToken);

        if (Asked.TryRead(form[ReplyForm.Asked]) is not { } asked || ReplyForm.Read(form) is not { } reply)
            return Show.Message(400, "unreadable");
        if (reply is Reply.Said(var typed) && TypedCommand.Read(typed) is { } aside)
            return await AsidePages.AnswerAsync(aside, desk, context, doorkeeper, visitor, cancellationToken);

        // Whoever pauses in the middle of a text finds it again, as an answer that can be changed.
        if (reply is Reply.Pause && ReplyForm.Answer(form) is Reply.Said(var draft) && !string.IsNullOrWhiteSpace(draft))
        {
            var kept = await doorkeeper.HearAsync(desk.Heard(context, visitor, new Said.Answer(new Reply.Said(draft)), asked), cancellationToken);
            if (kept is not Outcome.Question { Note: null })
                return await AfterAsync(kept, new Reply.Said(draft));
            asked = ((Outcome.Question)kept).Asked;
            return await AfterAsync(await doorkeeper.HearAsync(desk.Heard(context, visitor, new Said.Answer(reply), asked) with { Delivery = Visitor.NewId() }, cancellationToken), reply);
        }

        if (ReplyForm.RankedTwice(reply) is not null && await AgainAsync() is { } ranking)
            return Show.Page<QuestionPage>(desk.View(ranking) with { Note = speech["ranked_twice"], Attempt = reply }, 422);

        return await AfterAsync(await doorkeeper.HearAsync(desk.Heard(context, visitor, new Said.Answer(reply), asked), cancellationToken), reply);

        async Task<IResult> AfterAsync(Outcome outcome, Reply tried) => outcome switch
        {
            Outcome.Question { Note: null } question => Show.SeeOther(desk.Way.Page(question.Asked.Address)),
            Outcome.Question question when question.Asked == asked => Show.Page<QuestionPage>(desk.View(question) with { Attempt = tried }, 422),
            Outcome.Question question => Show.Page<QuestionPage>(desk.View(question) with { Unplaced = (tried as Reply.Said)?.Text }, 409),
            Outcome.Finished { Note: null } or Outcome.Paused => Show.SeeOther(desk.Way.Page()),
            Outcome.Finished finished => Show.Page<FinishedPage>(new FinishedView(desk.Way, finished, Receipt: null, (tried as Reply.Said)?.Text), 409),
            Outcome.Consent or Outcome.CodeNeeded => Show.Message(409, "gone", desk.Way.Page(), "start_again", (tried as Reply.Said)?.Text),
            Outcome.Closed closed => Show.Message(409, "closed", typed: (tried as Reply.Said)?.Text, sentence: closed.Sentence),
            Outcome.Unavailable unavailable => await UnavailableAsync(unavailable, tried),
            _ => throw new System.Diagnostics.UnreachableException(outcome.GetType().Name),
        };

        async Task<IResult> UnavailableAsync(Outcome.Unavailable unavailable, Reply tried)
        {
            context.Response.Headers.RetryAfter = "10";
            try
            {
                if (await AgainAsync() is { } question)
                    return Show.Page<QuestionPage>(desk.View(question) with { Note = unavailable.Sentence, Attempt = tried }, 503);
            }
            catch (Storage.StorageUnavailable)
            {
                // Not even the question can be read; the page below keeps what was typed.
            }

            return Show.Message(503, "moment", desk.Way.Page(asked.Address), "try_again", (tried as Reply.Said)?.Text, unavailable.Sentence);
        }

        Task<Outcome.Question?> AgainAsync() => conversation.AgainAsync(study, flow, visitor.In(desk.Flow), asked.Address, desk.Study.Language, cancellationToken);
    }

    private static async Task<IResult> BeginAsync(
        Desk desk, HttpContext context, Doorkeeper doorkeeper, Visitors visitors, Visitor visitor, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        var study = desk.Study.Id;
        visitor = visitor with { Id = visitor.Id ?? visitors.Accept(study, form["as"]) };
        var outcome = await doorkeeper.HearAsync(desk.Heard(context, visitor, new Said.Agree(form["quotes"].ToString(), form["code"].ToString())), cancellationToken);
        switch (outcome)
        {
            case Outcome.CodeNeeded needed:
                return Show.Page<CodePage>(new CodeView(desk.Way, needed, form["code"]), 422);
            case Outcome.Closed closed:
                return Show.Message(409, "closed", sentence: closed.Sentence);
            case Outcome.Unavailable unavailable:
                return Show.Message(503, "moment", desk.Way.Page(), "try_again", sentence: unavailable.Sentence);
            default:
                visitors.Keep(context, study, visitor);
                return Show.SeeOther(desk.Way.Page((outcome as Outcome.Question)?.Asked.Address));
        }
    }
}
