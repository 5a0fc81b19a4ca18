using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Definitions;

namespace FossVoices.Tests.Coding;

/// <summary>
/// How well the bundled study's indicators hear. The floors lie a little below what was measured: they catch a spoilt indicator, and
/// are no claim.
/// </summary>
public sealed class BundledCodebookTests
{
    [Fact]
    public void All_24_codes_are_defined_exemplified_and_can_be_heard()
    {
        var codes = BundledCodebook.Codebook.Given.ToList();

        Assert.Equal(24, codes.Count);
        Assert.All(codes, code =>
        {
            Assert.NotEmpty(code.Full);
            Assert.NotEmpty(code.UseWhen);
            Assert.NotEmpty(code.NotWhen);
            Assert.NotEmpty(code.Examples);
            Assert.NotEmpty(code.Indicators);
            Assert.True(BundledCodebook.Codebook.WithId(code.Parent!)!.IsCategory);
            Assert.Equal([code.Id], BundledCodebook.Coder.Suggest("#" + code.Id).Select(s => s.Code));
        });
    }

    [Theory]
    [InlineData("#transparent", "transparency")]
    [InlineData("#do-ocracy", "doocracy")]
    [InlineData("#linesofcommunications", "linesofcommunication")]
    [InlineData("#Corpdirection", "corpdirection")]
    [InlineData("#contributiontypes", "contribtypes")]
    public void Known_spellings_mean_their_code(string tag, string code) => Assert.Equal([code], BundledCodebook.Coder.Suggest(tag).Select(s => s.Code));

    [Theory]
    [InlineData("nobody gets paid for it so it just drifts", "motivation")]
    [InlineData("i just pip install and never think about it", "magic")]
    [InlineData("one person has the keys", "busfactor")]
    public void Ten_typed_words_are_heard(string answer, string code) => Assert.Contains(code, BundledCodebook.Coder.Suggest(answer).Select(s => s.Code));

    [Theory]
    [InlineData("It is a tool.")]
    [InlineData("Trust me.")]
    [InlineData("The magic number is 7.")]
    [InlineData("We took the bus.")]
    [InlineData("Thanks, I appreciate your time.")]
    [InlineData("I was out on Friday.")]
    public void A_word_alone_is_no_evidence(string answer) => Assert.Empty(BundledCodebook.Coder.Suggest(answer));

    [Fact]
    public void An_example_deserves_its_code_and_a_counter_example_does_not() => Assert.All(BundledCodebook.Codebook.Given, code =>
    {
        Assert.All(code.Examples, example => Assert.Contains(code.Id, BundledCodebook.Coder.Suggest(example).Select(s => s.Code)));
        Assert.All(code.CounterExamples, example => Assert.DoesNotContain(code.Id, BundledCodebook.Coder.Suggest(example).Select(s => s.Code)));
    });

    [Fact]
    public void Short_answers_from_many_projects_are_coded_as_people_would()
    {
        var score = Score(Path.Combine(Repository.Root, "tests", "FossVoices.Tests", "Coding", "short-answers.jsonl"), 300);

        Assert.True(score.MicroF1 >= 0.84, $"micro-F1 {score.MicroF1:F3}");
        Assert.True(score.MacroF1 >= 0.82, $"macro-F1 {score.MacroF1:F3}");
    }

    [Theory]
    [InlineData("gold-train.jsonl", 0.74)]
    [InlineData("gold-dev.jsonl", 0.62)]
    public void Gold_answers_are_coded_as_people_did(string file, double floor)
    {
        var score = Score(Repository.Shared("study", file), 70);

        Assert.True(score.MicroF1 >= floor, $"micro-F1 {score.MicroF1:F3}");
    }

    private static CoderScore Score(string path, int least)
    {
        var problems = new Problems(path);
        using var reader = File.OpenText(path);
        var gold = GoldFile.Read(reader, BundledCodebook.Codebook, problems);
        Assert.Empty(problems.InOrder());
        Assert.True(gold.Length >= least, $"only {gold.Length} answers");
        return CoderScore.Of(LexiconCoder.Name, BundledCodebook.Codebook, gold, answer => BundledCodebook.Coder.Suggest(answer.Text).Select(s => s.Code));
    }
}
