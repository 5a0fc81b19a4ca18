using FossVoices.Fieldwork;
using FossVoices.Host.Web.Pages;
using FossVoices.Reports;

namespace FossVoices.Host.Web;

/// <summary>
/// The last report that was made for the channel, as a page with its picture. Looking at it makes no new one: when a report is
/// published is the organisers' choice.
/// </summary>
internal static class ReportPages
{
    public static void MapReports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/r/{study}", PageAsync);
        app.MapGet("/r/{study}/words", WordsAsync);
        app.MapGet("/r/{study}/light.png", (string study, string? place, OpenStudies studies, Openings openings, ReportRun reports, CancellationToken cancellationToken) =>
            PictureAsync(study, dark: false, place, studies, openings, reports, cancellationToken));
        app.MapGet("/r/{study}/dark.png", (string study, string? place, OpenStudies studies, Openings openings, ReportRun reports, CancellationToken cancellationToken) =>
            PictureAsync(study, dark: true, place, studies, openings, reports, cancellationToken));
        app.MapGet("/r/{study}/{number:int}.png", OneAsync);
    }

    /// <summary>The picture of one report, which never changes: chats show it beside the figures of that report.</summary>
    /// <param name="wave">In whose series the number counts; null in a study without waves.</param>
    /// <param name="place">See <see cref="SeriesAsync"/>.</param>
    private static async Task<IResult> OneAsync(string study, int number, string? wave, string? place, OpenStudies studies, ReportRun reports, CancellationToken cancellationToken) =>
        studies.Find(study)?.Study is { } found
        && await reports.PostedAsync(found, await SeriesAsync(found, wave ?? "", place, reports, cancellationToken), number, cancellationToken) is { } report
            ? Results.Bytes(GapPicture.Png(report, dark: false), "image/png")
            : Show.NoSuchStudy();

    private static async Task<IResult> PageAsync(string study, string? place, OpenStudies studies, Openings openings, ReportRun reports, CancellationToken cancellationToken)
    {
        if (studies.Find(study)?.Study is not { } found)
            return Show.NoSuchStudy();

        if (await LastAsync(found, place, openings, reports, cancellationToken) is not { } report)
            return Show.Message(404, "no_report", "/", "see_all");

        var document = ReportText.Of(report);
        return Show.Page<ReportPage>(new ReportView(
            Harmless.Line(document.Title), Html.Body(document), AltText.Of(report), $"/r/{Uri.EscapeDataString(study)}",
            report.Community is { } at && at != Community.Web ? $"?place={at.Key}" : "", found.Language,
            Harmless.Line(MethodNote.Document.Title), Html.Body(MethodNote.Document)));
    }

    /// <summary>The last report in words that was posted, as its authors let it stand now.</summary>
    private static async Task<IResult> WordsAsync(string study, OpenStudies studies, Counters counters, CancellationToken cancellationToken)
    {
        if (studies.Find(study)?.Study is not { } found)
            return Show.NoSuchStudy();
        return await counters.Of(study).Words.PostedAsync(found, cancellationToken) is { } report
            ? Show.Page<WordsReportPage>(new WordsReportView(Harmless.Line(report.Title), Html.Body(report), found.Language))
            : Show.Message(404, "no_words_report", "/", "see_all");
    }

    private static async Task<IResult> PictureAsync(
        string study, bool dark, string? place, OpenStudies studies, Openings openings, ReportRun reports, CancellationToken cancellationToken) =>
        studies.Find(study)?.Study is { } found && await LastAsync(found, place, openings, reports, cancellationToken) is { } report
            ? Results.Bytes(GapPicture.Png(report, dark), "image/png")
            : Show.NoSuchStudy();

    private static async Task<GapReport?> LastAsync(Studies.Study study, string? place, Openings openings, ReportRun reports, CancellationToken cancellationToken)
    {
        var wave = (await openings.NowAsync(study, study.DefaultFlow, cancellationToken)).Wave;
        return await reports.PostedAsync(study, await SeriesAsync(study, wave, place, reports, cancellationToken), cancellationToken);
    }

    /// <param name="place">
    /// The key of a server or team, where each is reported apart. Nobody can guess it, and only what is posted there carries it; without one, the page is of those who
    /// came by the web.
    /// </param>
    private static async Task<Series> SeriesAsync(Studies.Study study, string wave, string? place, ReportRun reports, CancellationToken cancellationToken) => new(
        wave, Audience.Channel, !await reports.IsApartAsync(study, wave, cancellationToken) ? null : place is { Length: > 0 } ? new Community("", place) : Community.Web);
}

/// <summary>What the page of a report shows.</summary>
/// <param name="Body">Markup in which every text has been encoded: see <see cref="Html.Body"/>.</param>
/// <param name="Alternative">What the picture shows, in words.</param>
/// <param name="Address">Of this page.</param>
/// <param name="Query">What the addresses of its pictures end in; empty for nothing.</param>
/// <param name="Language">Of the report: that of its study, whatever language the page around it is in.</param>
/// <param name="Method">The title of the method note, which is in English.</param>
/// <param name="MethodBody">Its markup, made likewise.</param>
public sealed record ReportView(string Title, string Body, string Alternative, string Address, string Query, string Language, string Method, string MethodBody);

/// <summary>What the page of a report in words shows.</summary>
/// <param name="Body">Markup in which every text has been encoded: see <see cref="Html.Body"/>.</param>
/// <param name="Language">Of the report.</param>
public sealed record WordsReportView(string Title, string Body, string Language);
