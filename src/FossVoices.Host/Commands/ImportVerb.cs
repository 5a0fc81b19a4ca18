using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Definitions;
using FossVoices.Exchange;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices import STUDY FILE…</c>: transcripts become sessions.</summary>
internal static class ImportVerb
{
    private static readonly string[] s_releases = ["none", "count", "paraphrase", "anonymous", "named"];

    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var files = new Argument<string[]>("FILE") { Description = "Transcripts: text in which a name in capitals and a colon begin each turn.", Arity = ArgumentArity.OneOrMore };
        var side = new Option<string>("--side") { Description = "The side of everybody who answers in these files.", Required = true };
        side.AcceptOnlyFromAmong("upstream", "downstream");
        var interviewers = new Option<string[]>("--interviewer") { Description = "Who asks and does not answer (can be given several times).", HelpName = "NAME" };
        var narrators = new Option<string[]>("--narrator") { Description = "Keep only these (can be given several times).", HelpName = "NAME" };
        var wave = new Option<string?>("--wave") { Description = "The wave that the sessions belong to.", HelpName = "WAVE" };
        var open = new Option<bool>("--public") { Description = "The narrators published these words themselves." };
        var release = new Option<string?>("--release") { Description = "What the narrators allow: none, count, paraphrase, anonymous or named.", HelpName = "RELEASE" };
        release.AcceptOnlyFromAmong(s_releases);
        var receipts = new Option<bool>("--receipts") { Description = "Print a receipt for each narrator, to hand out: by it they read, change, release and withdraw what they said." };
        var verb = new Command("import", "Take in interview transcripts.") { study, files, side, interviewers, narrators, wave, open, release, receipts };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            var request = new Request(
                taken, WaveOf(taken, parsed.GetValue(wave)), parsed.GetValue(side)!, parsed.GetValue(open), parsed.GetValue(release) ?? (parsed.GetValue(open) ? "named" : "count"),
                Names(parsed.GetValue(interviewers)), Names(parsed.GetValue(narrators)));

            // Everything is read before anything is stored, so that a slip in the last file leaves nothing half done.
            var transcripts = parsed.GetValue(files)!.Select(Read).ToImmutableArray();
            Check(transcripts, request);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var done = new List<(string File, Imported Imported)>();
            foreach (var transcript in transcripts)
                done.Add((transcript.Name, await station.Imports.TakeAsync(request.FileOf(transcript), cancellationToken)));
            await WriteAsync(done, request, parsed.GetValue(common.Json), terminal.Out);
            if (parsed.GetValue(receipts) && !parsed.GetValue(common.Json))
            {
                foreach (var (file, narrator, receipt) in done.SelectMany(d => d.Imported.Receipts.Select(r => (d.File, r.Narrator, r.Receipt))))
                    await terminal.Out.WriteLineAsync(Reports.Harmless.Printable($"{file}: {narrator}: {receipt}"));
            }

            return ExitCode.Fine;
        });
        return verb;
    }

    private static Transcript Read(string path)
    {
        try
        {
            using var text = File.OpenText(path);
            return TranscriptReader.Read(Path.GetFileName(path), text);
        }
        catch (FormatException e)
        {
            throw new CannotRun(e.Message, ExitCode.ErrorsFound);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRun($"The transcript '{path}' can't be read: {e.Message} Nothing was imported.");
        }
    }

    private static void Check(ImmutableArray<Transcript> transcripts, Request request)
    {
        if (transcripts.GroupBy(t => t.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new CannotRun($"Two files are named '{twice.Key}'. A transcript is known by its file's name, so give each its own.", ExitCode.WrongUsage);

        var speakers = transcripts.SelectMany(t => t.Speakers).ToHashSet(StringComparer.Ordinal);
        foreach (var name in request.Interviewers.Concat(request.Narrators).Where(n => !speakers.Contains(n)))
        {
            // An interviewer who is absent from these files harms nothing; a narrator who is misspelt would lose answers.
            if (request.Narrators.Contains(name))
                throw new CannotRun($"Nobody named '{Problems.Shown(name)}' speaks in these files. {Advice(name, speakers)}", ExitCode.WrongUsage);
        }

        foreach (var silent in transcripts.Where(t => request.AnswersOf(t).IsEmpty))
            throw new CannotRun($"In {silent.Name} nobody answers: {string.Join(", ", silent.Speakers)} speak there. Nothing was imported.", ExitCode.ErrorsFound);
    }

    private static string Advice(string name, HashSet<string> speakers) =>
        Nearest.To(name, speakers) is { } nearest ? $"Did you mean '{nearest}'?" : $"There are {string.Join(", ", speakers.Order(StringComparer.Ordinal).Take(20))}.";

    private static string WaveOf(Study study, string? wave)
    {
        if (wave is not null && study.Waves.All(w => w.Id != wave))
            throw new CannotRun($"The study '{study.Id}' has no wave '{Problems.Shown(wave)}'.", ExitCode.WrongUsage);
        return wave ?? (study.Waves.IsEmpty ? "" : study.Waves[^1].Id);
    }

    private static ImmutableHashSet<string> Names(string[]? names) => [.. (names ?? []).Select(n => n.Trim().ToUpperInvariant())];

    private static async Task WriteAsync(List<(string File, Imported Imported)> done, Request request, bool json, TextWriter output)
    {
        var narrators = done.SelectMany(d => d.Imported.Narrators).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(
                new
                {
                    study = request.Study.Id,
                    side = request.Side,
                    narrators,
                    files = done.Select(d => new { file = d.File, narrators = d.Imported.Narrators, added = d.Imported.Added, changed = d.Imported.Changed, unchanged = d.Imported.Unchanged, removed = d.Imported.Removed, withdrawn = d.Imported.Left }),
                },
                Output.Json));
            return;
        }

        foreach (var (file, i) in done)
        {
            var what = i is { Added: 0, Changed: 0, Removed: 0 }
                ? string.Create(CultureInfo.InvariantCulture, $"nothing new ({i.Unchanged} answers known already)")
                : string.Create(CultureInfo.InvariantCulture, $"{i.Added} answers added, {i.Changed} changed, {i.Unchanged} unchanged, {i.Removed} removed");
            if (!i.Narrators.IsEmpty)
                await output.WriteLineAsync(Reports.Harmless.Printable($"{file}: {string.Join(", ", i.Narrators)}: {what}"));
            if (!i.Left.IsEmpty)
                await output.WriteLineAsync(Reports.Harmless.Printable(
                    $"{file}: {string.Join(", ", i.Left)} withdrew from this study, so nothing of theirs was taken in. Delete it from the transcript as well."));
        }

        await output.WriteLineAsync($"{narrators.Length} {(narrators.Length == 1 ? "narrator" : "narrators")}, {request.Side}{(request.Public ? ", published words" : "")}: {string.Join(", ", narrators)}. Next: fossvoices code {request.Study.Id}");
    }

    /// <summary>What is to be taken in, and how.</summary>
    private sealed record Request(
        Study Study, string Wave, string Side, bool Public, string Release, ImmutableHashSet<string> Interviewers, ImmutableHashSet<string> Narrators)
    {
        public ImmutableArray<NarratedTurn> AnswersOf(Transcript transcript) => transcript.Answers(Interviewers, Narrators);

        public ImportedFile FileOf(Transcript transcript) => new(
            Study.Id, Wave, transcript.Name, Side, Public, Release, AnswersOf(transcript));
    }
}
