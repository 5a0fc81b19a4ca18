using FossVoices.Flows;

namespace FossVoices.Tests.Flows;

public sealed class WordingTests
{
    public static TheoryData<string> Languages { get; } = [.. Phrases.Wording.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_says_every_sentence_with_the_same_places(string language)
    {
        var (original, translated) = (Phrases.Wording.Sentences(Wording.Original), Phrases.Wording.Sentences(language));

        Assert.Equal(original.Keys, translated.Keys);
        Assert.All(original, sentence => Assert.Equal(sentence.Value, translated[sentence.Key]));
    }

    [Theory]
    [InlineData("fr", "Répondez par un nombre de 0 à 60.")]
    [InlineData("fr-CA", "Répondez par un nombre de 0 à 60.")]
    [InlineData("en", "Please answer with a number from 0 to 60.")]
    [InlineData("tlh", "Please answer with a number from 0 to 60.")]
    [InlineData("", "Please answer with a number from 0 to 60.")]
    public void A_refusal_is_said_in_the_nearest_language(string language, string said) => Assert.Equal(said, Phrases.Of(new Refusal.OutOfRange(0, 60), language));

    [Fact]
    public void Every_refusal_has_its_sentence()
    {
        Refusal[] all =
        [
            new Refusal.NoOption(), new Refusal.TooFew(1), new Refusal.TooFew(2), new Refusal.TooMany(3), new Refusal.Empty(), new Refusal.TooLong(4001, 4000), new Refusal.NoNumber(),
            new Refusal.OutOfRange(0, 1), new Refusal.NothingBefore(), new Refusal.NotAsked(), new Refusal.NothingOpen(),
        ];

        // One of several is refused for the same reasons as one alone.
        Assert.Equal(typeof(Refusal).GetNestedTypes().Length - 1, all.Select(r => r.GetType()).Distinct().Count());
        Assert.All(all, refusal => Assert.Equal(Phrases.Of(refusal, "fr"), Phrases.Of(new Refusal.InPart("works.own", refusal), "fr")));
        Assert.Equal(Phrases.Wording.Sentences("fr").Keys.Count(key => key.Split('_')[0] is not ("mirror" or "report")), all.Select(r => Phrases.Of(r, "fr")).Distinct(StringComparer.Ordinal).Count());
    }
}
