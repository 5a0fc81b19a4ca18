using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using FossVoices.Exchange;
using FossVoices.Flows;
using FossVoices.Tests.Exchange;
using FossVoices.Tests.Flows;
using FossVoices.Tests.Storage;

namespace FossVoices.Tests.Hostile;

/// <summary>Every hostile string as somebody's answer and as a coder's name, in every format that answers leave in.</summary>
public sealed class HostileExportTests
{
    private static readonly ImmutableArray<string> s_said = [.. HostileCorpus.Answers];

    private static readonly Exported s_study = Study("Answers");

    /// <summary>Bytes by file, of every format.</summary>
    private static readonly ImmutableDictionary<string, byte[]> s_files =
        ExportFiles.Formats.SelectMany(format => ExportFiles.Of(s_study, format).Select(file => (Name: $"{format}/{file.Name}", Bytes: ExportTests.Bytes(file)))).ToImmutableDictionary(file => file.Name, file => file.Bytes);

    [Fact]
    public void A_CSV_file_has_no_cell_that_a_spreadsheet_runs_and_every_text_comes_back()
    {
        foreach (var (name, bytes) in s_files.Where(file => file.Key.EndsWith(".csv", StringComparison.Ordinal)))
        {
            foreach (var cell in Cells(Encoding.UTF8.GetString(bytes)))
                Assert.False(RunsInASpreadsheet(cell), $"{name}: {cell}");
        }

        Assert.Equal(Kept(), Column("csv/answers.csv", "words"));
    }

    [Fact]
    public void JSON_lines_hold_a_row_a_line_and_every_text_exactly()
    {
        var lines = Encoding.UTF8.GetString(s_files["jsonl/answers.jsonl"]).TrimEnd('\n').Split('\n');
        var words = lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line)).Where(Story).Select(row => row.GetProperty("words").GetString()!);

        Assert.Equal(Kept(), words.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_for_SPSS_has_one_line_a_session_and_its_syntax_no_text_that_ends_early()
    {
        var name = s_files.Keys.Single(file => file.StartsWith("sps/", StringComparison.Ordinal) && file.EndsWith(".sps", StringComparison.Ordinal));
        var table = Encoding.UTF8.GetString(s_files[name[..^4] + ".csv"]);

        Assert.Equal(s_said.Length + 1, table.TrimEnd('\n').Split('\n').Length);
        foreach (var hostile in HostileCorpus.Some)
        {
            var syntax = ExportFiles.Of(Study(hostile), "sps").Single(file => file.Name.EndsWith(".sps", StringComparison.Ordinal));
            foreach (var line in Encoding.UTF8.GetString(ExportTests.Bytes(syntax)).Split('\n'))
                Assert.True(line.Count(c => c == '\'') % 2 == 0, line);
        }
    }

    [Fact]
    public void A_project_for_coding_programs_is_sound_and_each_span_is_what_was_said()
    {
        var entries = RefiProjectTests.Entries(s_files["qdpx/small.qdpx"]);
        var project = XDocument.Parse(entries["project.qde"]).Root!;
        XNamespace qda = RefiProject.Namespace;
        var spans = project.Descendants(qda + "PlainTextSelection").Select(selection =>
        {
            var text = entries[$"sources/{selection.Parent!.Attribute("guid")!.Value}.txt"];
            return string.Concat(text.EnumerateRunes().Skip((int)selection.Attribute("startPosition")!).Take((int)selection.Attribute("endPosition")! - (int)selection.Attribute("startPosition")!));
        });

        Assert.Equal(Kept(), spans.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(entries.Values, text => text.Contains('\0', StringComparison.Ordinal) || text.Contains('\r', StringComparison.Ordinal));
    }

    [Fact]
    public void A_title_or_a_coder_s_name_breaks_no_file()
    {
        foreach (var hostile in Long.Run(always: 0, lots: 1) == 1 ? HostileCorpus.All.Where(one => one.Text.Length < 10_000).Select(one => one.Text) : HostileCorpus.Some)
        {
            var study = Study(hostile, coder: hostile, answers: ["Often."]);
            foreach (var file in ExportFiles.Formats.SelectMany(format => ExportFiles.Of(study, format)))
            {
                var bytes = ExportTests.Bytes(file);
                if (file.Name.EndsWith(".csv", StringComparison.Ordinal))
                    Assert.All(Cells(Encoding.UTF8.GetString(bytes)), cell => Assert.False(RunsInASpreadsheet(cell), cell));
                else if (file.Name.EndsWith(".jsonl", StringComparison.Ordinal))
                    Assert.All(Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal(JsonValueKind.Object, JsonSerializer.Deserialize<JsonElement>(line).ValueKind));
                else if (file.Name.EndsWith(".qdpx", StringComparison.Ordinal))
                    XDocument.Parse(RefiProjectTests.Entries(bytes)["project.qde"]);
            }
        }
    }

    /// <summary>A study in which each answer is one person's story, coded as a whole by a person.</summary>
    private static Exported Study(string title, string coder = "ada", ImmutableArray<string> answers = default)
    {
        answers = answers.IsDefault ? s_said : answers;
        return ExportSample.Study with { Title = title, Sessions = [.. answers.Select((text, i) => Person(i, text, coder))] };
    }

    private static ExportedSession Person(int number, string story, string coder)
    {
        var interview = Interview.Of(ExportSample.First, seed: 3).Chooses("downstream").Chooses("5").Skips().Chooses("fun").Chooses("pay", "fun")
            .Chooses("4").Does(new Reply.Said("3")).Does(new Reply.Said("-4")).Chooses("yes").Does(new Reply.Said(story));
        var like = ExportSample.Study.Sessions[0];
        var coding = like.Codings[1] with { Coder = coder, DecidedBy = coder };
        return like with
        {
            Session = like.Session with { Id = $"s_{number}", Respondent = $"p_{number}", Progress = interview.Progress },
            Codings = [coding],
            Readings = [],
        };
    }

    /// <summary>What was said, as other programs hold it.</summary>
    private static IEnumerable<string> Kept() => s_study.Sessions.SelectMany(session => session.Texts).Select(text => PlainText.Of(text.Text)).Order(StringComparer.Ordinal);

    private static bool Story(JsonElement row) => row.GetProperty("words").ValueKind == JsonValueKind.String;

    private static IEnumerable<string> Column(string file, string name)
    {
        var rows = CsvTable.Read(new MemoryStream(s_files[file]));
        var at = rows[0].IndexOf(name);
        return rows.Skip(1).Select(row => row[at]).Where(cell => cell.Length > 0).Order(StringComparer.Ordinal);
    }

    /// <summary>The cells as a spreadsheet reads them, which knows nothing of our apostrophes.</summary>
    private static IEnumerable<string> Cells(string csv)
    {
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            if (csv[i] == '"' && quoted && i + 1 < csv.Length && csv[i + 1] == '"')
                cell.Append(csv[i++]);
            else if (csv[i] == '"')
                quoted = !quoted;
            else if (!quoted && csv[i] is (',' or '\n'))
            {
                yield return cell.ToString();
                cell.Clear();
            }
            else
                cell.Append(csv[i]);
        }
    }

    private static bool RunsInASpreadsheet(string cell) =>
        cell is ['=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠', ..] && !double.TryParse(cell, CultureInfo.InvariantCulture, out _);
}
