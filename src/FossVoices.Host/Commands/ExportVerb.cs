using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using FossVoices.Exchange;
using FossVoices.Fieldwork;
using FossVoices.Sessions;
using FossVoices.Storage;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices export STUDY --format FORMAT --out DIR</c>: answers, codings and a data dictionary, for the study's researchers.</summary>
internal static class ExportVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var format = new Option<string>("--format") { Description = "csv, jsonl, sps (SPSS), qdc (codebook) or qdpx (project for QualCoder, NVivo, ATLAS.ti, MAXQDA).", Required = true };
        format.AcceptOnlyFromAmong([.. ExportFiles.Formats]);
        var to = new Option<string>("--out") { Description = "The folder to write to; made where it is missing.", Required = true, HelpName = "DIR" };
        var words = new Option<string>("--words") { Description = "Whose words: team (all that the study team may read), quotable (of those who agreed to be quoted), or none.", DefaultValueFactory = _ => "team" };
        words.AcceptOnlyFromAmong("team", "quotable", "none");
        var verb = new Command("export", "Write out answers, codings and a data dictionary, for the study's researchers.") { study, format, to, words };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            var (named, whose) = (parsed.GetValue(format)!, parsed.GetValue(words)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var run = new ExportRun(station.Database, station.Bundles, station.Codebooks, new ClaimStore(station.Database, station.Writer, terminal.Time), terminal.Time);
            var exported = await Bar.ShowAsync(terminal, "Reading answers", progress => run.GatherAsync(taken, Enum.Parse<WordsTaken>(whose, ignoreCase: true), progress, cancellationToken));
            var answers = named == "qdc" ? 0 : exported.Sessions.Sum(session => session.Texts.Count());
            if (named != "qdc")
                await station.Accesses.RecordAsync(taken.Id, Station.Operator, $"export {named}, words {whose}", answers, cancellationToken);
            var files = Write(ExportFiles.Of(exported, named), parsed.GetValue(to)!);
            await (parsed.GetValue(common.Json) ? WriteJsonAsync(exported, named, files, answers, terminal.Out) : WriteAsync(exported, named, files, answers, terminal.Out));
            return ExitCode.Fine;
        });
        return verb;
    }

    private static ImmutableArray<string> Write(ImmutableArray<ExportFile> files, string folder)
    {
        try
        {
            OwnersOnly.Folder(folder);
            foreach (var file in files)
            {
                var path = Path.Combine(folder, file.Name);
                File.Delete(path); // Made anew, so that nobody else can read it, whatever the old one's rights were.
                using var stream = OwnersOnly.NewFile(path);
                file.Write(stream);
            }

            return [.. files.Select(file => Path.Combine(folder, file.Name))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRun($"The export can't be written to '{folder}': {e.Message}");
        }
    }

    private static async Task WriteAsync(Exported study, string format, ImmutableArray<string> files, int answers, TextWriter output)
    {
        foreach (var file in files)
            await output.WriteLineAsync(file);
        if (format == "qdc")
        {
            await output.WriteLineAsync($"The codebook with {study.Codebook.Codes.Length} codes and categories. What the lexicon listens for is not in it.");
            return;
        }

        await output.WriteLineAsync($"{study.Sessions.Length} sessions, {answers} answers in people's own words. This export stands in the access log.");
        await output.WriteLineAsync("It is for the study's researchers and nobody else: keep it on an encrypted disk, and delete it when the study is over. README.txt says what each person agreed to.");
        if (study.Sessions.Count(session => session.Asked is null && session.Session.Flow != Session.ImportedFlow) is > 0 and var lost)
            await output.WriteLineAsync($"{lost} sessions were begun in a version of their flow that can't be read any more; their answers are in the table of all answers alone.");
    }

    private static Task WriteJsonAsync(Exported study, string format, ImmutableArray<string> files, int answers, TextWriter output) => output.WriteLineAsync(JsonSerializer.Serialize(
        new { study = study.Study, format, files, sessions = study.Sessions.Length, answers, flows = study.Flows.Select(flow => new { flow = flow.Flow.Id, version = flow.Flow.Version, hash = flow.Flow.Hash }) },
        Output.Json));
}
