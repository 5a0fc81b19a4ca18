using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FossVoices.Flows;

namespace FossVoices.Exchange;

/// <summary>SPSS syntax (which PSPP runs too) that reads one flow's wide table and names variables, values and missing values.</summary>
internal static class SpssSyntax
{
    private const int LongestVariableLabel = 250;
    private const int LongestValueLabel = 118;
    private const int LongestText = 32_000;

    /// <summary>The table for the syntax to read: SPSS knows no line break inside a cell.</summary>
    public static Table Data(WideTable flow) => flow.Table(words => words.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' '));

    public static string Of(WideTable flow)
    {
        var table = Data(flow);
        var widths = Widths(table);
        var syntax = new StringBuilder("* Encoding: UTF-8.\n* Reads the table beside this file; run it in the folder that holds both.\n\n");
        syntax.Append(CultureInfo.InvariantCulture, $"GET DATA\n  /TYPE=TXT\n  /FILE={Quoted($"{table.Name}.csv", 200)}\n  /ENCODING='UTF8'\n  /ARRANGEMENT=DELIMITED\n  /DELCASE=LINE\n  /FIRSTCASE=2\n  /DELIMITERS=\",\"\n  /QUALIFIER='\"'\n  /VARIABLES=\n");
        for (var i = 0; i < table.Columns.Length; i++)
            syntax.Append(CultureInfo.InvariantCulture, $"    {table.Columns[i]} {Format(table.Columns[i], flow, widths[i])}\n");
        syntax.Append("  .\n\n");

        foreach (var variable in flow.Variables)
        {
            var version = flow.Versions.Last(v => variable.In.ContainsKey(v.Flow.Hash)).Flow;
            syntax.Append(CultureInfo.InvariantCulture, $"VARIABLE LABELS {variable.Name} {Quoted(Label(variable, version), LongestVariableLabel)}.\n");
            if (variable.Measure == Measure.Words)
                continue;

            var labels = flow.Versions.Where(v => variable.In.ContainsKey(v.Flow.Hash)).SelectMany(v => DictionaryTables.Labels(variable, v.Flow))
                .GroupBy(label => label.Number).Select(group => (Number: group.Key, group.Last().Label))
                .Concat(variable.HasCodes ? DictionaryTables.Missing.Select(missing => (missing.Number, missing.Label)) : []).ToImmutableArray();
            if (!labels.IsEmpty)
                syntax.Append(CultureInfo.InvariantCulture, $"VALUE LABELS {variable.Name}\n{string.Join('\n', labels.Select(label => $"  {label.Number.ToString(CultureInfo.InvariantCulture)} {Quoted(label.Label, LongestValueLabel)}"))}.\n");
            if (variable.HasCodes)
                syntax.Append(CultureInfo.InvariantCulture, $"MISSING VALUES {variable.Name} (LOWEST THRU -1).\n");
            syntax.Append(CultureInfo.InvariantCulture, $"VARIABLE LEVEL {variable.Name} ({Level(variable.Measure)}).\n");
        }

        return syntax.Append("\nEXECUTE.\n").ToString();
    }

    /// <summary>A text between quotation marks: one line, cut to so many bytes, as SPSS counts.</summary>
    private static string Quoted(string text, int most)
    {
        var quoted = new StringBuilder("'");
        var bytes = 0;
        foreach (var rune in PlainText.Of(text).EnumerateRunes())
        {
            var shown = Rune.IsControl(rune) ? new Rune(' ') : rune;
            bytes += shown.Utf8SequenceLength;
            if (bytes > most)
                break;
            quoted.Append(shown.Value == '\'' ? "''" : shown.ToString());
        }

        return quoted.Append('\'').ToString();
    }

    private static string Label(Variable variable, Flow flow)
    {
        var step = flow.Steps.At(variable.Address)!;
        var option = variable.Option is null ? null : Controls.OptionsIn(step, flow).FirstOrDefault(o => o.Id == variable.Option)?.Label;
        return $"{(option is null ? "" : $"{option}: ")}{step.Text!.Source}";
    }

    private static string Format(string column, WideTable flow, int width) =>
        flow.Variables.FirstOrDefault(variable => variable.Name == column) is { } variable
            ? variable.Measure switch { Measure.Words => Text(width), Measure.Number => "F12", _ => "F6.0" }
            : column is "both_sides" or "attested" or "public" or "flow_version" or "core_done" or "finished" ? "F6.0" : Text(width);

    private static string Text(int width) => string.Create(CultureInfo.InvariantCulture, $"A{Math.Clamp(width, 1, LongestText)}");

    /// <summary>The longest text of each column, in bytes.</summary>
    private static int[] Widths(Table table)
    {
        var widths = new int[table.Columns.Length];
        foreach (var row in table.Rows)
        {
            for (var i = 0; i < row.Length; i++)
                widths[i] = Math.Max(widths[i], row[i].Text is { } text ? Encoding.UTF8.GetByteCount(CsvTable.Harmless(text)) : 0);
        }

        return widths;
    }

    private static string Level(Measure measure) => measure switch
    {
        Measure.Point or Measure.Place => "ORDINAL",
        Measure.Number => "SCALE",
        _ => "NOMINAL",
    };
}
