using System.Globalization;
using System.Text.Json.Nodes;
using FossVoices.Discord.Cards;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Reports;
using FossVoices.Storage;

namespace FossVoices.Discord;

/// <summary>The organiser's side: open and close a study in this channel, see how many came, and post the report.</summary>
internal sealed class Organiser(OpenStudies studies, Steering steering, CoverageStore coverage, ReportSchedule schedule, PlaceStore places)
{
    private const string Stop = "stop";

    /// <summary>What is offered to choose from, by the key of its words: the cron line, or <see cref="Stop"/>.</summary>
    private static readonly (string Key, string Value)[] s_times =
        [("schedule_weekly", "0 9 * * MON"), ("schedule_monthly", "0 9 1 * *"), ("schedule_daily", "0 9 * * *"), ("schedule_stop", Stop)];

    public async Task<JsonObject?> CommandedAsync(UserAction heard, UserAct.Command command, CancellationToken cancellationToken)
    {
        var locale = heard.Locale ?? Wording.Original;
        if (heard.Guild is null || (heard.Permissions & (Permissions.ManageGuild | Permissions.Administrator)) == Permissions.None)
            return Card.Of([Sentences.Say(locale, "organisers_only")]).Whispered();
        if (Dispatcher.Named(studies, command) is not { } open)
            return Card.Of([Dispatcher.Which(studies, command, locale)]).Whispered();
        // Anybody can manage a server of their own and ask the bot in.
        if (Roles.GuildsOf(open.Study).Any() && !Roles.IsNamed(open.Study, heard.Guild))
            return Card.Of([Sentences.Say(locale, "organised_elsewhere")]).Whispered();
        return command.Subcommand switch
        {
            "open" => await InviteAsync(open, heard, cancellationToken),
            "close" => await CloseAsync(open, heard, cancellationToken),
            "status" => Card.Of([await StatusAsync(open, heard, locale, cancellationToken)]).Whispered(),
            "report" => command.Options.GetValueOrDefault(Commands.How, "") switch
            {
                Commands.Preview => await PreviewAsync(open, heard, locale, cancellationToken),
                Commands.Correct => await CorrectAsync(open, heard, locale, cancellationToken),
                _ => await ReportAsync(open, heard, cancellationToken),
            },
            "words" => await WordsAsync(open, heard, cancellationToken),
            "schedule" => await ScheduleAsync(open, heard, command.Options.GetValueOrDefault(Commands.When, "").Trim(), cancellationToken),
            _ => null,
        };
    }

    private async Task<JsonObject> InviteAsync(OpenStudy open, UserAction heard, CancellationToken cancellationToken)
    {
        var study = open.Study;
        var flow = study.FindFlow(null)!;
        if (await steering.OpenAsync(study, heard.Locale, cancellationToken) is { } closed)
            return Card.Of([Desk.Plain(closed)]).Whispered();
        await places.RememberAsync(study.Id, Talk.PlaceOf(heard), PlaceRole.Channel, address: null, again: true, cancellationToken);
        // The invitation speaks the study's own language: everybody in the channel reads it.
        var desk = new Desk(Ways.Of(study.Id, flow.Id), study.Language, Chosen: null);
        return Invitation.Of(desk, Prompting.Title(flow, new Facts("", study.MinimumGroup)), flow, study).Posted();
    }

    private async Task<JsonObject> CloseAsync(OpenStudy open, UserAction heard, CancellationToken cancellationToken)
    {
        var study = open.Study.In(heard.Locale);
        await steering.CloseAsync(study, cancellationToken);
        return Card.Of([Sentences.Say(heard.Locale ?? study.Language, "closed", ("title", Desk.Plain(study.Title)))]).Whispered();
    }

    /// <summary>Of everybody; where the study reports its places apart, of those who began here.</summary>
    private async Task<string> StatusAsync(OpenStudy open, UserAction heard, string locale, CancellationToken cancellationToken)
    {
        var here = await steering.HereAsync(open.Study, Talk.PlaceOf(heard), cancellationToken);
        var c = await coverage.CountAsync(open.Study.Id, wave: null, here?.Key, cancellationToken);
        return Sentences.Say(
            locale, "status", ("study", Desk.Plain(open.Study.Title)), ("started", Number(c.Started)), ("core", Number(c.Core)), ("finished", Number(c.Finished)),
            ("withdrawn", Number(c.Withdrawn)));
    }

