using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Coding;
using Spectre.Console;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices agreement STUDY</c>: how far the coders of the stored answers agree, people and machines, in pairs.</summary>
internal static class AgreementVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var verb = new Command("agreement", "See how far people and machines agree about the codes of the stored answers.") { study };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            await using var station = await Station.OpenAsync(parsed.GetValue(common.Data)!, terminal.Time, cancellationToken);
            var assignments = await station.Codings.AssignmentsAsync(taken.Id, cancellationToken);
            var read = await station.Codings.ReadAsync(taken.Id, cancellationToken);
            var coders = CoderJudgements.Of(assignments, read.Select(reading => (reading.Coder, $"{reading.Session}/{reading.Address}")));
            ImmutableArray<string> codes = [.. taken.Codebook.Given.Select(code => code.Id)];
            ImmutableArray<PairAgreement> pairs =
            [
                .. coders.SelectMany((one, i) => coders.Skip(i + 1).Select(other => PairAgreement.Of(one, other, codes))).Where(pair => pair.Answers > 0),
            ];
            if (parsed.GetValue(common.Json))
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(Document(taken.Id, coders, pairs), Output.Json));
            else
                Write(coders, pairs, terminal);
            return ExitCode.Fine;
        });
        return verb;
    }

    private static object Document(string study, ImmutableArray<CoderJudgements> coders, ImmutableArray<PairAgreement> pairs) => new
    {
        study,
        coders = coders.Select(coder => new { coder = coder.Coder, answers = coder.Given.Count }),
        pairs = pairs.Select(pair => new
        {
            one = pair.One,
            other = pair.Other,
            answers = pair.Answers,
            agreement = pair.Overall.Agreement,
            alpha = pair.Overall.Alpha,
            alphaLow = pair.AlphaLow,
            alphaHigh = pair.AlphaHigh,
            kappa = pair.Overall.Kappa,
            ac1 = pair.Overall.Ac1,
            masiAlpha = pair.MasiAlpha,
            perCode = pair.PerCode.Select(code => new
            {
                code = code.Code,
                prevalenceOne = code.Figures.PrevalenceOne,
                prevalenceOther = code.Figures.PrevalenceOther,
                agreement = code.Figures.Agreement,
                alpha = code.Figures.Alpha,
                kappa = code.Figures.Kappa,
                ac1 = code.Figures.Ac1,
            }),
        }),
    };

    private static void Write(ImmutableArray<CoderJudgements> coders, ImmutableArray<PairAgreement> pairs, Terminal terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Out) });
        if (pairs.IsEmpty)
        {
            console.WriteLine(coders.Length switch
            {
                0 => "Nobody has coded an answer yet. Run 'fossvoices code' first.",
                1 => $"Only '{coders[0].Coder}' has coded answers so far; agreement needs two coders who have read the same answers.",
                _ => "No two coders have read the same answer yet.",
            });
            return;
        }

        foreach (var pair in pairs)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{pair.One}[/] and [bold]{pair.Other}[/] on {pair.Answers} answers: alpha {Figure(pair.Overall.Alpha)} (95 % {Figure(pair.AlphaLow)} to {Figure(pair.AlphaHigh)}), kappa {Figure(pair.Overall.Kappa)}, AC1 {Figure(pair.Overall.Ac1)}, sets of codes {Figure(pair.MasiAlpha)}");
            var table = new Table().Border(TableBorder.Simple).AddColumn("code").AddColumn($"given by {Markup.Escape(pair.One)}").AddColumn($"by {Markup.Escape(pair.Other)}")
                .AddColumn("agreement").AddColumn("alpha").AddColumn("kappa").AddColumn("AC1");
            foreach (var (code, figures) in pair.PerCode)
            {
                table.AddRow(
                    Markup.Escape(code), Figure(figures.PrevalenceOne), Figure(figures.PrevalenceOther), Figure(figures.Agreement),
                    Figure(figures.Alpha), Figure(figures.Kappa), Figure(figures.Ac1));
            }

            console.Write(table);
        }

        console.WriteLine("Alpha is Krippendorff's nominal alpha. Below 0.667 a code is tentative; for codes given rarely, look at AC1 as well.");
    }

    private static string Figure(double? value) => value is { } number ? number.ToString("0.000", CultureInfo.InvariantCulture) : "–";
}
