using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Coding;
using FossVoices.Fieldwork;
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
            var codings = await StudyCodings.OfAsync(station.Database, taken.Id, cancellationToken);
            var found = Found.Of(codings, [.. taken.Codebook.Given.Select(code => code.Id)]);
            if (parsed.GetValue(common.Json))
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(Document(taken.Id, found), Output.Json));
            else
                Write(found, terminal);
            return ExitCode.Fine;
        });
        return verb;
    }

    /// <summary>Everything that is printed.</summary>
    private sealed record Found(
        ImmutableArray<CoderJudgements> Coders, ImmutableArray<PairAgreement> Pairs, ManyCoders? Many, string? Machine, ImmutableArray<CodeReliability> Reliability)
    {
        public static Found Of(StudyCodings codings, ImmutableArray<string> codes)
        {
            var coders = CoderJudgements.Of(codings.Assignments, codings.Read);
            return new Found(
                coders,
                [
                    .. coders.SelectMany((one, i) => coders.Skip(i + 1).Where(other => AreApart(one.Coder, other.Coder)).Select(other => PairAgreement.Of(one, other, codes)))
                        .Where(pair => pair.Answers > 0),
                ],
                ManyCoders.Of([.. coders.Where(coder => Coding.Coders.IsPerson(coder.Coder))], codes),
                CodeReliability.PipelineOf(coders)?.Coder,
                CodeReliability.Of(codings.Assignments, codings.Read, codings.SideOf.GetValueOrDefault, codes));
        }

        /// <summary>People together are compared with machines alone: with one of themselves, they would agree with themselves.</summary>
        private static bool AreApart(string one, string other) =>
            (one != CoderJudgements.People || Coding.Coders.IsMachine(other)) && (other != CoderJudgements.People || Coding.Coders.IsMachine(one));
    }

    private static object Document(string study, Found found) => new
    {
        study,
        coders = found.Coders.Select(coder => new { coder = coder.Coder, answers = coder.Given.Count }),
        pairs = found.Pairs.Select(pair => new
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
                alphaLow = code.AlphaLow,
                alphaHigh = code.AlphaHigh,
                kappa = code.Figures.Kappa,
                ac1 = code.Figures.Ac1,
            }),
        }),
        people = found.Many is not { } many ? null : new
        {
            coders = many.Coders,
            answersOfAll = many.Answers,
            answersOfTwo = many.AnswersOfTwo,
            alpha = many.Alpha,
            fleissKappa = many.FleissKappa,
            perCode = many.PerCode,
        },
        machine = found.Machine,
        machineAgainstPeople = found.Reliability.Select(code => new
        {
            code = code.Code,
            downstream = code.Accuracy.Downstream,
            upstream = code.Accuracy.Upstream,
        }),
    };

    private static void Write(Found found, Terminal terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Out) });
        if (found.Pairs.IsEmpty)
        {
            console.WriteLine(found.Coders.Length switch
            {
                0 => "Nobody has coded an answer yet. Run 'fossvoices code' first.",
                1 => $"Only '{found.Coders[0].Coder}' has coded answers so far; agreement needs two coders who have read the same answers.",
                _ => "No two coders have read the same answer yet.",
            });
            return;
        }

        foreach (var pair in found.Pairs)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{pair.One}[/] and [bold]{pair.Other}[/] on {pair.Answers} answers: alpha {Figure(pair.Overall.Alpha)} (95 % {Figure(pair.AlphaLow)} to {Figure(pair.AlphaHigh)}), kappa {Figure(pair.Overall.Kappa)}, AC1 {Figure(pair.Overall.Ac1)}, sets of codes {Figure(pair.MasiAlpha)}");
            var table = new Table().Border(TableBorder.Simple).AddColumn("code", column => column.NoWrap())
                .AddColumn($"by {Markup.Escape(pair.One)}").AddColumn($"by {Markup.Escape(pair.Other)}").AddColumn("same").AddColumn("alpha (95 %)").AddColumn("kappa").AddColumn("AC1");
            foreach (var code in pair.PerCode)
            {
                table.AddRow(
                    Markup.Escape(code.Code), Figure(code.Figures.PrevalenceOne), Figure(code.Figures.PrevalenceOther), Figure(code.Figures.Agreement),
                    code.AlphaLow is null ? Figure(code.Figures.Alpha) : string.Create(CultureInfo.InvariantCulture, $"{Figure(code.Figures.Alpha)} ({code.AlphaLow:0.00} to {code.AlphaHigh:0.00})"),
                    Figure(code.Figures.Kappa), Figure(code.Figures.Ac1));
            }

            console.Write(table);
        }

        if (found.Many is { } many)
            Write(many, console);
        if (found.Reliability.Any(code => code.Accuracy.Downstream.Answers + code.Accuracy.Upstream.Answers > 0))
            Write(found.Machine!, found.Reliability, console);
        console.WriteLine("Alpha is Krippendorff's nominal alpha. Below 0.667 a code is tentative; for codes given rarely, look at AC1 as well.");
    }

    private static void Write(ManyCoders many, IAnsiConsole console)
    {
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{string.Join(", ", many.Coders)}[/] together: alpha {Figure(many.Alpha)} on {many.AnswersOfTwo} answers that two or more read, Fleiss' kappa {Figure(many.FleissKappa)} on {many.Answers} that all read");
        var table = new Table().Border(TableBorder.Simple).AddColumn("code", column => column.NoWrap()).AddColumn("alpha").AddColumn("Fleiss");
        foreach (var code in many.PerCode)
            table.AddRow(Markup.Escape(code.Code), Figure(code.Alpha), Figure(code.FleissKappa));
        console.Write(table);
    }

    private static void Write(string machine, ImmutableArray<CodeReliability> codes, IAnsiConsole console)
    {
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{machine}[/] against what people decided, by side: answers; share given by people; of those the share it finds (sensitivity); of the rest the share it leaves alone (specificity)");
        var table = new Table().Border(TableBorder.Simple).AddColumn("code", column => column.NoWrap());
        foreach (var side in (string[])["downstream", "upstream"])
            table.AddColumn(side[..^"stream".Length]).AddColumn("given").AddColumn("finds").AddColumn("leaves");
        foreach (var code in codes)
            table.AddRow([Markup.Escape(code.Code), .. Cells(code.Accuracy.Downstream), .. Cells(code.Accuracy.Upstream)]);
        console.Write(table);

        static string[] Cells(CodeAccuracy side) =>
            [side.Answers.ToString(CultureInfo.InvariantCulture), Figure(side.Prevalence), Figure(side.Sensitivity), Figure(side.Specificity)];
    }

    private static string Figure(double? value) => value is { } number ? number.ToString("0.000", CultureInfo.InvariantCulture) : "–";
}
