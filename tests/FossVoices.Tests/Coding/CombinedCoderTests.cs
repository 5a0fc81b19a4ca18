using FossVoices.Coding;

namespace FossVoices.Tests.Coding;

public sealed class CombinedCoderTests
{
    private static readonly ICoder Coder = CombinedCoder.Learn(LearningCoders.Lexicon, LearningCoders.Answers(12), learnFrom: 8);

    [Fact]
    public void Without_enough_examples_the_pipeline_is_the_lexicon()
    {
        Assert.Same(LearningCoders.Lexicon, CombinedCoder.Learn(LearningCoders.Lexicon, [], learnFrom: 8));
        Assert.Same(LearningCoders.Lexicon, CombinedCoder.Learn(LearningCoders.Lexicon, LearningCoders.Answers(7), learnFrom: 8));
    }

    [Fact]
    public void What_only_the_words_give_away_is_suggested_and_says_so()
    {
        var suggestion = Assert.Single(Coder.Suggest("They rehearsed the cello before the concert"));

        Assert.Equal("music", suggestion.Code);
        Assert.All(suggestion.Evidence, evidence => Assert.Equal(LinearCoder.Learned, evidence.Indicator));
    }

    [Fact]
    public void An_indicator_that_people_kept_rejecting_is_no_longer_enough()
    {
        var rejected = Enumerable.Range(0, 20).Select(i => LearningCoders.Answer($"r{i}", "my neighbour talked about music while we painted the fence", i));

        var coder = CombinedCoder.Learn(LearningCoders.Lexicon, [.. LearningCoders.Answers(12), .. rejected], learnFrom: 8);

        Assert.Single(LearningCoders.Lexicon.Suggest("music while painting the fence"));
        Assert.Empty(coder.Suggest("music while painting the fence"));
    }

    [Fact]
    public void A_tag_that_the_author_typed_stands_whatever_was_learned()
    {
        var suggestion = Assert.Single(Coder.Suggest("we painted the fence #music"));

        Assert.Equal(("music", Confidence.Tag, "tag"), (suggestion.Code, suggestion.Confidence, suggestion.Evidence[0].Indicator));
    }

    [Fact]
    public void The_reason_a_person_wrote_down_comes_first()
    {
        var suggestion = Assert.Single(Coder.Suggest("music, and we rehearsed the cello"));

        Assert.Equal("music.1", suggestion.Evidence[0].Indicator);
        Assert.Contains(suggestion.Evidence, evidence => evidence.Indicator == LinearCoder.Learned);
    }

    [Fact]
    public void Nobody_is_judged_by_what_was_learned_from_their_own_words()
    {
        // Only this person talks of dragons, so nobody else's words can teach it; the toy words can be learned from the others.
        var answers = LearningCoders.Answers(12).AddRange(Enumerable.Range(0, 9).Select(i => LearningCoders.Answer($"d{i}", $"dragon number {i}", 1, "music")));

        var linear = CrossValidation.Of(LearningCoders.Lexicon, answers, learnFrom: 8)[2];

        var music = linear.PerCode.Single(code => code.Code == "music");
        Assert.Equal(21, music.Support);
        Assert.Equal(12.0 / 21, music.Recall!.Value, 1e-9);
        Assert.Equal(1, music.Precision);
        Assert.NotEmpty(LinearCoder.Learn(LearningCoders.Lexicon, answers, learnFrom: 8).Suggest("a dragon"));
    }
}
