using System.Collections.Immutable;
using FossVoices.Storage;
using FossVoices.Studies;
using Microsoft.Extensions.Logging;

namespace FossVoices.Fieldwork;

/// <summary>A report in words that was drawn, and how far it is.</summary>
/// <param name="Quoted">Of how many answers the words stand in it.</param>
/// <param name="Unanswered">To how many of them their authors have said nothing yet.</param>
/// <param name="Replies">How many replies stand in it.</param>
internal sealed record DrawnReport(ToldReport Report, int Quoted, int Unanswered, int Replies);

/// <summary>
/// Brings reports in words to the channels of a study. Those whose words stand in one see it first, and can answer or take them back: it is posted when the
/// time for that is up, or earlier where all have agreed. Silence does not hold it, for the words are released; a reply does, so that the team reads it too.
/// </summary>
internal sealed partial class WordsPosting(
    OpenStudies studies, WordsRun words, ToldStore told, PlaceStore places, TimeProvider time, ILogger<WordsPosting> log)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_worthSending = TimeSpan.FromDays(2);

    /// <summary>Posts what has waited long enough, every half minute, until stopped.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Recurring.RunAsync(PostDueAsync, () => s_pause, LogHeld, time, cancellationToken);

    /// <summary>
    /// Draws a report that is to be posted: from then on only what is taken back changes it, and what those quoted answer. The organisers see it at once, and
    /// the channels are told that it comes.
    /// </summary>
    /// <param name="wave">Of one wave; null for all.</param>
    /// <returns>Null where another one still waits, or no words would stand in it.</returns>
    public async Task<DrawnReport?> DrawAsync(Study study, string? wave, string by, CancellationToken cancellationToken)
    {
        var rests = await words.WordsAsync(study, wave, cancellationToken);
        if (!rests.Any(its => its.Quoted))
            return null;
        var (organisers, channels) = (await places.InAsync(study.Id, PlaceRole.Organisers, cancellationToken), await places.ChannelsAsync(study.Id, study.Channels, cancellationToken));
        var now = time.GetUtcNow();
        return await told.DrawAsync(
            study.Id, wave ?? "", await words.ShiftsToldAsync(study, cancellationToken), rests, by, now.AddDays(study.Release?.ReplyDays ?? ReleaseTerms.UsualReplyDays),
            number =>
            [
                .. organisers.Select(place => PostOf(number, place, "preview", now)),
                .. channels.Select(place => new OutboxPost(PostKind.Notice, "words_soon", place, Session: null, now, now + s_worthSending, $"{OutboxPost.Snapshot("soon", number)}|{place}")),
            ],
            cancellationToken) is { } number && await told.FindAsync(study.Id, number, cancellationToken) is { } drawn ? await HowFarAsync(study, drawn, cancellationToken) : null;
    }

    /// <summary>The report that waits to be posted, or else one that is drawn now.</summary>
    /// <param name="wave">See <see cref="DrawAsync"/>.</param>
    /// <returns>Whether it was drawn now, too; null where no words would stand in one.</returns>
    public async Task<(DrawnReport Report, bool IsNew)?> WaitingOrDrawnAsync(Study study, string? wave, string by, CancellationToken cancellationToken) =>
        await WaitingAsync(study, cancellationToken) is { } waiting ? (await HowFarAsync(study, waiting, cancellationToken), false)
        : await DrawAsync(study, wave, by, cancellationToken) is { } drawn ? (drawn, true)
        : null;

    /// <summary>The report drawn last; null where none was.</summary>
    public async Task<DrawnReport?> LastAsync(Study study, CancellationToken cancellationToken) =>
        (await told.AllAsync(study.Id, cancellationToken)) is [var last, ..] ? await HowFarAsync(study, last, cancellationToken) : null;

    /// <summary>Calls off the report that waits; false where none does.</summary>
    public async Task<bool> DropAsync(Study study, CancellationToken cancellationToken) =>
        await WaitingAsync(study, cancellationToken) is { } waiting && await told.DropAsync(study.Id, waiting.Number, cancellationToken);

    /// <summary>Posts what has waited long enough, once.</summary>
    public async Task PostDueAsync(CancellationToken cancellationToken)
    {
        foreach (var open in studies.All)
        {
            var (study, now) = (open.Study, time.GetUtcNow());
            // What was posted is not read again: most of the time nothing waits.
            if (await WaitingAsync(study, cancellationToken) is not { } waiting
                || (now < waiting.Due && await HowFarAsync(study, waiting, cancellationToken) is not { Unanswered: 0, Replies: 0 }))
            {
                continue;
            }

            var channels = await places.ChannelsAsync(study.Id, study.Channels, cancellationToken);
            if (await told.PostAsync(study.Id, waiting.Number, channels.Select(place => PostOf(waiting.Number, place, "report", now)), cancellationToken))
                LogPosted(study.Id, waiting.Number);
        }
    }

    private async Task<ToldReport?> WaitingAsync(Study study, CancellationToken cancellationToken) =>
        (await told.AllAsync(study.Id, cancellationToken)) is [{ Waits: true } last, ..] ? last : null;

    private async Task<DrawnReport> HowFarAsync(Study study, ToldReport report, CancellationToken cancellationToken)
    {
        var quoted = (await told.WordsAsync(study.Id, report.Number, cancellationToken)).Where(its => its.Quoted && words.Shown(study, its).Text is not null).ToImmutableArray();
        return new DrawnReport(report, quoted.Length, quoted.Count(its => !its.Answered), quoted.Count(its => its.Reply is not null));
    }

    private static OutboxPost PostOf(int number, string place, string once, DateTimeOffset now) => new(
        PostKind.Report, OutboxPost.Snapshot(ToldStore.Series, number), place, Session: null, now, now + s_worthSending,
        $"{once}|{OutboxPost.Snapshot(ToldStore.Series, number)}|{place}");

    [LoggerMessage(Level = LogLevel.Information, Message = "Study {Study}: report in words {Number} goes to its channels")]
    private partial void LogPosted(string study, int number);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reports in words that are due can't be posted now; this is tried again")]
    private partial void LogHeld(Exception exception);
}
