using System.Globalization;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Storage;
using FossVoices.Teams.Cards;
using FossVoices.Teams.Connector;
using FossVoices.Teams.Inbound;
using Microsoft.AspNetCore.Http;

namespace FossVoices.Teams;

/// <summary>The organiser's side: open and close a study in this channel, see how many came, and post the report.</summary>
internal sealed class Organiser(
    OpenStudies studies, Steering steering, CoverageStore coverage, ReportSchedule schedule, PlaceStore places, Newcomers newcomers, ConnectorClient connector, Turnout turnout, TeamsSettings settings)
{
    /// <summary>What can be done with a report, other than to post it.</summary>
    private const string Preview = "preview";
    private const string Correct = "correct";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public async Task<Answered> CommandedAsync(Activity activity, Reference reference, OrganisersCommand command, CancellationToken cancellationToken)
    {
        if (!await MayAsync(activity, reference, cancellationToken))
            return await TellAsync(activity, reference, "organisers_only", cancellationToken, ("id", activity.From.ObjectId ?? activity.From.Id));
        // A cron line is no study, nor is what to do with a report: with one study, it need not be named.
        if (command.Word is "schedule" or "report" && studies.All.Length == 1 && studies.Find(command.Study) is null)
            command = command with { Study = "", Rest = $"{command.Study} {command.Rest}".Trim() };
        var named = command.Study.Length > 0 ? studies.Find(command.Study) : studies.All is [var only] ? only : null;
        var ids = ("studies", string.Join(", ", studies.All.Select(open => open.Study.Id)));
        if (command.Word is not ("open" or "close" or "status" or "report" or "words" or "schedule"))
            return await TellAsync(activity, reference, "organisers_help", cancellationToken, ids);
        if (named is not { } open)
            return await TellAsync(activity, reference, command.Study.Length > 0 ? "no_study" : "which_study_named", cancellationToken, ids);
        if (command.Word == "report" && string.Equals(command.Rest, Preview, StringComparison.OrdinalIgnoreCase))
            return await PreviewAsync(open, activity, reference, cancellationToken);
        if (activity.Scene.IsPersonal && command.Word is "open" or "report" or "words" or "schedule")
            return await TellAsync(activity, reference, "organisers_channel", cancellationToken);
        return command.Word switch
        {
            "open" => await InviteAsync(open, activity, reference, cancellationToken),
            "close" => await CloseAsync(open, activity, reference, cancellationToken),
            "status" => await StatusAsync(open, activity, reference, cancellationToken),
            "words" => await WordsAsync(open, activity, reference, cancellationToken),
            "schedule" => await ScheduleAsync(open, activity, reference, command.Rest, cancellationToken),
            _ when string.Equals(command.Rest, Correct, StringComparison.OrdinalIgnoreCase) => await CorrectAsync(open, activity, reference, cancellationToken),
            _ => await ReportAsync(open, activity, reference, cancellationToken),
        };
    }

    /// <summary>A sentence below what was said.</summary>
    public Task<Answered> TellAsync(Activity activity, Reference reference, string key, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, string Value)> places) =>
        Task.FromResult(Told(activity, reference, Sentences.Say(activity.Locale ?? Wording.Original, key, places)));

    private Answered Told(Activity activity, Reference reference, string sentence)
    {
        var language = activity.Locale ?? Wording.Original;
        var card = PlainCards.Sentence(new Desk("", "", language), sentence);
        return Said(activity, reference, card);
    }

    private Answered Said(Activity activity, Reference reference, Card card) => new(
        StatusCodes.Status202Accepted, Then: token => connector.CallAsync(
            activity.Scene.IsPersonal ? ConnectorCall.Send(reference, card.Message) : Joining.Below(activity, reference, card.Message), s_patience, token));

    /// <summary>Those the settings name; where they name nobody, the owners of the team.</summary>
    private async Task<bool> MayAsync(Activity activity, Reference reference, CancellationToken cancellationToken)
    {
        if (!settings.Organisers.IsEmpty && (IsNamed(activity.From.Id) || IsNamed(activity.From.ObjectId)))
            return true;
        var where = activity.Scene.Team ?? (settings.Organisers.IsEmpty ? null : activity.Scene.Conversation);
        if (where is null || await connector.CallAsync(ConnectorCall.MemberOf(reference, where, activity.From.Id), TimeSpan.FromSeconds(3), cancellationToken) is not ConnectorAnswer.Done member)
            return false;
        return settings.Organisers.IsEmpty
            ? string.Equals(member.Text("userRole"), "owner", StringComparison.OrdinalIgnoreCase)
            : IsNamed(member.Text("userPrincipalName")) || IsNamed(member.Text("email"));

        bool IsNamed(string? id) => id is not null && settings.Organisers.Contains(id, StringComparer.OrdinalIgnoreCase);
    }

    private async Task<Answered> InviteAsync(OpenStudy open, Activity activity, Reference reference, CancellationToken cancellationToken)
    {
        var study = open.Study;
        if (await steering.OpenAsync(study, activity.Locale, cancellationToken) is { } closed)
            return Told(activity, reference, closed);
        await RememberAsync(open, activity, reference, cancellationToken);
        // The invitation speaks the study's own language: everybody in the channel reads it.
        var invitation = Posts.InvitationOf(study, study.DefaultFlow)!;
        var card = Invitation.Of(new Desk(study.Id, study.DefaultFlow, study.Language), invitation, await turnout.OfAsync(study.Id, newcomers.PlaceIn(study.Id, activity.Scene), cancellationToken));
        var channel = reference with { Conversation = activity.Scene.Thread ?? reference.Conversation };
        return new Answered(
            StatusCodes.Status202Accepted,
            Then: token => connector.CallAsync(
                activity.Scene.Team is null ? ConnectorCall.Send(channel, card.Message) : ConnectorCall.NewThread(channel, card.Message), s_patience, token));
    }

    private async Task<Answered> CloseAsync(OpenStudy open, Activity activity, Reference reference, CancellationToken cancellationToken)
    {
        var study = open.Study.In(activity.Locale);
        await steering.CloseAsync(study, cancellationToken);
        return await TellAsync(activity, reference, "closed", cancellationToken, ("title", study.Title));
    }

    private async Task<Answered> StatusAsync(OpenStudy open, Activity activity, Reference reference, CancellationToken cancellationToken)
    {
        // In a private chat the organiser is told of everybody; a channel, of those who began there where the study reports its places apart.
        var here = activity.Scene.IsPersonal ? null : await steering.HereAsync(open.Study, newcomers.PlaceIn(open.Study.Id, activity.Scene), cancellationToken);
        var c = await coverage.CountAsync(open.Study.Id, wave: null, here?.Key, cancellationToken);
        return await TellAsync(
            activity, reference, "status", cancellationToken, ("study", open.Study.Title), ("started", Number(c.Started)), ("core", Number(c.Core)), ("finished", Number(c.Finished)),
            ("withdrawn", Number(c.Withdrawn)));
    }

    /// <summary>Through the outbox like every report, to every channel of the study, or of this team where each has a report of its own: corrected where it stands.</summary>
    private async Task<Answered> ReportAsync(OpenStudy open, Activity activity, Reference reference, CancellationToken cancellationToken)
    {
        var study = open.Study;
        await RememberAsync(open, activity, reference, cancellationToken);
        var number = await steering.ReportAsync(study, newcomers.PlaceIn(study.Id, activity.Scene), cancellationToken);
        return await TellAsync(activity, reference, "report_posted", cancellationToken, ("number", Number(number)));
    }

    /// <summary>The report as it would be posted, for this organiser alone: a channel has no message that only one person sees.</summary>
    private async Task<Answered> PreviewAsync(OpenStudy open, Activity activity, Reference reference, CancellationToken cancellationToken)
    {
        if (!activity.Scene.IsPersonal)
            return await TellAsync(activity, reference, "report_preview_private", cancellationToken);
        var (study, here) = (open.Study, newcomers.PlaceIn(open.Study.Id, activity.Scene));
        if (await steering.HereAsync(study, here, cancellationToken) is not null)
            return await TellAsync(activity, reference, "report_preview_apart", cancellationToken); // This chat is in no team.
        var report = await steering.PreviewAsync(study, here, cancellationToken);
        var told = PlainCards.Sentence(new Desk("", "", activity.Locale ?? Wording.Original), Sentences.Say(activity.Locale ?? Wording.Original, "report_preview", ("number", Number(report.Number))));
        var card = ReportCard.Of(new Post.Report(study.Id, study.Language, report.Number, "", Reports.TeamsCard.Of(report), [], ""), site: null);
        return new Answered(StatusCodes.Status202Accepted, Then: async token =>
        {
            await connector.CallAsync(ConnectorCall.Send(reference, told.Message), s_patience, token);
            await connector.CallAsync(ConnectorCall.Send(reference, card.Message), s_patience, token);
        });
    }

    /// <summary>A new report in the messages of the one posted last.</summary>
    private async Task<Answered> CorrectAsync(OpenStudy open, Activity activity, Reference reference, CancellationToken cancellationToken) =>
        await steering.CorrectAsync(open.Study, newcomers.PlaceIn(open.Study.Id, activity.Scene), cancellationToken) is { } report
            ? await TellAsync(
                activity, reference, "report_corrected", cancellationToken, ("number", Number(report.Number)), ("corrected", Number(report.Corrects!.Value)), ("changes", string.Join(' ', report.Changes)))
            : await TellAsync(activity, reference, "report_right", cancellationToken);

    /// <summary>The report in released words: it goes to the study's channels once those quoted have had their time.</summary>
    private async Task<Answered> WordsAsync(OpenStudy open, Activity activity, Reference reference, CancellationToken cancellationToken)
    {
        await RememberAsync(open, activity, reference, cancellationToken);
        return Told(
            activity, reference, Steering.Told(open.Study, activity.Locale ?? open.Study.Language, await steering.WordsAsync(open.Study, "an organiser in Teams", cancellationToken)));
    }

    /// <summary>Shows when reports are posted, sets it, or stops them. A channel in which it is set gets them.</summary>
    private async Task<Answered> ScheduleAsync(OpenStudy open, Activity activity, Reference reference, string when, CancellationToken cancellationToken)
    {
        var study = open.Study;
        if (when.Length == 0)
        {
            var now = await schedule.OfAsync(study, cancellationToken);
            return now.Schedule is null
                ? await TellAsync(activity, reference, "schedule_none", cancellationToken, ("study", study.Title))
                : Told(activity, reference, At(now, schedule.NextOf(now), "schedule_now"));
        }

        var line = string.Equals(when, "stop", StringComparison.OrdinalIgnoreCase) ? "" : when;
        var (isLine, next) = await schedule.SetAsync(study, line, cancellationToken);
        if (!isLine)
            return await TellAsync(activity, reference, "schedule_unreadable", cancellationToken, ("when", Reports.Shortened.To(when, 100)));
        if (line.Length == 0)
            return await TellAsync(activity, reference, "schedule_stopped", cancellationToken, ("study", study.Title));
        await RememberAsync(open, activity, reference, cancellationToken);
        return Told(activity, reference, At(study with { Schedule = line }, next, "schedule_set"));

        string At(Studies.Study scheduled, DateTimeOffset? due, string key)
        {
            var language = activity.Locale ?? Wording.Original;
            return Sentences.Say(
                language, key, ("study", scheduled.Title), ("line", scheduled.Schedule!), ("zone", scheduled.TimeZone),
                ("next", due is { } at ? $"{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC" : Sentences.Say(language, "schedule_never")));
        }
    }

    private Task<string?> RememberAsync(OpenStudy open, Activity activity, Reference reference, CancellationToken cancellationToken) => places.RememberAsync(
        open.Study.Id, newcomers.PlaceIn(open.Study.Id, activity.Scene), PlaceRole.Channel, Newcomers.AddressOf(activity.Scene, reference), again: true, cancellationToken);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
