using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Discord.Cards;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Storage;

namespace FossVoices.Discord;

/// <summary>The organiser's side: open and close a study in this channel, see how many came, and post the report.</summary>
internal sealed class Organiser(OpenStudies studies, WaveStore waves, Openings openings, CoverageStore coverage, ReportPosting reports, PlaceStore places)
{
    public async Task<JsonObject?> CommandedAsync(UserAction heard, UserAct.Command command, CancellationToken cancellationToken)
    {
        var locale = heard.Locale ?? Wording.Original;
        if (heard.Guild is null || (heard.Permissions & (Permissions.ManageGuild | Permissions.Administrator)) == Permissions.None)
            return Card.Of([Sentences.Say(locale, "organisers_only")]).Whispered();
        if (Dispatcher.Named(studies, command) is not { } open)
            return Card.Of([Dispatcher.Which(studies, command, locale)]).Whispered();
        return command.Subcommand switch
        {
            "open" => await InviteAsync(open, heard, cancellationToken),
            "close" => await CloseAsync(open, heard, cancellationToken),
            "status" => Card.Of([await StatusAsync(open, locale, cancellationToken)]).Whispered(),
            "report" => await ReportAsync(open, heard, cancellationToken),
            _ => null,
        };
    }

    private async Task<JsonObject> InviteAsync(OpenStudy open, UserAction heard, CancellationToken cancellationToken)
    {
        var study = open.Study;
        var flow = study.FindFlow(null)!;
        if (study.Waves.IsEmpty && (await openings.NowAsync(study, flow.Id, cancellationToken)).Closed is not null)
            await waves.SayAsync(study.Id, "", open: true, cancellationToken);
        if ((await openings.NowAsync(study.In(heard.Locale), flow.Id, cancellationToken)).Closed is { } closed)
            return Card.Of([Desk.Plain(closed)]).Whispered();
        await places.RememberAsync(study.Id, Respondent.PlaceOf(heard), PlaceRole.Channel, address: null, again: true, cancellationToken);
        // The invitation speaks the study's own language: everybody in the channel reads it.
        var desk = new Desk(Ways.Of(study.Id, flow.Id), study.Language, Chosen: null);
        return Invitation.Of(desk, Prompting.Title(flow, new Facts("", study.MinimumGroup)), flow, study).Posted();
    }

    private async Task<JsonObject> CloseAsync(OpenStudy open, UserAction heard, CancellationToken cancellationToken)
    {
        var study = open.Study.In(heard.Locale);
        var wave = (await openings.NowAsync(study, study.DefaultFlow, cancellationToken)).Wave;
        await waves.SayAsync(study.Id, wave, open: false, cancellationToken);
        return Card.Of([Sentences.Say(heard.Locale ?? study.Language, "closed", ("title", Desk.Plain(study.Title)))]).Whispered();
    }

    private async Task<string> StatusAsync(OpenStudy open, string locale, CancellationToken cancellationToken)
    {
        var c = await coverage.CountAsync(open.Study.Id, wave: null, cancellationToken);
        return Sentences.Say(
            locale, "status", ("study", Desk.Plain(open.Study.Title)), ("started", Number(c.Started)), ("core", Number(c.Core)), ("finished", Number(c.Finished)),
            ("withdrawn", Number(c.Withdrawn)));
    }

    /// <summary>Through the outbox like every report, to every channel of the study: with its picture, and corrected where it stands.</summary>
    private async Task<JsonObject> ReportAsync(OpenStudy open, UserAction heard, CancellationToken cancellationToken)
    {
        var study = open.Study;
        var wave = (await openings.NowAsync(study, study.DefaultFlow, cancellationToken)).Wave;
        await places.RememberAsync(study.Id, Respondent.PlaceOf(heard), PlaceRole.Channel, address: null, again: true, cancellationToken);
        var report = await reports.PostAsync(study, wave, cancellationToken);
        return Card.Of([Sentences.Say(heard.Locale ?? study.Language, "report_posted", ("number", Number(report.Number)))]).Whispered();
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
