using FossVoices.Coding;

namespace FossVoices.Tests.Coding;

public sealed class CombinedCoderTests
{
    private static readonly ICoder Coder = CombinedCoder.Learn(LearningCoders.Lexicon, LearningCoders.From(LearningCoders.Answers(12), learnFrom: 8)).Pipeline;

    [Fact]
    public void Without_enough_examples_the_pipeline_is_the_lexicon()
    {
        Assert.Same(LearningCoders.Lexicon, CombinedCoder.Learn(LearningCoders.Lexicon, LearningCoders.From([], learnFrom: 8)).Pipeline);
        Assert.Same(LearningCoders.Lexicon, CombinedCoder.Learn(LearningCoders.Lexicon, LearningCoders.From(LearningCoders.Answers(7), learnFrom: 8)).Pipeline);
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

        var coder = CombinedCoder.Learn(LearningCoders.Lexicon, LearningCoders.From([.. LearningCoders.Answers(12), .. rejected], learnFrom: 8)).Pipeline;

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

        var linear = CrossValidation.Of(LearningCoders.Lexicon, LearningCoders.From(answers, learnFrom: 8))[2];

        var music = linear.PerCode.Single(code => code.Code == "music");
        Assert.Equal(21, music.Support);
        Assert.Equal(12.0 / 21, music.Recall!.Value, 1e-9);
        Assert.Equal(1, music.Precision);
        Assert.NotEmpty(LinearCoder.Learn(LearningCoders.Lexicon, LearningCoders.From(answers, learnFrom: 8)).Suggest("a dragon"));
    }

    [Fact]
    public void Practice_alone_teaches_words_and_the_lexicon_keeps_its_word()
    {
        var coder = CombinedCoder.Learn(LearningCoders.Lexicon, new Examples(LearningCoders.Answers(12), [], LearnFrom: 8)).Pipeline;

        Assert.Equal(["garden"], coder.Suggest("They watered the tulips").Select(s => s.Code));
        Assert.Equal(["music"], coder.Suggest("There was music").Select(s => s.Code));
        Assert.Empty(coder.Suggest("We painted the fence"));
    }

    [Fact]
    public void What_people_rejected_in_real_answers_counts_against_an_indicator_in_answers_like_those_alone()
    {
        // In practice, music is the code; the real people speak of a ship, where whoever names music never means it.
        var practice = LearningCoders.Answers(12).AddRange(Enumerable.Range(0, 30).Select(i => LearningCoders.Answer($"p{i}", "in the village hall there is music and dancing", i, "music")));
        var real = Enumerable.Range(0, 60).Select(i => LearningCoders.Answer(
            $"r{i}", i % 3 == 0 ? "the sailors on deck hear music from the harbour" : i % 3 == 1 ? "the sailors on deck grow a garden in the hold" : "the sailors on deck sleep", i, i % 3 == 1 ? ["garden"] : []));

        var coder = CombinedCoder.Learn(LearningCoders.Lexicon, new Examples(practice, [.. real], LearnFrom: 8)).Pipeline;

        Assert.Equal(["music"], coder.Suggest("in the village there is music").Select(s => s.Code));
        Assert.Empty(coder.Suggest("the sailors on deck hear music"));
        Assert.Equal(["garden"], coder.Suggest("the sailors on deck grow a garden").Select(s => s.Code));
    }
}
