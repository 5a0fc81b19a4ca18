using FossVoices.Channels;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>Puts into words what the outbox has only a reference to, at the last moment: what was withdrawn or has lost its point is not said.</summary>
internal sealed class Posts(OpenStudies studies, SnapshotStore snapshots, ShownQuotes quotes, TurnStore turns, Openings openings, FeedbackStore feedback, WordsRun words)
{
    /// <summary>Null where there is nothing to say any more.</summary>
    public async Task<Post?> RenderAsync(Claimed claimed, CancellationToken cancellationToken)
    {
        if (studies.Find(claimed.Study)?.Study is not { } study)
            return null;

        return claimed.Kind switch
        {
            PostKind.Report => await ReportAsync(study, claimed.Subject, cancellationToken),
            PostKind.Reminder => await ReminderAsync(study, claimed, cancellationToken),
            PostKind.Invitation => InvitationOf(study, claimed.Subject),
            PostKind.Feedback => await feedback.FindAsync(study.Id, claimed.Subject, cancellationToken) is { } text
                ? new Post.Notice(study.Id, study.Language, $"{Sentences.Say(study.Language, "feedback_head", ("title", study.Title))}\n{text}")
                : null,
            PostKind.Notice => new Post.Notice(study.Id, study.Language, Sentences.Say(study.Language, claimed.Subject, ("title", study.Title))),
            _ => null,
        };
    }

    /// <summary>Only to somebody who still pauses, in a study that still takes answers.</summary>
    private async Task<Post?> ReminderAsync(Study study, Claimed claimed, CancellationToken cancellationToken)
    {
        if (claimed.Session is not { } id || await turns.LoadAsync(study.Id, id, cancellationToken) is not { Progress.Paused: true, FinishedAt: null } session)
            return null;
        study = study.In(session.Language);
        var opening = await openings.NowAsync(study, session.Flow, cancellationToken);
        return opening.Closed is null && opening.Wave == session.Wave
            ? new Post.Reminder(
                study.Id, study.Language, session.Flow, Sentences.Say(study.Language, "reminder", ("title", study.Title), ("stop", TypedCommand.Stop)),
                Sentences.Say(study.Language, "reminder_resume"), Sentences.Say(study.Language, "reminder_stop"))
            : null;
    }

    /// <summary>What asks a channel to take part in one of the flows; null where there is no such flow.</summary>
    public static Post.Invitation? InvitationOf(Study study, string flowId) => study.FindFlow(flowId) is { } flow
        ? new Post.Invitation(
            study.Id, study.Language, flow.Id, study.Title, [Sentences.Say(study.Language, "invitation", ("title", study.Title), ("minutes", flow.Minutes.ToString(System.Globalization.CultureInfo.InvariantCulture)))],
            flow.Minutes, Sentences.Say(study.Language, "invitation_begin"))
        : null;

    private async Task<Post?> ReportAsync(Study study, string subject, CancellationToken cancellationToken)
    {
        if (OutboxPost.ReadSnapshot(subject) is (ToldStore.Series, var told))
        {
            return await words.FindAsync(study, told, cancellationToken) is { } document
                ? new Post.Report(study.Id, study.Language, told, WordsMessage.Discord(document, study.Language), WordsMessage.Card(document, study.Language), [], "")
                : null;
        }

        if (OutboxPost.ReadSnapshot(subject) is not var (series, number) || await snapshots.FindAsync(study.Id, series, number, cancellationToken) is not { } kept)
            return null;

        var report = await quotes.FillAsync(ReportJson.Read(kept.Json) with { Number = kept.Number }, cancellationToken);
        return new Post.Report(
            study.Id, study.Language, number, DiscordText.Of(report), TeamsCard.Of(report), [.. GapPicture.Png(report, dark: false)], AltText.Of(report))
        {
            Wave = report.Wave,
            Community = report.Community?.Key,
        };
    }
}
