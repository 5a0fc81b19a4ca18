using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Definitions;
using FossVoices.Fieldwork;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices code STUDY</c>: runs the coders over answers that their present version has not read.</summary>
internal static class CodeVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var why = new Option<bool>("--why") { Description = "Say of every suggestion that stands why it was made: by which indicator or coder, where, how sure." };
        var verb = new Command("code", "Give answers their codes: those that the present codebook has not been heard in yet.") { study, why };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var began = terminal.Time.GetTimestamp();
            var since = (await station.Codebooks.AllAsync(taken.Id, cancellationToken)).LastOrDefault();
            var diff = since is null ? null : CodebookDiff.Between(since.Codebook, taken.Codebook);
            await station.Codebooks.KeepAsync(taken.Id, taken.Codebook, cancellationToken);
            var followed = await station.Codebooks.FollowAsync(taken.Id, taken.Codebook, cancellationToken);
            var model = await AskModelAsync(common.Settings.Llm, taken, station, terminal, cancellationToken);
            var run = new CodingRun(station.Codings, await station.Codebooks.AllAsync(taken.Id, cancellationToken));
            var coders = await run.CodersAsync(taken.Id, new Lexicon(taken.Codebook), taken.Practice, taken.LearnFrom, cancellationToken);
            var coded = await Bar.ShowAsync(terminal, "Reading answers", progress => run.RunAsync(taken.Id, coders, progress, cancellationToken));
            var seconds = terminal.Time.GetElapsedTime(began).TotalSeconds;
            var standing = parsed.GetValue(why) ? await SuggestedAsync(station, taken.Id, cancellationToken) : [];
            if (parsed.GetValue(common.Json))
            {
                await WriteJsonAsync(taken.Id, coded, diff, followed, seconds, ModelDocument(model), parsed.GetValue(why) ? standing.Select(WhyDocument) : null, terminal.Out);
            }
            else
            {
                await WriteModelAsync(model, terminal.Out);
                await WriteWhyAsync(standing, terminal.Out);
                await WriteAsync(coded, since, taken.Codebook, diff, followed, seconds, terminal.Out);
            }

            return ExitCode.Fine;
        });
        return verb;
    }

    private static async Task WriteAsync(
        ImmutableArray<Coded> coded, KeptCodebook? since, Codebook codebook, CodebookDiff? diff, PeopleFollowed followed, double seconds, TextWriter output)
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
        await output.WriteLineAsync(answers == 0
            ? "Nothing new to code: every answer has been read with the present codebook."
            : string.Create(CultureInfo.InvariantCulture, $"{answers} answers read, {codes} codes suggested, {seconds:0.0} seconds. They are unchecked until a person confirms them."));
    }

    private static Task WriteJsonAsync(string study, ImmutableArray<Coded> coded, CodebookDiff? diff, PeopleFollowed followed, double seconds, object? languageModel, IEnumerable<object>? suggestions,
        TextWriter output) => output.WriteLineAsync(JsonSerializer.Serialize(
        new
        {
            study,
            coder = coded[^1].Coder,
            coderVersion = coded[^1].CoderVersion,
            answers = coded[^1].Answers,
            assignments = coded.Sum(run => run.Assignments),
            seconds = Math.Round(seconds, 3),
            coders = coded.Select(run => new { coder = run.Coder, coderVersion = run.CoderVersion, answers = run.Answers, assignments = run.Assignments }),
            codebook = diff is null ? null : new { changed = diff.Sentences(), codeAgain = diff.Heard.Order(StringComparer.Ordinal), tagsChanged = diff.TagsChanged },
            people = new { stale = followed.Stale, restored = followed.Restored, moved = followed.Moved },
            languageModel,
            suggestions,
        },
        Output.Json));

    /// <summary>Null where the language model is off.</summary>
    private static async Task<LlmCoded?> AskModelAsync(LlmSettings? settings, Study study, Station station, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings is null)
            return null;
        foreach (var missing in LlmConsent.Missing(settings, study))
            await terminal.Error.WriteLineAsync(missing);
        using var client = LlmClient.Of(settings);
        var prompt = new LlmPrompt(study.Codebook, settings.Model);
        var waiting = await station.Codings.CountUncodedAsync(study.Id, Coders.Llm, prompt.Version, cancellationToken);
        await station.Accesses.RecordAsync(study.Id, Station.Operator, $"language model at {settings.Url.Host}", waiting, cancellationToken);
        return await Bar.ShowAsync(terminal, "Asking the language model", progress =>
            new LlmRun(station.Codings, client, terminal.Time).RunAsync(study.Id, prompt, study.Team.Names, progress, cancellationToken));
    }

    private static async Task<ImmutableArray<CodeAssignment>> SuggestedAsync(Station station, string study, CancellationToken cancellationToken) =>
        [.. (await station.Codings.AssignmentsAsync(study, cancellationToken)).Where(a => a.Status == AssignmentStatus.Suggested)];

    private static object? ModelDocument(LlmCoded? model) => model is null ? null : new
    {
        coderVersion = model.CoderVersion,
        answers = model.Answers,
        assignments = model.Assignments,
        failed = model.Failed.Select(failure => new { answer = failure.Answer, why = failure.Why }),
        stopped = model.Stopped,
    };

    private static object WhyDocument(CodeAssignment a) => new
    {
        answer = $"{a.Session}/{a.Address}",
        code = a.Code,
        coder = a.Coder,
        confidence = a.Confidence,
        polarity = NameOf(a.Polarity),
        evidence = a.Evidence.Select(e => new { indicator = e.Indicator, start = e.Start, length = e.Length, polarity = NameOf(e.Polarity), confidence = e.Confidence }),
    };

    private static string NameOf(Polarity polarity) => Spelling.Of(polarity);

    private static async Task WriteModelAsync(LlmCoded? model, TextWriter output)
    {
        if (model is null)
            return;
        await output.WriteLineAsync($"The language model read {model.Answers} answers and suggested {model.Assignments} codes.");
        foreach (var why in model.Failed.GroupBy(failure => failure.Why, StringComparer.Ordinal))
            await output.WriteLineAsync($"{why.Count()} failed: {why.Key}. They are tried again at the next run.");
        if (model.Stopped is { } stopped)
            await output.WriteLineAsync($"The language model was asked no further: {stopped}.");
    }

    private static async Task WriteWhyAsync(ImmutableArray<CodeAssignment> standing, TextWriter output)
    {
        foreach (var answer in standing.GroupBy(a => $"{a.Session}/{a.Address}", StringComparer.Ordinal))
        {
            await output.WriteLineAsync(answer.Key);
            foreach (var a in answer)
            {
                var reasons = a.Evidence.Select(e => $"{e.Indicator} at {e.Start}–{e.Start + e.Length}{(e.Polarity == Polarity.Asserted ? "" : $" ({NameOf(e.Polarity)})")}");
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {a.Code} {a.Confidence:0.00} by {a.Coder}: {string.Join(", ", reasons)}"));
            }
        }
    }
}
