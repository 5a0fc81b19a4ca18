using CsCheck;
using FossVoices.Coding;

namespace FossVoices.Tests.Coding;

public sealed class LinearCoderTests
{
    private static readonly string[] Odd = ["cello", "tulips,", "GREENHOUSE", "concert!", "#music", "can't", "𝒜", "rehearsed", "the", "fence"];

    private static readonly LinearCoder Coder = LinearCoder.Learn(LearningCoders.Lexicon, LearningCoders.From(LearningCoders.Answers(12), learnFrom: 8));

    [Theory]
    [InlineData("She never rehearsed her cello", "music")]
    [InlineData("The greenhouse was full of tulips", "garden")]
    [InlineData("Nobody painted a fence")]
    [InlineData("")]
    public void Words_that_people_coded_are_coded_in_new_answers(string answer, params string[] codes) => Assert.Equal(codes, Coder.Suggest(answer).Select(s => s.Code));

    [Fact]
    public void The_evidence_is_the_words_that_weigh_most()
    {
        const string Answer = "Well, I rehearsed the cello on Mondays.";

        var suggestion = Assert.Single(Coder.Suggest(Answer));

        Assert.All(suggestion.Evidence, evidence => Assert.Equal(LinearCoder.Learned, evidence.Indicator));
        Assert.All(suggestion.Evidence.Take(3), evidence => Assert.Contains(Answer.Substring(evidence.Start, evidence.Length), "rehearsed the cello", StringComparison.Ordinal));
        Assert.InRange(suggestion.Confidence, Confidence.Suggested, 1);
    }

    [Fact]
    public void Evidence_always_lies_within_the_text() =>
        Gen.Int[0, Odd.Length - 1].List[0, 30].Sample(words =>
        {
            var text = string.Join(' ', words.Select(word => Odd[word]));
            return Coder.Suggest(text).SelectMany(s => s.Evidence).All(e => e.Start >= 0 && e.Length > 0 && e.Start + e.Length <= text.Length);
        });

    [Fact]
    public void A_code_with_too_few_examples_is_never_suggested()
    {
        var answers = LearningCoders.Answers(12);
        var fewer = answers.RemoveAll(answer => answer.Codes.Contains("garden") && answer.Id is not ("g0" or "g1" or "g2"));

        var coder = LinearCoder.Learn(LearningCoders.Lexicon, LearningCoders.From(fewer, learnFrom: 4));

        Assert.Empty(coder.Suggest("The greenhouse was full of tulips"));
        Assert.Equal(["music"], coder.Suggest("She rehearsed the cello").Select(s => s.Code));
        Assert.False(LinearCoder.Learn(LearningCoders.Lexicon, LearningCoders.From(LearningCoders.Answers(7), learnFrom: 8)).HasLearned);
        Assert.False(LinearCoder.Learn(LearningCoders.Lexicon, LearningCoders.From([], learnFrom: 8)).HasLearned);
    }

    [Fact]
    public void A_disputed_cell_is_neither_an_example_nor_a_counter_example()
    {
        var disputed = LearningCoders.Answers(12).Select(answer => answer with { Codes = answer.Codes.Remove("garden"), Disputed = answer.Codes.Remove("music") });

        Assert.Empty(LinearCoder.Learn(LearningCoders.Lexicon, LearningCoders.From([.. disputed], learnFrom: 8)).Suggest("The greenhouse was full of tulips"));
    }

    [Fact]
    public void Learning_twice_gives_the_same_coder()
    {
        var again = LinearCoder.Learn(LearningCoders.Lexicon, LearningCoders.From(LearningCoders.Answers(12), learnFrom: 8));

        Assert.Equal(Coder.Version, again.Version);
        Assert.Equal(Coder.Suggest("they rehearsed the cello")[0].Confidence, again.Suggest("they rehearsed the cello")[0].Confidence);
    }

    [Fact]
    public void Another_example_makes_another_version()
    {
        var more = LearningCoders.Answers(12).Add(LearningCoders.Answer("x", "a harp", 1, "music"));

        Assert.NotEqual(Coder.Version, LinearCoder.Learn(LearningCoders.Lexicon, LearningCoders.From(more, learnFrom: 8)).Version);
        Assert.NotEqual(Coder.Version, LinearCoder.Learn(LearningCoders.Lexicon, LearningCoders.From(LearningCoders.Answers(12), learnFrom: 9)).Version);
    }
}
