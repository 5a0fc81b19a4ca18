using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Coding;
using FossVoices.Fieldwork;
using Spectre.Console;

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
            var run = new CodingRun(station.Codings);
            var coder = await run.LearnAsync(taken.Id, new LexiconCoder(new Lexicon(taken.Codebook)), taken.LearnFrom, cancellationToken);
            var coded = await RunAsync(run, taken.Id, coder, terminal, cancellationToken);
            var seconds = terminal.Time.GetElapsedTime(began).TotalSeconds;
            await terminal.Out.WriteLineAsync(parsed.GetValue(common.Json)
                ? JsonSerializer.Serialize(new { study = taken.Id, coder = coded.Coder, coderVersion = coded.CoderVersion, answers = coded.Answers, assignments = coded.Assignments, seconds = Math.Round(seconds, 3) }, Output.Json)
                : coded.Answers == 0
                    ? "Nothing new to code: every answer has been read with the present codebook."
                    : string.Create(CultureInfo.InvariantCulture, $"{coded.Answers} answers read, {coded.Assignments} codes suggested, {seconds:0.0} seconds. They are unchecked until a person confirms them."));
            return ExitCode.Fine;
        });
        return verb;
    }

    /// <summary>With a progress bar where somebody watches, and without where the output is redirected.</summary>
    private static Task<Coded> RunAsync(CodingRun run, string study, ICoder coder, Terminal terminal, CancellationToken cancellationToken) =>
        Console.IsErrorRedirected || Console.IsOutputRedirected
            ? run.RunAsync(study, coder, progress: null, cancellationToken)
            : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) }).Status().StartAsync("Reading answers …", status =>
                run.RunAsync(study, coder, new Progress<int>(answers => status.Status(string.Create(CultureInfo.InvariantCulture, $"Reading answers … {answers}"))), cancellationToken));
}
