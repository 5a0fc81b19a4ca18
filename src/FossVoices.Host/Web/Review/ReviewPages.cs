using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Fieldwork;
using FossVoices.Host.Web.Pages;
using FossVoices.Storage;

namespace FossVoices.Host.Web.Review;

/// <summary>Where reviewers come in, see how far the work is, and draw the sample that two people code blind.</summary>
internal static class ReviewPages
{
    public static void MapReview(this IEndpointRouteBuilder app)
    {
        app.MapGet("/review/{study}/name", AskName);
        app.MapPost("/review/{study}/name", TakeNameAsync).AddEndpointFilter<FormGate>().RequireRateLimiting(Receipts.Limit);
        app.MapGet("/review", (OpenStudies studies, Reviewers reviewers, HttpContext context) => !reviewers.MayCome(context) ? Show.Message(403, "review_elsewhere")
            : studies.All is [var only] ? Show.SeeOther($"/review/{Uri.EscapeDataString(only.Study.Id)}")
            : Show.Page<ReviewStudiesPage>(studies.All.Select(s => new ReviewFrame(s.Study.Id, s.Study.Title, null)).ToImmutableArray()));

        var pages = app.MapGroup("/review/{study}").AddEndpointFilter<ReviewGate>();
        pages.MapGet("", HomeAsync);
        pages.MapPost("sample", DrawAsync).AddEndpointFilter<FormGate>();
        pages.MapPost("leave", Leave).AddEndpointFilter<FormGate>();
        pages.MapCoding();
        pages.MapSettling();
        pages.MapFinding();
        pages.MapClaims();
        pages.MapRounds();
        pages.MapReviewedWords();
    }

    internal static ReviewFrame FrameOf(ReviewDesk desk) => new(desk.Study.Id, desk.Study.Title, desk.Name);

    private static IResult AskName(string study, OpenStudies studies, Reviewers reviewers, HttpContext context) =>
        !reviewers.MayCome(context) ? Show.Message(403, "review_elsewhere")
        : studies.Find(study)?.Study is not { } found ? Show.NoSuchStudy()
        : Show.Page<ReviewNamePage>(new ReviewNameView(new ReviewFrame(found.Id, found.Title, null), reviewers.AsksForPassword, "", null));

    private static async Task<IResult> TakeNameAsync(
        string study, OpenStudies studies, Reviewers reviewers, PeopleStore people, Speech speech, HttpContext context, CancellationToken cancellationToken)
    {
        if (!reviewers.MayCome(context))
            return Show.Message(403, "review_elsewhere");
        if (studies.Find(study)?.Study is not { } found)
            return Show.NoSuchStudy();

        var typed = context.Request.Form["name"].ToString();
        var name = Coders.Name(typed, await people.PeopleAsync(study, cancellationToken));
        var opens = reviewers.Opens(context.Request.Form["password"].ToString());
        if (name is null || !opens)
        {
            return Show.Page<ReviewNamePage>(
                new ReviewNameView(new ReviewFrame(found.Id, found.Title, null), reviewers.AsksForPassword, typed, speech[opens ? "review_name_wrong" : "review_password_wrong"]), 422);
        }

        reviewers.SignIn(context, name);
        return Show.SeeOther($"/review/{Uri.EscapeDataString(study)}");
    }

    private static IResult Leave(string study, HttpContext context)
    {
        Reviewers.SignOut(context);
        return Show.SeeOther($"/review/{Uri.EscapeDataString(study)}/name");
    }

    private static async Task<IResult> HomeAsync(string study, ReviewDesks desks, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        var settle = desk.ToSettle();
        var sample = desk.Answers.Where(a => a.Sample is not null).ToArray();
        return Show.Page<ReviewHomePage>(new ReviewHomeView(
            FrameOf(desk),
            desk.Answers.Length,
            desk.Answers.Count(a => !desk.PeopleWhoRead(a.Id).IsEmpty),
            desk.Answers.Count(a => desk.PeopleWhoRead(a.Id).Contains(desk.Name)),
            desk.Queue().Length,
            sample.Length,
            sample.Count(a => desk.PeopleWhoRead(a.Id).Length > 1),
            desk.ToCodeBlind().Length,
            settle.Length,
            settle.Count(s => s.Differing == 0),
            desk.Answers.Count(a => desk.IsSettled(a.Id)),
            BlindSample.Usual(desk.Answers.Length),
            desk.Answers.Any(a => desk.PeopleWhoRead(a.Id).Contains(desk.Name))));
    }

    /// <summary>
    /// Drawn by chance that anybody can repeat: answers in the order of SHA-256 over seed and id. Those that a person has read are left out, since whoever read them saw the suggestions.
    /// </summary>
    private static async Task<IResult> DrawAsync(string study, ReviewDesks desks, PeopleStore people, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        if (int.TryParse(context.Request.Form["count"], System.Globalization.CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 100_000
            && int.TryParse(context.Request.Form["seed"], System.Globalization.CultureInfo.InvariantCulture, out var seed))
        {
            var unread = desk.Answers.Where(a => a.Sample is null && desk.PeopleWhoRead(a.Id).IsEmpty && !desk.IsSettled(a.Id)).ToDictionary(a => a.Id, StringComparer.Ordinal);
            var drawn = BlindSample.Draw(unread.Keys, count - desk.Answers.Count(a => a.Sample is not null), seed);
            await people.SampleAsync(study, [.. drawn.Select(id => unread[id])], desk.Name, cancellationToken);
        }

        return Show.SeeOther(FrameOf(desk).At(""));
    }
}
