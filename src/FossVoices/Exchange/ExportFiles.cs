using System.Collections.Immutable;
using System.Text;

namespace FossVoices.Exchange;

/// <summary>The files of an export, by format.</summary>
internal static class ExportFiles
{
    public static ImmutableArray<string> Formats { get; } = ["csv", "jsonl", "sps", "qdc", "qdpx"];

    public static ImmutableArray<ExportFile> Of(Exported study, string format) => format switch
    {
        "csv" => [.. Tables(study).Select(table => new ExportFile($"{table.Name}.csv", stream => CsvTable.Write(table, stream))), About(study)],
        "jsonl" => [.. Tables(study).Select(table => new ExportFile($"{table.Name}.jsonl", stream => JsonLinesTable.Write(table, stream))), About(study)],
        "sps" => [.. WideTable.Of(study).SelectMany(Syntax), About(study)],
        "qdc" => [new ExportFile($"{study.Study}.qdc", stream => RefiCodebook.Write(study.Codebook, stream))],
        _ => [new ExportFile($"{study.Study}.qdpx", stream => RefiProject.Write(study, stream))],
    };

    private static IEnumerable<Table> Tables(Exported study)
    {
        var flows = WideTable.Of(study);
        return
        [
            AnswerTables.Sessions(study), AnswerTables.Answers(study), CodingTables.Codings(study), CodingTables.Readings(study), CodingTables.Codebook(study),
            NoteTables.Memos(study), NoteTables.Claims(study), NoteTables.Citations(study),
            DictionaryTables.Variables(flows), DictionaryTables.Values(flows), .. flows.Select(flow => flow.Table() with { Name = $"wide_{flow.Table().Name}" }),
        ];
    }

    private static IEnumerable<ExportFile> Syntax(WideTable flow)
    {
        var name = SpssSyntax.Data(flow).Name;
        return
        [
            new ExportFile($"{name}.csv", stream => CsvTable.Write(SpssSyntax.Data(flow), stream)),
            new ExportFile($"{name}.sps", stream => stream.Write(Encoding.UTF8.GetBytes(SpssSyntax.Of(flow)))),
        ];
    }

    private static ExportFile About(Exported study) => new("README.txt", stream => stream.Write(Encoding.UTF8.GetBytes(
        $$"""
        {{PlainText.Of(study.Title)}} ({{study.Study}}), exported from FossVoices on {{study.At.UtcDateTime:yyyy-MM-dd}}

        For the study's researchers, and nobody else. It holds what people wrote in their own words, and answers by which somebody who knows them
        may recognise them. Keep it on an encrypted disk, delete it on the day that the consent text promises, and export again rather than keep
        an old copy: whoever withdraws is gone from the next export, and not from this one.

        What may be passed on or quoted: the column may_quote of sessions says what each person agreed to. "no" and "paraphrase" mean that no sentence
        of theirs may appear anywhere, "anonymous" that it may without a name, "named" that it may with one. Sessions whose narrators released
        nothing are not in here at all. Where they released counts alone, their codes are here and their words are not (words_exported is 0).

        person and session are names made for exports. They are the same in every export of this study, and lead back to nobody without its key.
        Positions are counted in Unicode code points of the words as they stand here, from 0, and the end is exclusive: words[start:end] in Python.
        A text that a spreadsheet could take for a formula has an apostrophe before it in CSV files; take it away and it is what was said.

        Where a wide table has no answer it has a number below zero that says why:
        {{string.Join('\n', DictionaryTables.Missing.Select(missing => $"  {missing.Number}  {missing.Label}"))}}
        A number that may itself be below zero, and words, have an empty cell instead; the table of all answers says why.

          R       wide <- read.csv("wide_survey.csv", encoding = "UTF-8"); values <- read.csv("values.csv", encoding = "UTF-8")
                  for (v in unique(values$variable[values$missing == 1])) wide[[v]][wide[[v]] < 0] <- NA
          Python  csv.DictReader(open("wide_survey.csv", encoding="utf-8", newline=""))
          SPSS    export with --format sps; the syntax reads the table and names everything

        """.ReplaceLineEndings("\n"))));
}
