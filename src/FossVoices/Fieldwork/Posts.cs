using FossVoices.Channels;
using FossVoices.Reports;
using FossVoices.Storage;

namespace FossVoices.Fieldwork;

/// <summary>Puts into words what the outbox has only a reference to, at the last moment: what was withdrawn or has lost its point is not said.</summary>
internal sealed class Posts(OpenStudies studies, SnapshotStore snapshots)
{
    /// <summary>Null where there is nothing to say any more.</summary>
    public async Task<Post?> RenderAsync(Claimed claimed, CancellationToken cancellationToken)
    {
        if (studies.Find(claimed.Study)?.Study is not { } study)
            return null;

        return claimed.Kind switch
        {
            PostKind.Report => await ReportAsync(study, claimed.Subject, cancellationToken),
            PostKind.Notice => new Post.Notice(study.Id, study.Language, Sentences.Say(study.Language, claimed.Subject)),
            _ => null,
        };
    }

    private async Task<Post?> ReportAsync(Studies.Study study, string subject, CancellationToken cancellationToken)
    {
        if (OutboxPost.ReadSnapshot(subject) is not var (series, number) || await snapshots.FindAsync(study.Id, series, number, cancellationToken) is not { } kept)
            return null;

        var report = ReportJson.Read(kept.Json) with { Number = kept.Number };
        return new Post.Report(
            study.Id, study.Language, number, DiscordText.Of(report), TeamsCard.Of(report), [.. GapPicture.Png(report, dark: false)], AltText.Of(report));
    }
}
