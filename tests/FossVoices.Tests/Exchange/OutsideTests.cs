using System.ComponentModel;
using System.Diagnostics;
using FossVoices.Exchange;

namespace FossVoices.Tests.Exchange;

/// <summary>Opens exports with the programs that researchers open them with.</summary>
public sealed class OutsideTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fossvoices-").FullName;

    public OutsideTests()
    {
        foreach (var file in ((string[])["csv", "jsonl", "sps", "qdpx"]).SelectMany(format => ExportFiles.Of(ExportSample.Study, format)))
            File.WriteAllBytes(Path.Combine(_folder, file.Name), ExportTests.Bytes(file));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Python_reads_every_table_and_finds_in_CSV_what_is_in_JSON_lines()
    {
        var said = await RunAsync("python3", installedByCi: true, "-c", """
            import csv, glob, json
            def meant(text):
                return text[1:] if text.startswith("'") and text.lstrip("'").lstrip()[:1] in tuple("=+-@＝＋－＠") + ("",) else text
            tables = 0
            for name in sorted(glob.glob("*.jsonl")):
                rows = list(csv.DictReader(open(name[:-6] + ".csv", encoding="utf-8", newline="")))
                lines = [json.loads(line) for line in open(name, encoding="utf-8")]
                assert len(rows) == len(lines), name
                for row, line in zip(rows, lines):
                    for key, value in line.items():
                        cell = row[key]
                        assert float(cell) == value if isinstance(value, (int, float)) else meant(cell) == (value or ""), (name, key, cell, value)
                tables += 1
            words = {(row["session"], row["address"]): meant(row["words"]) for row in csv.DictReader(open("answers.csv", encoding="utf-8", newline=""))}
            for row in csv.DictReader(open("codings.csv", encoding="utf-8", newline="")):
                if row["quote"]:
                    assert words[row["session"], row["address"]][int(row["start"]):int(row["end"])] == meant(row["quote"])
            print(tables, "tables")
            """);

        Assert.Equal("11 tables\n", said);
    }

    [Fact]
    public async Task Python_finds_the_coded_words_of_a_project_by_its_positions()
    {
        var said = await RunAsync("python3", installedByCi: true, "-c", """
            import zipfile, xml.etree.ElementTree as tree
            archive, qda = zipfile.ZipFile("small.qdpx"), "{urn:QDA-XML:project:1.0}"
            project = tree.fromstring(archive.read("project.qde"))
            for source in project.iter(qda + "TextSource"):
                text = archive.read("sources/" + source.get("plainTextPath").removeprefix("internal://")).decode("utf-8")
                for span in source.findall(qda + "PlainTextSelection"):
                    print(text[int(span.get("startPosition")):int(span.get("endPosition"))].replace("\n", "|"))
            """);

        Assert.Equal("alone\n" + PlainText.Of(ExportSample.Hostile).Replace('\n', '|') + "\n", said);
    }

    [Fact]
    public async Task R_reads_the_wide_table_as_it_is()
    {
        var said = await RunAsync("Rscript", installedByCi: false, "-e", """
            wide <- read.csv("wide_survey.csv", fileEncoding = "UTF-8", encoding = "UTF-8"); values <- read.csv("values.csv", encoding = "UTF-8")
            for (v in unique(values$variable[values$missing == 1])) wide[[v]][wide[[v]] < 0] <- NA
            cat(nrow(wide), ncol(wide), names(wide)[14], mean(wide$survey.works.own, na.rm = TRUE), sum(is.na(wide$survey.works.own.v2)), wide$survey.change[1], nchar(wide$survey.story[1]), "\n")
            """);

        Assert.Equal($"4 34 survey.works.own 3 2 -4 {PlainText.Length(CsvTable.Harmless(ExportSample.Hostile))} \n", said);
    }

    [Fact]
    public async Task PSPP_runs_the_syntax_and_knows_what_is_missing()
    {
        await File.AppendAllTextAsync(
            Path.Combine(_folder, "survey.sps"),
            "\nDESCRIPTIVES survey.works.own survey.works.own.v2 survey.why.fun /STATISTICS=MEAN.\nDISPLAY DICTIONARY /VARIABLES=survey.role.\n", TestContext.Current.CancellationToken);

        var said = await RunAsync("pspp", installedByCi: false, "-O", "format=csv", "survey.sps");

        Assert.DoesNotContain("error:", said, StringComparison.Ordinal);
        Assert.DoesNotContain("warning:", said, StringComparison.Ordinal);
        Assert.Contains("Does it work?,2,3.00", said, StringComparison.Ordinal);
        Assert.Contains("Does it work?,2,6.50", said, StringComparison.Ordinal);
        Assert.Contains("planned missingness", said, StringComparison.Ordinal);
    }

    /// <summary>Runs a program of somebody else's; skips where it is not there, unless it must be.</summary>
    private async Task<string> RunAsync(string program, bool installedByCi, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.SkipUnless(installedByCi && Environment.GetEnvironmentVariable("CI") is not null, $"needs {program}");
            throw;
        }

        using (process)
        {
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"{program}: {await error}\n{output}");
            return output.ReplaceLineEndings("\n");
        }
    }
}
