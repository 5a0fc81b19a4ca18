using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using FossVoices.Definitions;
using FossVoices.Studies;

namespace FossVoices.Tests.Studies;

/// <summary>Damages the bundled study in every way a slip or an attack could, and reads it all the same.</summary>
public sealed class MutantTests
{
    private static readonly StudyFiles s_files = StudyFolder.Read(Path.Combine(Repository.Surveys, "pypi-expectations"));

    /// <summary>Of the practice files one: they are all of a kind, and many.</summary>
    private static readonly string[] s_paths =
        [.. s_files.Files.Keys.Where(path => !path.StartsWith(Study.PracticeFolder + "/", StringComparison.Ordinal) || path.EndsWith("/sentences.jsonl", StringComparison.Ordinal))];

    private static readonly string[] s_pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "1e999", "-1", "0.5", "99999999999999999999", "\"\"", "\"{\"", "\"{a|\"", "/*", "\u0000", "é", "💥", "\\ud83d",
        "\"id\": \"role\",", "\"if\": {},", "\"if\": { \"any\": [] },", "\"type\": \"group\",", "\"items\": [],", "\"options\": {},", "\"vary\": { \"x\": [] },", "\"points\": [],",
    ];

    /// <summary>Many thousand times as long as any takes: beyond it a mutant hangs.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);

    private static int Count => Environment.GetEnvironmentVariable("FOSSVOICES_LONG") == "1" ? 100_000 : 60;

    [Fact]
    public void A_damaged_study_is_answered_with_problems_or_is_sound_and_never_breaks_the_reader() =>
        Gen.Select(Gen.Int[0, s_paths.Length - 1], Gen.Select(Gen.Int[0, 5], Gen.Int[0, int.MaxValue - 1], Gen.Int[0, s_pieces.Length - 1], Gen.Int[1, 40]).Array[1, 4]).Sample((file, damages) =>
        {
            var bytes = ((StudyFile.Content)s_files.Files[s_paths[file]]).Bytes.ToArray();
            foreach (var (kind, place, piece, length) in damages)
                bytes = Damaged(bytes, kind, place % (bytes.Length + 1), s_pieces[piece], length);

            var files = Near(s_paths[file]);
            var mutant = files with { Files = files.Files.SetItem(s_paths[file], new StudyFile.Content([.. bytes])) };
            // On a thread of its own, so that one that never ends is seen, and said by its seed.
            var loaded = Task.Run(() => StudyCompiler.Compile(mutant)).WaitAsync(s_longest, TimeProvider.System).GetAwaiter().GetResult();

            Assert.Equal(loaded.Study is null, loaded.Problems.Any(p => p.Severity == Severity.Error));
            Assert.All(loaded.Problems, p => Assert.True(p.Line >= 1 && p.Column >= 1 && p.Message.Length > 0 && p.File.Length > 0));
        }, iter: Count);

    [Fact]
    public void An_item_or_a_probe_without_an_id_is_said_and_breaks_nothing()
    {
        var text = Encoding.UTF8.GetString(((StudyFile.Content)s_files.Files["flows/survey.json"]).Bytes.AsSpan());
        var ids = Regex.Matches(text, @"""id"": ""[a-z_0-9]+"", ", RegexOptions.NonBacktracking).Where(id => id.Index > text.IndexOf("\"items\"", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(ids);
        Assert.All(ids, id => Answered(text.Remove(id.Index, id.Length)));
    }

    [Theory]
    [InlineData("{", 1_000_000)]
    [InlineData("[[[[", 500_000)]
    [InlineData("{\"a\":", 400_000)]
    [InlineData("{{{\"", 500_000)]
    public void A_hostile_file_is_answered(string piece, int times) => Answered(string.Concat(Enumerable.Repeat(piece, times)));

    [Fact]
    public void Sixty_thousand_items_are_answered() =>
        Answered($"{{ \"items\": [ {string.Join(',', Enumerable.Range(0, 60_000).Select(i => $$"""{"id":"i{{i}}","type":"text"}"""))} ] }}");

    [Fact]
    public void A_text_of_two_megabytes_of_braces_is_answered() => Answered($$"""{ "end": "{{new string('{', 2_000_000)}}", "title": "{{string.Concat(Enumerable.Repeat("{a|", 10_000))}}" }""");

    [Fact]
    public void Thirty_thousand_wordings_options_and_conditions_are_answered()
    {
        var many = string.Join(',', Enumerable.Range(0, 30_000).Select(i => $"\"k{i}\": [\"a\", \"b\"]"));
        Answered($$"""{ "items": [ { "id": "a", "type": "choice", "ask": "?", "vary": { {{many}} }, "options": { {{many}} } }, { "id": "b", "type": "text", "ask": "?", "if": { {{many}} } } ] }""");
    }

    private static void Answered(string text)
    {
        var loaded = StudyCompiler.Compile(s_files with { Files = s_files.Files.SetItem("flows/survey.json", new StudyFile.Content([.. Encoding.UTF8.GetBytes(text)])) });

        Assert.Null(loaded.Study);
        Assert.InRange(loaded.Problems.Count(p => p.File.EndsWith("flows/survey.json", StringComparison.Ordinal)), 1, 400);
    }

    /// <summary>The study without the files that have nothing to do with the one that is damaged: reading them again and again finds nothing.</summary>
    private static StudyFiles Near(string path)
    {
        var flow = path.Contains('/', StringComparison.Ordinal) ? Path.GetFileName(path).Split('.')[0] : "survey";
        return s_files with
        {
            Files = s_files.Files.RemoveRange(s_files.Files.Keys.Where(other => other != path && other switch
            {
                "study.json" or "codebook.json" or "flows/survey.json" => false,
                _ when other.StartsWith(Study.PracticeFolder + "/", StringComparison.Ordinal) => true,
                _ when path is "study.json" or "codebook.json" => other.StartsWith("i18n/", StringComparison.Ordinal) || other.Contains("interview", StringComparison.Ordinal),
                _ => Path.GetFileName(other).Split('.')[0] != flow,
            })),
        };
    }

    private static byte[] Damaged(byte[] bytes, int kind, int place, string piece, int length)
    {
        var end = Math.Min(bytes.Length, place + length);
        var text = Encoding.UTF8.GetBytes(piece);
        return kind switch
        {
            0 => [.. bytes[..place], .. text, .. bytes[place..]],
            1 => [.. bytes[..place], .. bytes[end..]],
            2 => [.. bytes[..end], .. bytes[place..]],
            3 => [.. bytes[..place], .. text, .. bytes[end..]],
            4 => WithAnotherWord(bytes, place, length),
            _ => place == 0 ? [] : [.. bytes[..(place - 1)], (byte)(bytes[place - 1] ^ (1 << (length % 8))), .. bytes[place..]],
        };
    }

    /// <summary>One quoted word replaced by another of the same file: what a slip of copy and paste makes.</summary>
    private static byte[] WithAnotherWord(byte[] bytes, int place, int step)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var parts = text.Split('"').ToImmutableArray();
        if (parts.Length < 4)
            return bytes;
        var (one, two) = (place % parts.Length, (place + step) % parts.Length);
        return Encoding.UTF8.GetBytes(string.Join('"', parts.SetItem(one, parts[two])));
    }
}
