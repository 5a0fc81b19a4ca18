using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using FossVoices.Fieldwork;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Storage;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices words STUDY report|shifts|say</c>: the report in released words, for groups too small for figures.</summary>
internal static class WordsVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var verb = new Command("words", "Report in released words, for groups too small for figures.");
        verb.Subcommands.Add(Report(common, terminal));
        verb.Subcommands.Add(Shifts(common, terminal));
        verb.Subcommands.Add(Say(common, terminal));
        return verb;
    }

    private static Argument<string> StudyArgument() => new("STUDY") { Description = "The study's id." };

    private static Command Report(Common common, Terminal terminal)
    {
        var study = StudyArgument();
        var format = new Option<string>("--format") { Description = "text, markdown or html.", DefaultValueFactory = _ => "text", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong("text", "markdown", "html");
        var wave = new Option<string?>("--wave") { Description = "Only what was said in this wave.", HelpName = "WAVE" };
        var verb = new Command("report", "Themes on both sides, on one, and where they pull apart, as people released them.") { study, format, wave };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            using var random = RandomNumberGenerator.Create();
            var report = await RunOf(station, terminal, random).ReportAsync(taken, parsed.GetValue(wave), cancellationToken);
            await station.Accesses.RecordAsync(taken.Id, Station.Operator, "report in released words", report.Blocks.Length, cancellationToken);
            await terminal.Out.WriteAsync((parsed.GetValue(common.Json), parsed.GetValue(format)) switch
            {
                (true, _) => JsonSerializer.Serialize(new { title = report.Title, text = PlainText.Of(report) }, Output.Json) + "\n",
                (_, "markdown") => Markdown.Of(report),
                (_, "html") => Html.Page(report, taken.Language, svg: null),
                _ => PlainText.Of(report),
            });
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
            var shifts = (await RunOf(station, terminal, random).ShiftsAsync(taken, cancellationToken)).Select(shift => (shift.Item, shift.Side, Paired: PairedDominance.Of(shift.Differences))).ToArray();
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
            await new ReleasedStore(station.Database, station.Writer, terminal.Time).SayAsync(
                taken.Id, new ThemeAction(code.Id, parsed.GetValue(heard)!, parsed.GetValue(decided)!, parsed.GetValue(done)!), Station.Operator, cancellationToken);
            await terminal.Out.WriteLineAsync($"Kept for {code.Label}.");
            return ExitCode.Fine;
        });
        return verb;
    }

    private static WordsRun RunOf(Station station, Terminal terminal, RandomNumberGenerator random) => new(
        new ReleasedStore(station.Database, station.Writer, terminal.Time), new Rounds(station.Rounds, station.Database, new Lottery(random)));
}
