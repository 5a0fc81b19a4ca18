using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Fieldwork;
using FossVoices.Studies;
using Spectre.Console;

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
            var model = await AskModelAsync(common.Settings.Llm, taken, station, terminal, cancellationToken);
            var run = new CodingRun(station.Codings);
            var coder = await run.LearnAsync(taken.Id, new LexiconCoder(new Lexicon(taken.Codebook)), taken.LearnFrom, cancellationToken);
            (Codebook, string)? beside = model is null ? null : (taken.Codebook, model.CoderVersion);
            var coded = await WatchedAsync("Reading answers …", terminal, progress => run.RunAsync(taken.Id, coder, beside, progress, cancellationToken));
            var seconds = terminal.Time.GetElapsedTime(began).TotalSeconds;
            var standing = parsed.GetValue(why)
                ? (await station.Codings.AssignmentsAsync(taken.Id, cancellationToken)).Where(a => a.Coder == coded.Coder && a.Status == AssignmentStatus.Suggested).ToImmutableArray()
                : [];
            if (parsed.GetValue(common.Json))
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(Document(taken.Id, coded, model, seconds, parsed.GetValue(why) ? standing : null), Output.Json));
            else
                await WriteAsync(coded, model, seconds, standing, terminal.Out);
            return ExitCode.Fine;
        });
        return verb;
    }

    /// <summary>Null where the language model is off.</summary>
    private static async Task<LlmCoded?> AskModelAsync(LlmSettings? settings, Study study, Station station, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings is null)
            return null;
        foreach (var missing in LlmConsent.Missing(settings, study))
            await terminal.Error.WriteLineAsync(missing);
        using var client = LlmClient.Of(settings);
        var run = new LlmRun(station.Codings, client, terminal.Time);
        await station.Accesses.RecordAsync(study.Id, Station.Operator, $"language model at {settings.Url.Host}", await WaitingAsync(), cancellationToken);
        return await WatchedAsync("Asking the language model …", terminal, progress => run.RunAsync(study.Id, new LlmPrompt(study.Codebook, settings.Model), study.Team.Names, progress, cancellationToken));

        async Task<int> WaitingAsync() =>
            (await station.Codings.UncodedAsync(study.Id, Coders.Llm, new LlmPrompt(study.Codebook, settings.Model).Version, int.MaxValue, cancellationToken)).Count;
    }

    private static object Document(string study, Coded coded, LlmCoded? model, double seconds, ImmutableArray<CodeAssignment>? standing) => new
    {
        study,
        coder = coded.Coder,
        coderVersion = coded.CoderVersion,
        answers = coded.Answers,
        assignments = coded.Assignments,
        seconds = Math.Round(seconds, 3),
        languageModel = model is null ? null : new
        {
            coderVersion = model.CoderVersion,
            answers = model.Answers,
            assignments = model.Assignments,
            failed = model.Failed.Select(failure => new { answer = failure.Answer, why = failure.Why }),
            stopped = model.Stopped,
        },
        suggestions = standing?.Select(a => new
        {
            answer = $"{a.Session}/{a.Address}",
            code = a.Code,
            confidence = a.Confidence,
            polarity = JsonNamingPolicy.SnakeCaseLower.ConvertName(a.Polarity.ToString()),
            evidence = a.Evidence.Select(e => new
            {
                indicator = e.Indicator,
                start = e.Start,
                length = e.Length,
                polarity = JsonNamingPolicy.SnakeCaseLower.ConvertName(e.Polarity.ToString()),
                confidence = e.Confidence,
            }),
        }),
    };

    private static async Task WriteAsync(Coded coded, LlmCoded? model, double seconds, ImmutableArray<CodeAssignment> standing, TextWriter output)
    {
        if (model is not null)
        {
            await output.WriteLineAsync($"The language model read {model.Answers} answers and suggested {model.Assignments} codes.");
            foreach (var why in model.Failed.GroupBy(failure => failure.Why, StringComparer.Ordinal))
                await output.WriteLineAsync($"{why.Count()} of them failed: {why.Key}. They are tried again at the next run.");
            if (model.Stopped is { } stopped)
                await output.WriteLineAsync($"The language model was asked no further: {stopped}.");
        }

        foreach (var answer in standing.GroupBy(a => $"{a.Session}/{a.Address}", StringComparer.Ordinal))
        {
            await output.WriteLineAsync(answer.Key);
            foreach (var a in answer)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {a.Code} {a.Confidence:0.00}: {string.Join(", ", a.Evidence.Select(e => $"{e.Indicator} at {e.Start}–{e.Start + e.Length}{(e.Polarity == Polarity.Asserted ? "" : $" ({e.Polarity.ToString().ToLowerInvariant()})")}"))}"));
        }

        await output.WriteLineAsync(coded.Answers == 0
            ? "Nothing new to code: every answer has been read with the present codebook."
            : string.Create(CultureInfo.InvariantCulture, $"{coded.Answers} answers read, {coded.Assignments} codes suggested, {seconds:0.0} seconds. They are unchecked until a person confirms them."));
    }

    /// <summary>With a progress bar where somebody watches, and without where the output is redirected.</summary>
    private static Task<T> WatchedAsync<T>(string what, Terminal terminal, Func<IProgress<int>?, Task<T>> run) =>
        Console.IsErrorRedirected || Console.IsOutputRedirected
            ? run(null)
            : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) }).Status().StartAsync(what, status =>
                run(new Progress<int>(answers => status.Status(string.Create(CultureInfo.InvariantCulture, $"{what} {answers}")))));
}
