using System.Text;
using FossVoices.Studies;

namespace FossVoices.Tests.Studies;

public sealed class PracticeTests
{
    private static readonly StudyFiles s_small = SmallStudy.With().Study!.Files;

    [Fact]
    public void Practice_answers_belong_to_the_study_but_not_to_the_flow_that_is_kept_with_its_first_answer()
    {
        var study = With("""{ "id": "p1", "text": "We were all worn out.", "codes": ["burnout"] }""").Study!;

        var answer = Assert.Single(study.Practice);
        Assert.Equal(("p1", "We were all worn out.", "burnout"), (answer.Id, answer.Text, Assert.Single(answer.Codes)));
        Assert.Empty(Bundle.Of(study, study.Flows["survey"]).Open()!.Practice);
        Assert.Equal(SmallStudy.With().Study!.Flows["survey"].Hash, study.Flows["survey"].Hash);
    }

    [Theory]
    [InlineData("""{ "id": "p1", "text": "We were all worn out.", "codes": ["burnuot"] }""", "FV042", "burnout")]
    [InlineData("""{ "id": "p1", "text": "We were all worn out.", "codes": "burnout" }""", "FV050", "codes")]
    [InlineData("no JSON at all", "FV001", "")]
    [InlineData("", "FV050", "no answers")]
    public void What_is_wrong_in_a_practice_answer_is_said_with_its_file_and_line(string line, string code, string said)
    {
        var loaded = With(line);

        Assert.Null(loaded.Study);
        var problem = Assert.Single(loaded.Problems);
        Assert.Equal((code, 1), (problem.Code, problem.Line));
        Assert.EndsWith("practice/first.jsonl", problem.File, StringComparison.Ordinal);
        Assert.Contains(said, problem.ToString(), StringComparison.Ordinal);
    }

    private static LoadedStudy With(string practice) =>
        StudyCompiler.Compile(s_small with { Files = s_small.Files.Add("practice/first.jsonl", new StudyFile.Content([.. Encoding.UTF8.GetBytes(practice)])) });
}
