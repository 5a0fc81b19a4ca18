using FossVoices.Channels;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>What organisers do with a study, wherever they say it. Whether they may is for the platform to say.</summary>
internal sealed class Steering(WaveStore waves, Openings openings, ReportPosting reports, WordsPosting words)
{
    /// <summary>Opens a study without dated waves; one with them opens by its dates alone.</summary>
    /// <param name="locale">The language in which to say why it stays closed.</param>
    /// <returns>Why it stays closed; null where it is open now.</returns>
    public async Task<string?> OpenAsync(Study study, string? locale, CancellationToken cancellationToken)
    {
        if (study.Waves.IsEmpty && (await openings.NowAsync(study, study.DefaultFlow, cancellationToken)).Closed is not null)
            await waves.SayAsync(study.Id, "", open: true, cancellationToken);
        return (await openings.NowAsync(study.In(locale), study.DefaultFlow, cancellationToken)).Closed;
    }

    /// <summary>Closes the wave that is open now.</summary>
    public async Task CloseAsync(Study study, CancellationToken cancellationToken) =>
        await waves.SayAsync(study.Id, await WaveAsync(study, cancellationToken), open: false, cancellationToken);

    /// <summary>
    /// Makes a report, and posts it to every channel of the study through the outbox, corrected where it stands; in a study that reports its places apart, the report
    /// of this place, to the channels here.
    /// </summary>
    /// <param name="here">Where it is asked for.</param>
    /// <returns>Its number.</returns>
    public async Task<int> ReportAsync(Study study, Place here, CancellationToken cancellationToken) =>
        (await reports.PostAsync(study, await WaveAsync(study, cancellationToken), await HereAsync(study, here, cancellationToken), cancellationToken)).Number;

    /// <summary>The only people whose figures are told in a place; null for everybody.</summary>
    public async Task<Community?> HereAsync(Study study, Place here, CancellationToken cancellationToken) =>
        await reports.CommunityAsync(study, await WaveAsync(study, cancellationToken), here, cancellationToken);

    /// <summary>The report that would be posted now, which is posted nowhere.</summary>
    public async Task<GapReport> PreviewAsync(Study study, Place here, CancellationToken cancellationToken) =>
        await reports.PreviewAsync(study, await WaveAsync(study, cancellationToken), await HereAsync(study, here, cancellationToken), cancellationToken);

    /// <summary>Puts a new report in the place of the one posted last, wherever that was posted, and says what changed.</summary>
    /// <returns>The new report; null where there is nothing to correct.</returns>
    public async Task<GapReport?> CorrectAsync(Study study, Place here, CancellationToken cancellationToken) =>
        await reports.CorrectAsync(study, await WaveAsync(study, cancellationToken), await HereAsync(study, here, cancellationToken), cancellationToken);

    /// <summary>Draws a report in released words, which goes to every channel of the study once those quoted have had their time to answer.</summary>
    /// <param name="by">Who says so.</param>
    /// <returns>The report that waits now, and whether it was drawn just now; null where nobody's words would stand in one.</returns>
    public Task<(DrawnReport Report, bool IsNew)?> WordsAsync(Study study, string by, CancellationToken cancellationToken) =>
        words.WaitingOrDrawnAsync(study, wave: null, by, cancellationToken);

    /// <summary>What organisers are told of it.</summary>
    public static string Told(Study study, string language, (DrawnReport Report, bool IsNew)? drawn) => drawn is not var (report, isNew)
        ? Sentences.Say(language, "told_nothing", ("title", study.Title))
        : Sentences.Say(
            language, isNew ? "told_drawn" : "told_waits", ("title", study.Title), ("day", Definitions.Day.InWords(report.Report.Due, language)), ("quoted", Number(report.Quoted)),
            ("silent", Number(report.Unanswered)), ("replies", Number(report.Replies)));

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string> WaveAsync(Study study, CancellationToken cancellationToken) => (await openings.NowAsync(study, study.DefaultFlow, cancellationToken)).Wave;
}
