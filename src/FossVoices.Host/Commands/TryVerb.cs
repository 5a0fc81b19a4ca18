using System.CommandLine;
using System.Security.Cryptography;
using FossVoices.Fieldwork;
using FossVoices.Reports;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices try STUDY [FLOW]</c>: walks a flow in the terminal as a respondent would; stores nothing.</summary>
internal static class TryVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var flow = new Argument<string?>("FLOW") { Description = "The flow's id; the study's default where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var seed = new Option<long>("--seed") { Description = "Draws the same orders and arms again.", DefaultValueFactory = _ => 1, HelpName = "S" };
        var language = new Option<string?>("--language") { Description = "Asks in this language, such as fr; in the study's own where there is no translation.", HelpName = "TAG" };
        var verb = new Command("try", "Walk a flow in the terminal as a respondent would; nothing is stored.") { study, flow, seed, language };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            var asked = Shelf.FlowOf(taken, parsed.GetValue(flow)).Id;
            var posted = await PostedAsync(taken, parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            return new TerminalWalk(taken, asked, parsed.GetValue(language), posted, terminal).Run(parsed.GetValue(seed), cancellationToken);
        });
        return verb;
    }

    /// <summary>The last report that was posted, for the end of the flow; null where there is none, or nothing has been stored yet, which is left so.</summary>
    private static async Task<GapReport?> PostedAsync(Study study, string data, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(data, Database.FileName)))
            return null;
        await using var station = await Station.OpenAsync(data, time, cancellationToken);
        var wave = (await new Openings(station.Waves, time).NowAsync(study, study.DefaultFlow, cancellationToken)).Wave;
        var reports = new ReportRun(station.Tallies, station.Database, new SnapshotStore(station.Database, station.Writer), new Lottery(RandomNumberGenerator.Create()), time);
        return await reports.PostedAsync(study, new Series(wave, Audience.Channel, await reports.IsApartAsync(study, wave, cancellationToken) ? Community.Web : null), cancellationToken);
    }
}
