using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices report STUDY</c>: the gap report, in one format, for one audience.</summary>
internal static class ReportVerb
{
    private static readonly string[] s_formats = ["text", "markdown", "html", "json", "png", "svg", "discord", "teams"];

    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study to report." };
        var format = new Option<string>("--format") { Description = string.Join(", ", s_formats) + ".", DefaultValueFactory = _ => "text", HelpName = "FORMAT" };
        var audience = new Option<string>("--audience") { Description = "channel (rounded, for posting) or researcher (every figure).", DefaultValueFactory = _ => "channel", HelpName = "WHO" };
        var wave = new Option<string?>("--wave") { Description = "The wave; the last one where none is named.", HelpName = "WAVE" };
        var place = new Option<string?>("--place") { Description = "Where each place is reported apart: web, or as in discord:SERVER_ID or teams:TEAM_ID. For researchers, all where none is named.", HelpName = "PLACE" };
        var dark = new Option<bool>("--dark") { Description = "Draw pictures on dark." };
        var preview = new Option<bool>("--preview") { Description = "Show the report as it would be made, and let nobody else see it: neither the web page nor anybody who finishes answering." };
        var correct = new Option<bool>("--correct") { Description = "Put it in the place of the report posted last, wherever that was posted, and say what changed." };
        var output = new Option<string?>("--out") { Description = "Write the report into this file.", HelpName = "FILE" };
        format.AcceptOnlyFromAmong(s_formats);
        audience.AcceptOnlyFromAmong("channel", "researcher");
        var verb = new Command("report", "Say where upstream and downstream expect different things, and where the same.") { study, format, audience, wave, place, dark, preview, correct, output };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            if (parsed.GetValue(audience) == "researcher")
                await station.Accesses.RecordAsync(taken.Id, Station.Operator, "report for researchers", count: 0, cancellationToken);
            var reports = new ReportRun(station.Tallies, station.Database, new SnapshotStore(station.Database, station.Writer), new Lottery(RandomNumberGenerator.Create()), terminal.Time);
            var series = new Series(
                WaveOf(taken, parsed.GetValue(wave), await new Openings(station.Waves, terminal.Time).NowAsync(taken, taken.DefaultFlow, cancellationToken)),
                parsed.GetValue(audience) == "researcher" ? Audience.Researcher : Audience.Channel);
            series = series with { At = await PlaceOfAsync(taken, series, parsed.GetValue(place), reports, station.Places, cancellationToken) };
            var report = parsed.GetValue(correct) ? await CorrectAsync(station, taken, series, parsed.GetValue(preview), reports, terminal.Time, cancellationToken)
                : parsed.GetValue(preview) ? await reports.DrawAsync(taken, series, corrects: null, cancellationToken)
                : await reports.ReportAsync(taken, series, cancellationToken);
            var file = parsed.GetValue(output);
            switch (parsed.GetValue(common.Json) ? "json" : parsed.GetValue(format)!)
            {
                case "png" when file is null:
                    throw new CannotRun("A picture can't be printed; name a file with --out FILE.", ExitCode.WrongUsage);
                case "png":
                    await WriteAsync(GapPicture.Png(report, parsed.GetValue(dark)), file!, cancellationToken);
                    break;
                case var named:
                    await WriteAsync(Rendered(named, report, taken, parsed.GetValue(dark)), file, terminal.Out, cancellationToken);
                    break;
            }

            return ExitCode.Fine;
        });
        return verb;
    }

    private static async Task<GapReport> CorrectAsync(
        Station station, Study study, Series series, bool preview, ReportRun reports, TimeProvider time, CancellationToken cancellationToken)
    {
        if (preview || series.Audience == Audience.Researcher)
            throw new CannotRun("Only a report for the channel is corrected, and not in a preview; leave out --correct or the other option.", ExitCode.WrongUsage);
        var posting = new ReportPosting(reports, new ReportCalendar(station.Database, station.Writer, time), station.Places, station.Database, time);
        return await posting.CorrectAsync(study, series.Wave, series.At, cancellationToken)
            ?? throw new CannotRun("There is nothing to correct: no report has been posted, or the last one still says what the answers say. A report changes only once enough different people have come, left or changed their answers.");
    }

    private static string Rendered(string format, GapReport report, Study study, bool dark) => format switch
    {
        "json" => ReportJson.Of(report) + "\n",
        "markdown" => Markdown.Of(ReportText.Of(report)),
        "html" => Html.Page(ReportText.Of(report), study.Language, GapPicture.Svg(report, dark)),
        "svg" => GapPicture.Svg(report, dark),
        "discord" => DiscordText.Of(report),
        "teams" => TeamsCard.Of(report),
        _ => PlainText.Of(ReportText.Of(report)),
    };

    /// <summary>The place that is to be reported by itself; null for all together, which a channel never sees where places are reported apart.</summary>
    private static async Task<Community?> PlaceOfAsync(Study study, Series series, string? named, ReportRun reports, PlaceStore places, CancellationToken cancellationToken)
    {
        const string how = "--place web, discord:SERVER_ID or teams:TEAM_ID";
        var apart = await reports.IsApartAsync(study, series.Wave, cancellationToken);
        if (named is null)
        {
            return !apart || series.Audience == Audience.Researcher
                ? null
                : throw new CannotRun($"The study '{study.Id}' reports each place apart; name one with {how}, or take all of them with --audience researcher.", ExitCode.WrongUsage);
        }

        if (!apart)
            throw new CannotRun($"The study '{study.Id}' reports all its places together; leave --place out.", ExitCode.WrongUsage);
        if (named == Place.Web)
            return Community.Web;
        return Place.TryRead(named) is { } place && (await places.CommunitiesAsync(study.Id, study.Channels, cancellationToken)).Contains(places.CommunityOf(study.Id, place))
            ? places.CommunityOf(study.Id, place)
            : throw new CannotRun($"The study '{study.Id}' has no channel in '{Definitions.Problems.Shown(named)}'. Name a place with {how}.", ExitCode.WrongUsage);
    }

    private static string WaveOf(Study study, string? named, Opening now) => named switch
    {
        null => now.Wave,
        _ when study.Waves.Any(wave => wave.Id == named) => named,
        _ when study.Waves.IsEmpty => throw new CannotRun($"The study '{study.Id}' has no waves; leave --wave out.", ExitCode.WrongUsage),
        _ => throw new CannotRun($"The study '{study.Id}' has no wave '{Definitions.Problems.Shown(named)}'. There is {string.Join(", ", study.Waves.Select(wave => wave.Id))}.", ExitCode.WrongUsage),
    };

    private static async Task WriteAsync(string text, string? file, TextWriter output, CancellationToken cancellationToken)
    {
        if (file is null)
            await output.WriteAsync(text.AsMemory(), cancellationToken);
        else
            await WriteAsync(Encoding.UTF8.GetBytes(text), file, cancellationToken);
    }

    private static async Task WriteAsync(byte[] bytes, string file, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(file, bytes, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRun($"The report can't be written to '{file}': {e.Message}");
        }
    }
}
