using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using FossVoices.Fieldwork;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Studies;
using Microsoft.Extensions.Logging.Abstractions;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices words report|post|drop|shifts|say STUDY</c>: the report in released words, for groups too small for figures.</summary>
internal static class WordsVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var verb = new Command("words", "Report in released words, for groups too small for figures.");
        verb.Subcommands.Add(Report(common, terminal));
        verb.Subcommands.Add(Post(common, terminal));
        verb.Subcommands.Add(Drop(common, terminal));
        verb.Subcommands.Add(Shifts(common, terminal));
        verb.Subcommands.Add(Say(common, terminal));
        return verb;
    }

    private static Argument<string> StudyArgument() => new("STUDY") { Description = "The study's id." };

    private static Command Report(Common common, Terminal terminal)
    {
        var study = StudyArgument();
        var format = new Option<string>("--format") { Description = "text, markdown or html; discord and teams as it would be posted there.", DefaultValueFactory = _ => "text", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong("text", "markdown", "html", "discord", "teams");
        var drawn = new Option<bool>("--drawn") { Description = "The report that was drawn last, as it stands now, with what those quoted answered." };
        var wave = new Option<string?>("--wave") { Description = "Only what was said in this wave.", HelpName = "WAVE" };
        var verb = new Command("report", "Themes on both sides, on one, and where they pull apart, as people released them. Posts nothing.") { study, format, wave, drawn };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            using var random = RandomNumberGenerator.Create();
            var run = RunOf(station, random);
            var report = !parsed.GetValue(drawn) ? await run.ReportAsync(taken, parsed.GetValue(wave), cancellationToken)
                : await PostingOf(station, taken, terminal, random).LastAsync(taken, cancellationToken) is { } last ? (await run.FindAsync(taken, last.Report.Number, cancellationToken))!
                : throw new CannotRun("No report in words has been drawn. 'fossvoices words post STUDY' draws one.", ExitCode.CouldNotRun);
            await station.Accesses.RecordAsync(taken.Id, Station.Operator, "report in released words", report.Blocks.Length, cancellationToken);
            await terminal.Out.WriteAsync((parsed.GetValue(common.Json), parsed.GetValue(format)) switch
            {
                (true, _) => JsonSerializer.Serialize(new { title = report.Title, text = PlainText.Of(report) }, Output.Json) + "\n",
                (_, "markdown") => Markdown.Of(report),
                (_, "html") => Html.Page(report, taken.Language, svg: null),
                (_, "discord") => WordsMessage.Discord(report, taken.Language),
                (_, "teams") => WordsMessage.Card(report, taken.Language),
                _ => PlainText.Of(report),
            });
            return ExitCode.Fine;
        });
        return verb;
    }

    private static Command Post(Common common, Terminal terminal)
    {
        var study = StudyArgument();
        var wave = new Option<string?>("--wave") { Description = "Only what was said in this wave.", HelpName = "WAVE" };
        var verb = new Command("post", "Draw the report for the study's channels: those whose words stand in it can answer first, then 'serve' posts it.") { study, wave };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            using var random = RandomNumberGenerator.Create();
            var (drawn, isNew) = await PostingOf(station, taken, terminal, random).WaitingOrDrawnAsync(taken, parsed.GetValue(wave), Station.Operator, cancellationToken)
                ?? throw new CannotRun("Nobody's words would stand in a report: nothing that was released is coded and may be shown. 'fossvoices words report STUDY' shows what there is.", ExitCode.CouldNotRun);
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json)
                ? JsonSerializer.Serialize(
                    new { number = drawn.Report.Number, isNew, due = drawn.Report.Due, quoted = drawn.Quoted, unanswered = drawn.Unanswered, replies = drawn.Replies }, Output.Json)
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Report {drawn.Report.Number} {(isNew ? "is drawn" : "waits already")}: {drawn.Quoted} excerpts, {drawn.Unanswered} of them without a word of their authors yet, {drawn.Replies} with an answer beside them. 'serve' posts it on {drawn.Report.Due:yyyy-MM-dd HH:mm} UTC at the latest; 'fossvoices words drop {taken.Id}' calls it off."));
            return ExitCode.Fine;
        });
        return verb;
    }

    private static Command Drop(Common common, Terminal terminal)
    {
        var study = StudyArgument();
        var verb = new Command("drop", "Call off the report that waits to be posted.") { study };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            using var random = RandomNumberGenerator.Create();
            if (!await PostingOf(station, taken, terminal, random).DropAsync(taken, cancellationToken))
                throw new CannotRun("No report in words waits to be posted.", ExitCode.CouldNotRun);
            await terminal.Out.WriteLineAsync("Called off: it is not posted.");
            return ExitCode.Fine;
        });
        return verb;
    }

    private static Command Shifts(Common common, Terminal terminal)
    {
        var study = StudyArgument();
        var verb = new Command("shifts", "For researchers: how far people answer otherwise where they are asked again, paired within persons, with intervals.") { study };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            using var random = RandomNumberGenerator.Create();
            var shifts = (await RunOf(station, random).ShiftsAsync(taken, cancellationToken)).Select(shift => (shift.Item, shift.Side, Paired: PairedDominance.Of(shift.Differences))).ToArray();
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json)
                ? JsonSerializer.Serialize(shifts.Select(s => new { item = s.Item, side = s.Side, persons = s.Paired.Persons, dominance = s.Paired.Dominance, ciLow = s.Paired.Interval.Low, ciHigh = s.Paired.Interval.High, signTestP = s.Paired.SignTestP }), Output.Json)
                : shifts.Length == 0 ? "Nothing was asked again, or nobody answered twice."
                : string.Join(Environment.NewLine, shifts.Select(s => string.Create(
                    CultureInfo.InvariantCulture, $"{s.Item}, {s.Side}: {s.Paired.Dominance:+0.00;-0.00;0.00} [{s.Paired.Interval.Low:0.00}, {s.Paired.Interval.High:0.00}], {s.Paired.Persons} persons"))));
            return ExitCode.Fine;
        });
        return verb;
    }

    private static Command Say(Common common, Terminal terminal)
    {
        var study = StudyArgument();
        var theme = new Argument<string>("CODE") { Description = "The theme: a code of the codebook." };
        var heard = new Option<string>("--heard") { Description = "What you heard.", DefaultValueFactory = _ => "" };
        var decided = new Option<string>("--decided") { Description = "What you decided.", DefaultValueFactory = _ => "" };
        var done = new Option<string>("--done") { Description = "What has been done.", DefaultValueFactory = _ => "" };
        var verb = new Command("say", "Say what became of a theme: it stands under it in the next report.") { study, theme, heard, decided, done };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            if (taken.Codebook.WithId(parsed.GetValue(theme)!) is not { } code)
                throw new CannotRun($"The codebook has no code '{Definitions.Problems.Shown(parsed.GetValue(theme)!)}'.", ExitCode.WrongUsage);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            await station.Released.SayAsync(
                taken.Id, new ThemeAction(code.Id, parsed.GetValue(heard)!, parsed.GetValue(decided)!, parsed.GetValue(done)!), Station.Operator, cancellationToken);
            await terminal.Out.WriteLineAsync($"Kept for {code.Label}.");
            return ExitCode.Fine;
        });
        return verb;
    }

    private static WordsRun RunOf(Station station, RandomNumberGenerator random) =>
        new(station.Released, station.Told, new Rounds(station.Rounds, station.Database, new Lottery(random)));

    private static WordsPosting PostingOf(Station station, Study study, Terminal terminal, RandomNumberGenerator random) => new(
        new OpenStudies([study]), RunOf(station, random), station.Told, station.Places, terminal.Time, NullLogger<WordsPosting>.Instance);
}
