using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Host.Web.Pages;
using FossVoices.Reports;
using FossVoices.Storage;

namespace FossVoices.Host.Web.Review;

/// <summary>Where researchers see the report in words before it is posted, with what those quoted answer, and write what may be told in other words.</summary>
internal static class ReviewedWords
{
    public static void MapReviewedWords(this RouteGroupBuilder pages)
    {
        pages.MapGet("words", ShowAsync);
        pages.MapPost("words/draw", DrawAsync).AddEndpointFilter<FormGate>();
        pages.MapPost("words/drop", DropAsync).AddEndpointFilter<FormGate>();
        pages.MapPost("words/paraphrase", ParaphraseAsync).AddEndpointFilter<FormGate>();
    }

    private static async Task<IResult> ShowAsync(
        string study, ReviewDesks desks, OpenStudies studies, WordsRun words, WordsPosting posting, ParaphraseStore paraphrases, Database database, AccessLog log, Speech speech, HttpContext context,
        CancellationToken cancellationToken) =>
        await desks.FindAsync(context, study, cancellationToken) is { } desk
            ? Show.Page<ReviewedWordsPage>(await ViewAsync(desk, studies, words, posting, paraphrases, database, log, speech, note: null, typed: null, cancellationToken))
            : Show.NoSuchStudy();

    private static async Task<IResult> DrawAsync(string study, ReviewDesks desks, OpenStudies studies, Steering steering, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        await steering.WordsAsync(studies.Find(study)!.Study, $"reviewer {desk.Name}", cancellationToken);
        return Show.SeeOther(ReviewPages.FrameOf(desk).At("words"));
    }

    private static async Task<IResult> DropAsync(string study, ReviewDesks desks, WordsPosting posting, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        await posting.DropAsync(desk.Study, cancellationToken);
        return Show.SeeOther(ReviewPages.FrameOf(desk).At("words"));
    }

    private static async Task<IResult> ParaphraseAsync(
        string study, ReviewDesks desks, OpenStudies studies, WordsRun words, WordsPosting posting, ParaphraseStore paraphrases, Database database, AccessLog log, Speech speech, HttpContext context,
        CancellationToken cancellationToken)
    {
        if (await desks.FindAsync(context, study, cancellationToken) is not { } desk)
            return Show.NoSuchStudy();
        var (which, text) = (context.Request.Form["word"].ToString(), Harmless.Line(context.Request.Form["text"].ToString()));
        var note = text.Length is 0 or > Excerpt.Longest ? "review_words_length"
            : OwnWord.TryRead(which) is var (session, address) && await paraphrases.ProposeAsync(study, session, address, text, $"reviewer {desk.Name}", cancellationToken) ? null
            : "review_words_gone";
        return note is null ? Show.SeeOther(ReviewPages.FrameOf(desk).At("words"))
            : Show.Page<ReviewedWordsPage>(
                await ViewAsync(desk, studies, words, posting, paraphrases, database, log, speech, speech.Say(note, ("most", Excerpt.Longest.ToString(CultureInfo.InvariantCulture))), (which, text), cancellationToken), 422);
    }

    private static async Task<ReviewedWordsView> ViewAsync(
        ReviewDesk desk, OpenStudies studies, WordsRun words, WordsPosting posting, ParaphraseStore paraphrases, Database database, AccessLog log, Speech speech, string? note, (string Which, string Text)? typed,
        CancellationToken cancellationToken)
    {
        var study = studies.Find(desk.Study.Id)!.Study; // The report is in the study's own language.
        var last = await posting.LastAsync(study, cancellationToken);
        var waiting = last is { Report.Waits: true } ? last : null;
        var report = waiting is null ? await words.ReportAsync(study, wave: null, cancellationToken) : (await words.FindAsync(study, waiting.Report.Number, cancellationToken))!;
        var open = await paraphrases.OpenAsync(study.Id, cancellationToken);
        await log.RecordAsync(study.Id, $"reviewer {desk.Name}", "released words for a report", report.Blocks.Length + open.Length, cancellationToken);
        return new ReviewedWordsView(
            ReviewPages.FrameOf(desk), note,
            waiting is null ? null : speech.Say(
                "review_words_waits", ("name", waiting.Report.DrawnBy), ("day", speech.InWords(waiting.Report.Due)), ("quoted", Number(waiting.Quoted)), ("silent", Number(waiting.Unanswered)),
                ("replies", Number(waiting.Replies))),
            Html.Body(report), study.Language,
            [
                .. open.Select(row => new ToTell(
                    OwnWord.IdOf(row.Session, row.Address), desk.Study.Sides.GetValueOrDefault(row.Side, ""),
                    ReleasedText.Of(row.Marked(row.Text(database.Vault), OwnWords.NamesOf(study)), []).Text,
                    typed is var (which, text) && which == OwnWord.IdOf(row.Session, row.Address) ? text : row.ParaphraseText(database.Vault) ?? "", row.ParaphraseState)),
            ]);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Words that may be told in other words.</summary>
/// <param name="Text">As their author lets the team see them in a report.</param>
/// <param name="Written">What was written in their place, or empty.</param>
/// <param name="State">What the author says of that; null where nothing was written.</param>
public sealed record ToTell(string Id, string Side, string Text, string Written, string? State);

/// <param name="Waits">How far the report is that waits to be posted; null where none does.</param>
/// <param name="Report">Markup in which every text has been encoded: see <see cref="Html.Body"/>.</param>
/// <param name="Language">Of the report.</param>
public sealed record ReviewedWordsView(ReviewFrame Frame, string? Note, string? Waits, string Report, string Language, ImmutableArray<ToTell> Open);
