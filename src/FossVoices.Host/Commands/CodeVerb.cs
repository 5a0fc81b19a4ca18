using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Fieldwork;
using FossVoices.Storage;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices code STUDY</c>: runs the coders over answers that their present version has not read.</summary>
internal static class CodeVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var verb = new Command("code", "Give answers their codes: those that the present codebook has not been heard in yet.") { study };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var began = terminal.Time.GetTimestamp();
            var since = (await station.Codebooks.AllAsync(taken.Id, cancellationToken)).LastOrDefault();
            var diff = since is null ? null : CodebookDiff.Between(since.Codebook, taken.Codebook);
            await station.Codebooks.KeepAsync(taken.Id, taken.Codebook, cancellationToken);
            var followed = await station.Codebooks.FollowAsync(taken.Id, taken.Codebook, cancellationToken);
            var run = new CodingRun(station.Codings, await station.Codebooks.AllAsync(taken.Id, cancellationToken));
            var coded = new List<Coded>();
            foreach (var coder in await run.CodersAsync(taken.Id, new Lexicon(taken.Codebook), taken.LearnFrom, cancellationToken))
                coded.Add(await Bar.ShowAsync(terminal, $"Reading answers ({coder.Name})", progress => run.RunAsync(taken.Id, coder, progress, cancellationToken)));
            var seconds = terminal.Time.GetElapsedTime(began).TotalSeconds;
            await (parsed.GetValue(common.Json)
                ? WriteJsonAsync(taken.Id, coded, diff, followed, seconds, terminal.Out)
                : WriteAsync(coded, since, taken.Codebook, diff, followed, seconds, terminal.Out));
            return ExitCode.Fine;
        });
        return verb;
    }

    private static async Task WriteAsync(
        List<Coded> coded, KeptCodebook? since, Codebook codebook, CodebookDiff? diff, PeopleFollowed followed, double seconds, TextWriter output)
    {
        if (since is not null && diff is { IsEmpty: false })
        {
            await output.WriteLineAsync($"The codebook has changed since answers were coded by it (version {since.Codebook.Version}, now {codebook.Version}).");
            foreach (var sentence in diff.Sentences())
                await output.WriteLineAsync($"  {sentence}");
        }

        if (followed != new PeopleFollowed(0, 0, 0))
            await output.WriteLineAsync($"Of people's codings, {followed.Stale} have to be looked at again, {followed.Restored} stand again, and {followed.Moved} have followed a merged code.");
        var (answers, codes) = (coded[^1].Answers, coded.Sum(run => run.Assignments));
        await output.WriteLineAsync(coded.TrueForAll(run => run.Answers == 0)
            ? "Nothing new to code: every answer has been read with the present codebook."
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(answers, coded[0].Answers)} answers read, {codes} codes suggested, {seconds:0.0} seconds. They are unchecked until a person confirms them."));
    }

    private static Task WriteJsonAsync(string study, List<Coded> coded, CodebookDiff? diff, PeopleFollowed followed, double seconds, TextWriter output) => output.WriteLineAsync(JsonSerializer.Serialize(
        new
        {
            study,
            coder = coded[^1].Coder,
            coderVersion = coded[^1].CoderVersion,
            answers = coded.Max(run => run.Answers),
            assignments = coded.Sum(run => run.Assignments),
            seconds = Math.Round(seconds, 3),
            coders = coded.Select(run => new { coder = run.Coder, coderVersion = run.CoderVersion, answers = run.Answers, assignments = run.Assignments }),
            codebook = diff is null ? null : new { changed = diff.Sentences(), codeAgain = diff.Heard.Order(StringComparer.Ordinal), tagsChanged = diff.TagsChanged },
            people = new { stale = followed.Stale, restored = followed.Restored, moved = followed.Moved },
        },
        Output.Json));
}