    /// <summary>Through the outbox like every report, to every channel of the study, or of this server where each has a report of its own: with its picture, and corrected where it stands.</summary>
    private async Task<JsonObject> ReportAsync(OpenStudy open, UserAction heard, CancellationToken cancellationToken)
    {
        var study = open.Study;
        await places.RememberAsync(study.Id, Talk.PlaceOf(heard), PlaceRole.Channel, address: null, again: true, cancellationToken);
        var number = await steering.ReportAsync(study, Talk.PlaceOf(heard), cancellationToken);
        return Card.Of([Sentences.Say(heard.Locale ?? study.Language, "report_posted", ("number", Number(number)))]).Whispered();
    }

    /// <summary>The report as it would be posted, without its picture, for this organiser alone.</summary>
    private async Task<JsonObject> PreviewAsync(OpenStudy open, UserAction heard, string locale, CancellationToken cancellationToken)
    {
        var report = await steering.PreviewAsync(open.Study, Talk.PlaceOf(heard), cancellationToken);
        return Card.Of([Sentences.Say(locale, "report_preview", ("number", Number(report.Number))), DiscordText.Of(report)]).Whispered();
    }

    /// <summary>A new report in the messages of the one posted last.</summary>
    private async Task<JsonObject> CorrectAsync(OpenStudy open, UserAction heard, string locale, CancellationToken cancellationToken) => Card.Of(
        [
            await steering.CorrectAsync(open.Study, Talk.PlaceOf(heard), cancellationToken) is { } report
                ? Sentences.Say(locale, "report_corrected", ("number", Number(report.Number)), ("corrected", Number(report.Corrects!.Value)), ("changes", Desk.Plain(string.Join(' ', report.Changes))))
                : Sentences.Say(locale, "report_right"),
        ]).Whispered();

    /// <summary>The report in released words: it goes to the study's channels once those quoted have had their time.</summary>
    private async Task<JsonObject> WordsAsync(OpenStudy open, UserAction heard, CancellationToken cancellationToken)
    {
        var study = open.Study;
        await places.RememberAsync(study.Id, Talk.PlaceOf(heard), PlaceRole.Channel, address: null, again: true, cancellationToken);
        return Card.Of([Desk.Plain(Steering.Told(study, heard.Locale ?? study.Language, await steering.WordsAsync(study, "an organiser in Discord", cancellationToken)))]).Whispered();
    }

    /// <summary>Times to choose from while one types; what is typed is offered as it is, since a cron line says everything.</summary>
    public static IEnumerable<(string Name, string Value)> Times(string begun, string locale) => s_times
        .Select(time => (Name: Sentences.Say(locale, time.Key), time.Value))
        .Where(time => time.Name.Contains(begun, StringComparison.OrdinalIgnoreCase))
        .Concat(begun.Length is > 0 and <= 100 ? [(begun, begun)] : Array.Empty<(string, string)>());

    /// <summary>Shows when reports are posted, sets it, or stops them. A channel in which it is set gets them.</summary>
    private async Task<JsonObject> ScheduleAsync(OpenStudy open, UserAction heard, string when, CancellationToken cancellationToken)
    {
        var (study, locale) = (open.Study, heard.Locale ?? Wording.Original);
        var title = ("study", Desk.Plain(study.Title));
        if (when.Length == 0)
        {
            var now = await schedule.OfAsync(study, cancellationToken);
            return Said(now.Schedule is null ? Sentences.Say(locale, "schedule_none", title) : At(now, schedule.NextOf(now), "schedule_now"));
        }

        var line = when == Stop ? "" : when;
        var (isLine, next) = await schedule.SetAsync(study, line, cancellationToken);
        if (!isLine)
            return Said(Sentences.Say(locale, "schedule_unreadable", ("when", Desk.Plain(Component.Cut(when, 100)))));
        if (line.Length == 0)
            return Said(Sentences.Say(locale, "schedule_stopped", title));
        await places.RememberAsync(study.Id, Talk.PlaceOf(heard), PlaceRole.Channel, address: null, again: true, cancellationToken);
        return Said(At(study with { Schedule = line }, next, "schedule_set"));

        JsonObject Said(string sentence) => Card.Of([sentence]).Whispered();

        // Discord shows such a time in the zone of whoever reads it.
        string At(Studies.Study scheduled, DateTimeOffset? due, string key) => Sentences.Say(
            locale, key, title, ("line", $"`{scheduled.Schedule!.Replace('`', ' ')}`"), ("zone", Desk.Plain(scheduled.TimeZone)),
            ("next", due is { } at ? $"<t:{Number(at.ToUnixTimeSeconds())}:F>" : Sentences.Say(locale, "schedule_never")));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
