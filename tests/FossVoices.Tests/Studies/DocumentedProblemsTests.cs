using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FossVoices.Codebooks;
using FossVoices.Definitions;
using FossVoices.Studies;

namespace FossVoices.Tests.Studies;

/// <summary>Keeps the list of problems in docs/study-format.md true, by running its examples.</summary>
public sealed partial class DocumentedProblemsTests
{
    private static readonly PlatformLimits s_platform = new("Discord", Question: 2000, Button: 80, Choice: 100, Choices: 25, Beyond: "see the first 79 and …");

    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "study-format.md"));

    public static TheoryData<string> Documented { get; } = [.. Sections().Select(s => s.Code)];

    [Theory]
    [MemberData(nameof(Documented))]
    public void The_wrong_example_has_the_problem_and_the_right_one_has_none(string code)
    {
        var section = Sections().Single(s => s.Code == code).Text;
        var examples = Example().Matches(section).Select(m => (Kind: m.Groups["kind"].Value, File: m.Groups["file"].Value, Snippet: m.Groups["snippet"].Value.TrimEnd('\n'))).ToArray();

        Assert.Equal(["wrong", "right"], examples.Select(e => e.Kind));
        Assert.Contains(Problems(examples[0].File, examples[0].Snippet), p => p.Code == code);
        Assert.DoesNotContain(Problems(examples[1].File, examples[1].Snippet), p => p.Code == code || p.Severity == Severity.Error);
    }

    [Fact]
    public void Every_code_of_the_program_is_documented_once_and_no_other()
    {
        var used = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => CodeInSource().Matches(File.ReadAllText(f)).Select(m => m.Groups["code"].Value))
            .Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(used, Sections().Select(s => s.Code));
    }

    private static ImmutableArray<Problem> Problems(string file, string snippet)
    {
        if (file != "gold.jsonl")
        {
            var (loaded, begun) = (SmallStudy.With(file, snippet, s_platform), SmallStudy.With().Study!);
            return loaded.Study is not { } study ? loaded.Problems
                : [.. loaded.Problems, .. SinceBegun.Of(study, [Bundle.Of(begun, begun.Flows["survey"])]).Select(change => change.ToProblem(study)).OfType<Problem>()];
        }

        var problems = new Problems(file);
        GoldFile.Read(new StringReader(snippet), SmallStudy.With().Study!.Codebook, problems);
        return problems.InOrder();
    }

    private static IEnumerable<(string Code, string Text)> Sections() => s_page.ReplaceLineEndings("\n").Split("\n### ").Skip(1)
        .Where(section => section.StartsWith("FV", StringComparison.Ordinal))
        .Select(section => (section[.."FV000".Length], section.Split("\n## ")[0]));

    [GeneratedRegex("^```json (?<kind>wrong|right) (?<file>[^\n]+)\n(?<snippet>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Example();

    [GeneratedRegex("\"(?<code>FV[0-9]{3})\"", RegexOptions.NonBacktracking)]
    private static partial Regex CodeInSource();
}
