using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Host.Web.Pages;

namespace FossVoices.Host.Web;

/// <summary>One's own answers: to read, change, take along, or withdraw.</summary>
internal static class OwnAnswers
{
    public static void MapOwnAnswers(this IEndpointRouteBuilder app)
    {
        app.MapGet("/mine/{study}/{flow?}", ReadAsync);
        app.MapGet("/download/{study}/{flow?}", DownloadAsync);
        app.MapGet("/withdraw/{study}/{flow?}", ConfirmAsync);
        app.MapPost("/withdraw/{study}/{flow?}", WithdrawAsync).AddEndpointFilter<FormGate>();
        app.MapPost("/leave/{study}/{flow?}", Leave).AddEndpointFilter<FormGate>();
        // Whoever loads the page again after leaving, or switches its language, has nothing to send.
        app.MapGet("/leave/{study}/{flow?}", (string study, string? flow) => Show.SeeOther(new Way(study, flow).Mine));
    }

    private static async Task<IResult> ReadAsync(
        string study, string? flow, HttpContext context, Conversation conversation, Desks desks, Speech speech, Visitors visitors, CancellationToken cancellationToken)
    {
        if (desks.Find(study, flow) is not { } desk)
            return Show.NoSuchStudy();
        return await OwnAsync(desk, context, conversation, visitors, cancellationToken) is { } own
            ? Show.Page<MinePage>(new MineView(
                desk.Way, own.Answers, own.Receipt, Desk.Absolute(context, desk.Way.Resume(own.Receipt)), speech.InWords(own.KeptUntil), own.QuotesLabel)
            {
                Asking = own.Asking,
                Attested = own.Attested,
                Releases = desk.Study.Release is not null,
                TakesCodes = desk.Study.Attestation.Any(side => side.Value.Codes),
                Delivery = Visitor.NewId(),
            })
            : NothingHere();
    }

    private static async Task<IResult> DownloadAsync(
        string study, string? flow, HttpContext context, Conversation conversation, Desks desks, Visitors visitors, CancellationToken cancellationToken)
    {
        if (desks.Find(study, flow) is not { } desk)
            return Show.NoSuchStudy();
        if (await OwnAsync(desk, context, conversation, visitors, cancellationToken) is not { } own)
            return NothingHere();
        return Results.File(own.ToJson(), "application/json", own.FileName);
    }

    private static async Task<IResult> ConfirmAsync(
        string study, string? flow, HttpContext context, Conversation conversation, Desks desks, Visitors visitors, CancellationToken cancellationToken)
    {
        if (desks.Find(study, flow) is not { } desk)
            return Show.NoSuchStudy();
        return await OwnAsync(desk, context, conversation, visitors, cancellationToken) is { } own
            ? Show.Page<WithdrawPage>(new WithdrawView(desk.Way, own.Answers.Length, Visitor.NewId()))
            : NothingHere();
    }

    private static async Task<IResult> WithdrawAsync(
        string study, string? flow, HttpContext context, Conversation conversation, Doorkeeper doorkeeper, Desks desks, Speech speech, Visitors visitors,
        CancellationToken cancellationToken)
    {
        if (desks.Find(study, flow) is not { } desk)
            return Show.NoSuchStudy();

        var visitor = visitors.Read(context, study);
        var outcome = await doorkeeper.HearAsync(desk.Heard(context, visitor, new Said.Withdraw()), cancellationToken);
        switch (outcome)
        {
            case Outcome.Withdrawn withdrawn:
                await ForgetAsync(desk, context, conversation, visitors, visitor, cancellationToken);
                return Show.Message(200, "withdrawn", sentence: speech.Count("withdrawn", withdrawn.Answers));
            case Outcome.Unavailable:
                return Show.Message(503, "withdraw_later", desk.Way.Withdraw, "try_again");
            default:
                return NothingHere();
        }
    }

    /// <summary>The browser forgets, the answers stay: for shared computers.</summary>
    private static IResult Leave(string study, string? flow, HttpContext context, Desks desks, Visitors visitors)
    {
        if (desks.Find(study, flow) is not { } desk)
            return Show.NoSuchStudy();
        visitors.Keep(context, study, Visitor.Unknown);
        return Show.Message(200, "forgotten", "/receipt", "nav_receipt");
    }

    /// <summary>What the browser holds is forgotten, but for what still opens answers to another flow of the study.</summary>
    private static async Task ForgetAsync(
        Desk desk, HttpContext context, Conversation conversation, Visitors visitors, Visitor visitor, CancellationToken cancellationToken)
    {
        visitor = visitor.Without(desk.Flow);
        var opensMore = false;
        foreach (var flow in desk.Study.Flows.Keys)
            opensMore |= visitor.Id is { } id && await conversation.OwnAsync(desk.Study.Id, flow, new Person(Visitor.Platform, id), desk.Study.Language, cancellationToken) is not null;
        visitors.Keep(context, desk.Study.Id, opensMore ? visitor : visitor with { Id = null });
    }

    private static Task<OwnData?> OwnAsync(Desk desk, HttpContext context, Conversation conversation, Visitors visitors, CancellationToken cancellationToken) =>
        conversation.OwnAsync(desk.Study.Id, desk.Flow, visitors.Read(context, desk.Study.Id).In(desk.Flow), desk.Study.Language, cancellationToken);

    private static IResult NothingHere() => Show.Message(404, "nothing_here", "/receipt", "nav_receipt");
}
