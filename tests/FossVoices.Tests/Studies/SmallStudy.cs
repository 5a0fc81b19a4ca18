using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using FossVoices.Definitions;
using FossVoices.Studies;

namespace FossVoices.Tests.Studies;

/// <summary>A small faultless study in memory, of which a test replaces some top-level keys.</summary>
internal static partial class SmallStudy
{
    public const string Id = "small";

    private static readonly ImmutableDictionary<string, string[]> s_files = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["study.json"] =
        [
            """ "id": "small" """, """ "title": "A small study" """, """ "project": "PyPI" """, """ "language": "en" """,
            """ "sides": { "upstream": "people who make it", "downstream": "people who use it" } """,
            """ "team": { "names": ["A team"], "contact": "a@example.org", "ethics": "none: community self-study", "positions": "We use it." } """,
            """ "default_flow": "survey" """,
            """ "tensions": [ { "id": "pull", "a": "focus", "b": "aware", "label": "Focus and awareness", "starter": "What would help?" } ] """,
        ],
        ["codebook.json"] =
        [
            """ "id": "small" """, """ "version": 1 """,
            """ "codes": [ { "id": "burnout", "label": "Burnout", "brief": "Exhaustion." }, { "id": "busfactor", "label": "Bus factor", "brief": "Few people." } ] """,
        ],
        ["flows/survey.json"] =
        [
            """ "id": "survey" """, """ "version": 1 """, """ "language": "en" """, """ "title": "About {project}" """, """ "minutes": 3 """,
            """
             "consent": { "text": "Who asks: the team. Why: to learn what people count on. It takes 3 minutes and is voluntary. Answers are kept until {retention_date}; withdraw with /voices withdraw. What cannot be undone: figures already posted. Who reads your words: the team. Ethics: no board has reviewed it. Ask: a@example.org", "agree": "Yes", "decline": "No" }
            """,
            """ "scales": { "five": { "points": ["none", "little", "some", "much", "all"], "agree_from": 4, "dont_know": "I don't know" } } """,
            """
             "items": [
              { "id": "focus", "type": "scale", "scale": "five", "ask": "How far may people keep to their work?" },
              { "id": "story", "type": "text", "ask": "What happened?", "probes": [ { "id": "short", "if": { "words": { "lt": 5 } }, "ask": "A little more?" } ] },
              { "id": "aware", "type": "scale", "scale": "five", "ask": "How far should people know?" } ]
            """,
            """ "end": "Thank you." """,
        ],
        ["i18n/survey.fr.json"] = [""" "flow": "survey@1" """, """ "language": "fr" """, """ "texts": { } """],
        ["i18n/study.fr.json"] = [""" "study": "small" """, """ "language": "fr" """, """ "texts": { } """],
        ["tests/survey.json"] = [""" "flow": "survey@1" """, """ "tests": [ { "name": "a case", "answers": { "focus": 4 }, "expect": { "asked": ["story"] } } ] """],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The study with a snippet of one file in place of what that file says under the same keys.</summary>
    public static LoadedStudy With(string file, string snippet, params ImmutableArray<PlatformLimits> limits) => Compile(limits, (file, snippet));

    public static LoadedStudy With(params (string File, string Snippet)[] changed) => Compile([], changed);

    private static LoadedStudy Compile(ImmutableArray<PlatformLimits> limits, params (string File, string Snippet)[] changed)
    {
        // A tension needs its halves; a flow of other items has none.
        if (changed.FirstOrDefault(c => c.File == "flows/survey.json").Snippet is { } flow && flow.Contains("\"items\":", StringComparison.Ordinal)
            && !flow.Contains("\"focus\"", StringComparison.Ordinal) && changed.All(c => c.File != "study.json"))
        {
            changed = [.. changed, ("study.json", "\"tensions\": [ ]")];
        }

        // Every study has these three; others are there where a snippet wants them.
        var files = ((string[])["study.json", "codebook.json", "flows/survey.json"]).Concat(changed.Select(c => c.File)).Distinct(StringComparer.Ordinal);
        return StudyCompiler.Compile(
            new StudyFiles(Id, "", files.ToImmutableSortedDictionary(
                file => file,
                file => (StudyFile)new StudyFile.Content([.. Encoding.UTF8.GetBytes(Text(file, changed.FirstOrDefault(c => c.File == file).Snippet ?? ""))]),
                StringComparer.Ordinal)),
            limits);
    }

    private static string Text(string file, string snippet)
    {
        var replaced = TopLevelKey().Matches(snippet).Select(m => m.Groups["key"].Value).ToHashSet(StringComparer.Ordinal);
        var kept = s_files[file].Where(member => !replaced.Contains(TopLevelKey().Match(member.Trim()).Groups["key"].Value)).Select(m => m.Trim());
        return $"{{\n{string.Join(",\n", kept.Append(snippet).Where(m => m.Length > 0))}\n}}\n";
    }

    [GeneratedRegex("^\"(?<key>[a-z_]+)\":", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex TopLevelKey();
}
