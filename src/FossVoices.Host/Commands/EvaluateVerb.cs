using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Definitions;
using Spectre.Console;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices evaluate STUDY --gold FILE</c>: judges the coders against hand-coded answers.</summary>
internal static class EvaluateVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study whose codebook is judged." };
        var gold = new Option<string>("--gold") { Description = "Hand-coded answers, one JSON object a line: id, text, codes, disputed.", Required = true, HelpName = "FILE" };
        var train = new Option<string[]>("--train")
        {
            Description = "Hand-coded answers to learn from first, in the same form; repeatable. With 'speaker' on each line, they are cross-validated over speakers.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var verb = new Command("evaluate", "Judge the coders against hand-coded answers.") { study, gold, train };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            var answers = Read(parsed.GetValue(gold)!, taken.Codebook);
            var examples = new Examples(taken.Practice, [.. (parsed.GetValue(train) ?? []).SelectMany(file => Read(file, taken.Codebook))], taken.LearnFrom);
            var lexicon = new LexiconCoder(new Lexicon(taken.Codebook));
            var evaluation = new Evaluation(
                [.. CrossValidation.Pipeline(lexicon, examples).Select(judged =>
                    CoderScore.Of(judged.Name, taken.Codebook, answers, answer => judged.Coder.Suggest(answer.Text).Select(s => s.Code)))],
                examples.People.IsEmpty ? null : CrossValidation.Of(lexicon, examples));
            if (parsed.GetValue(common.Json))
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(evaluation, Output.Json));
            else
                Write(evaluation, answers.Length, examples.People.Length, terminal);
            return ExitCode.Fine;
        });
        return verb;
    }

    private static ImmutableArray<GoldAnswer> Read(string path, Codebook codebook)
    {
        var problems = new Problems(path);
        try
        {
            using var file = File.OpenText(path);
            var answers = GoldFile.Read(file, codebook, problems);
            return problems.AnyError
                ? throw new CannotRun(problems.InOrder()[0].ToString(), ExitCode.ErrorsFound)
                : answers;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRun($"The gold answers '{path}' can't be read: {e.Message}");
        }
    }

    private static void Write(Evaluation evaluation, int answers, int examples, Terminal terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Out) });
        foreach (var score in evaluation.Coders)
            Summarize(score, $"on {answers} answers");
        foreach (var score in evaluation.CrossValidated ?? [])
            Summarize(score, $"cross-validated on the {examples} answers learned from");

        var table = new Table().Border(TableBorder.Simple).AddColumn("code").AddColumn("support").AddColumn("precision").AddColumn("recall").AddColumn("F1").AddColumn("alpha");
        foreach (var code in evaluation.Coders[^1].PerCode)
            table.AddRow(Markup.Escape(code.Code), code.Support.ToString(CultureInfo.InvariantCulture), Figure(code.Precision), Figure(code.Recall), Figure(code.F1), Figure(code.Alpha));
        console.Write(table);
        console.WriteLine("Disputed cells are not scored. Macro-F1 is the mean over codes that the gold answers hold; alpha is nominal over all cells pooled.");

        void Summarize(CoderScore score, string on) => console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"[bold]{score.Coder}[/] {on}: micro-F1 {Figure(score.MicroF1)}, macro-F1 {Figure(score.MacroF1)}, precision {Figure(score.Precision)}, recall {Figure(score.Recall)}, alpha {Figure(score.Alpha)}");
    }

    private static string Figure(double? value) => value is { } number ? number.ToString("0.000", CultureInfo.InvariantCulture) : "–";
}
