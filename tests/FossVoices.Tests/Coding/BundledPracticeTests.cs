using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Definitions;
using FossVoices.Studies;

namespace FossVoices.Tests.Coding;

/// <summary>
/// What the bundled study's practice answers teach. The unseen answers were written and coded apart from them, by the codebook alone: nothing may be learned from or
/// fitted to those. The floors lie a little below what was measured.
/// </summary>
public sealed class BundledPracticeTests
{
    private const int LearnFrom = 8;

    private static readonly Study s_study = StudyFolder.Load(Path.Combine(Repository.Surveys, "pypi-expectations")).Study!;

    [Fact]
    public void Every_code_is_practised_often_and_many_answers_have_none()
    {
        Assert.All(s_study.Codebook.Given, code => Assert.InRange(s_study.Practice.Count(answer => answer.Codes.Contains(code.Id)), 150, 1000));
        Assert.InRange(s_study.Practice.Count(answer => answer.Codes.IsEmpty), 400, 1500);
    }

    [Fact]
    public void No_practice_answer_stands_there_twice_or_is_one_to_judge_by()
    {
        var practised = s_study.Practice.Select(Plain).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(s_study.Practice.Length, practised.Count);
        Assert.DoesNotContain(Gold("unseen-answers.jsonl").Concat(Gold("short-answers.jsonl")).Select(Plain), practised.Contains);
        Assert.Equal(s_study.Practice.Length, s_study.Practice.Select(answer => answer.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Answers_of_other_projects_are_coded_far_better_than_by_the_indicators_alone()
    {
        var pipeline = CombinedCoder.Learn(BundledCodebook.Coder, new Examples(s_study.Practice, [], LearnFrom)).Pipeline;
        var (indicators, learned) = (Score(BundledCodebook.Coder, Gold("unseen-answers.jsonl")), Score(pipeline, Gold("unseen-answers.jsonl")));

        Assert.True(learned.MicroF1 >= 0.60, $"micro-F1 {learned.MicroF1:F3}");
        Assert.True(learned.MicroF1 >= indicators.MicroF1 + 0.12, $"micro-F1 {indicators.MicroF1:F3} and {learned.MicroF1:F3}");
    }

    [Fact]
    public void Real_answers_of_one_kind_are_judged_by_those_that_people_coded_and_others_by_practice()
    {
        var examples = new Examples(s_study.Practice, Shared("gold-train.jsonl"), LearnFrom);

        var pipeline = CombinedCoder.Learn(BundledCodebook.Coder, examples).Pipeline;
        var (narrators, others) = (Score(pipeline, Shared("gold-dev.jsonl")), Score(pipeline, Gold("unseen-answers.jsonl")));

        Assert.True(narrators.MicroF1 >= 0.64, $"micro-F1 {narrators.MicroF1:F3}");
        Assert.True(others.MicroF1 >= 0.72, $"micro-F1 {others.MicroF1:F3}");
    }

    private static string Plain(GoldAnswer answer) => string.Join(' ', answer.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    private static CoderScore Score(ICoder coder, ImmutableArray<GoldAnswer> gold) =>
        CoderScore.Of(coder.Name, BundledCodebook.Codebook, gold, answer => coder.Suggest(answer.Text).Select(suggestion => suggestion.Code));

    private static ImmutableArray<GoldAnswer> Gold(string file) => Read(Path.Combine(Repository.Root, "tests", "FossVoices.Tests", "Coding", file));

    private static ImmutableArray<GoldAnswer> Shared(string file) => Read(Repository.Shared("study", file));

    private static ImmutableArray<GoldAnswer> Read(string path)
    {
        var problems = new Problems(path);
        using var reader = File.OpenText(path);
        var answers = GoldFile.Read(reader, BundledCodebook.Codebook, problems);
        Assert.Empty(problems.InOrder());
        return answers;
    }
}
