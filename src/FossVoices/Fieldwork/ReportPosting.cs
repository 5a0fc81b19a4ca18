using System.Collections.Immutable;
using FossVoices.Channels;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>Brings reports to the channels of a study: on demand, after a look by the organisers, and again where one has to be corrected.</summary>
internal sealed class ReportPosting(ReportRun reports, ReportCalendar calendar, PlaceStore places, Database database, TimeProvider time)
{
    /// <summary>A report that could not be delivered for so long is old.</summary>
    private static readonly TimeSpan s_worthSending = TimeSpan.FromDays(2);

    /// <summary>Makes the report, makes it public, and posts it to the study's channels; what has been posted before is not posted again.</summary>
    /// <param name="at">The place that it counts, and in whose channels alone it is posted; null for all.</param>
    public async Task<GapReport> PostAsync(Study study, string wave, Community? at, CancellationToken cancellationToken)
    {
        var report = await reports.DrawAsync(study, new Series(wave, Audience.Channel, at), corrects: null, cancellationToken);
        await PublishAsync(study, report, cancellationToken);
        return report;
    }

    /// <summary>
    /// Makes the report that would be posted, and posts it nowhere. It is kept as the next of its series, for whoever saw two previews that
    /// differ by few people could tell them apart as well as two reports.
    /// </summary>
    public Task<GapReport> PreviewAsync(Study study, string wave, Community? at, CancellationToken cancellationToken) =>
        reports.DrawAsync(study, new Series(wave, Audience.Channel, at), corrects: null, cancellationToken);

    /// <summary>Puts a new report in place of the one posted last, in the same messages, and says what changed; null where there is nothing to correct.</summary>
    public async Task<GapReport?> CorrectAsync(Study study, string wave, Community? at, CancellationToken cancellationToken)
    {
        var series = new Series(wave, Audience.Channel, at);
        if (await reports.PostedAsync(study, series, cancellationToken) is not { } posted)
            return null;
        var report = await reports.DrawAsync(study, series, posted, cancellationToken);
        if (report.Number == posted.Number)
            return null;
        await PublishAsync(study, report, cancellationToken);
        return report;
    }

    /// <summary>The places of a study that get a report of their own: the web link, and each server and team with a channel. One null where all are reported together.</summary>
    public async Task<ImmutableArray<Community?>> CommunitiesAsync(Study study, string wave, CancellationToken cancellationToken) =>
        await reports.IsApartAsync(study, wave, cancellationToken) ? [Community.Web, .. await places.CommunitiesAsync(study.Id, study.Channels, cancellationToken)] : [null];

    /// <summary>The place as one that is reported by itself; null where all are reported together.</summary>
    public async Task<Community?> CommunityAsync(Study study, string wave, Place place, CancellationToken cancellationToken) =>
        await reports.IsApartAsync(study, wave, cancellationToken) ? places.CommunityOf(study.Id, place) : null;

    /// <summary>Makes a report public that has been made, and puts it into the outbox for each channel of the study, or of the one place that it counts.</summary>
    public async Task PublishAsync(Study study, GapReport report, CancellationToken cancellationToken)
    {
        var series = report.Series.ToString();
        var corrects = report.Corrects is { } number ? await reports.MessageOfAsync(study, series, number, cancellationToken) : (int?)null;
        var posts = ImmutableArray.CreateBuilder<(OutboxPost, OutboxPost?)>();
        foreach (var place in await places.ChannelsAsync(study.Id, study.Channels, report.Community, cancellationToken))
        {
            var once = Once(series, report.Number, place);
            var post = Of(series, report.Number, place, once);
            posts.Add((post, corrects is { } root ? post with { Edits = OutboxPost.IdOf(database.StudyKey(study.Id), Once(series, root, place)) } : null));
        }

        await calendar.PostAsync(study.Id, series, report.Number, corrects, posts.ToImmutable(), cancellationToken);
    }

    /// <summary>What the organisers see of a report before it is posted.</summary>
    public async Task<ImmutableArray<OutboxPost>> PreviewPostsAsync(Study study, GapReport report, CancellationToken cancellationToken)
    {
        var series = report.Series.ToString();
        return [.. (await places.InAsync(study.Id, PlaceRole.Organisers, cancellationToken)).Select(place => Of(series, report.Number, place, $"preview|{Once(series, report.Number, place)}"))];
    }

    private OutboxPost Of(string series, int number, string place, string once) => new(
        PostKind.Report, OutboxPost.Snapshot(series, number), place, Session: null, time.GetUtcNow(), time.GetUtcNow() + s_worthSending, once);

    private static string Once(string series, int number, string place) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"report|{series}|{number}|{place}");
}
