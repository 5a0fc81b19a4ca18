using CsCheck;
using FossVoices.Coding;

namespace FossVoices.Tests.Coding;

public sealed class WordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("One two", "One|two")]
    [InlineData("it’s Ana's, isn't it?", "it’s|Ana's|isn't|it")]
    [InlineData("the users' list", "the|users|list")]
    [InlineData("well-maintained setup.py 3.5", "well|maintained|setup|py|3|5")]
    [InlineData("see https://example.org/trust?x=magic now", "see|now")]
    [InlineData("so #burn-out, #1 and C#sharp", "so|#burn-out|1|and|C|sharp")]
    [InlineData("🔥burnt👩‍💻 naïve café", "burnt|naïve|café")]
    [InlineData("שלום، عالم 世界", "שלום|عالم|世界")]
    [InlineData("\ud83dtorn\udc00 apart", "torn|apart")]
    public void Words_are_runs_of_letters_and_digits_of_any_script(string text, string words) => Assert.Equal(words, string.Join('|', WordsOf(text).Select(w => w.Text)));

    [Theory]
    [InlineData("one two", nameof(Pause.None))]
    [InlineData("one, two", nameof(Pause.Clause))]
    [InlineData("one… two", nameof(Pause.Clause))]
    [InlineData("one... two", nameof(Pause.Clause))]
    [InlineData("one -- two", nameof(Pause.Clause))]
    [InlineData("one. Two", nameof(Pause.Sentence))]
    [InlineData("one! two", nameof(Pause.Sentence))]
    [InlineData("one\ntwo", nameof(Pause.Sentence))]
    [InlineData("one.two", nameof(Pause.None))]
    [InlineData("one-two", nameof(Pause.None))]
    public void Marks_between_words_part_clauses_and_sentences(string text, string pause) => Assert.Equal(pause, WordsOf(text)[1].Before.ToString());

    [Fact]
    public void Every_word_of_any_text_lies_within_it_and_behind_the_one_before() => Gen.String.Sample(text =>
    {
        var end = 0;
        foreach (var (_, _, word) in WordsOf(text))
        {
            Assert.True(word.Length > 0 && word.Start >= end && word.End <= text.Length);
            end = word.End;
        }
    });

    private static List<(string Text, Pause Before, Word Word)> WordsOf(string text)
    {
        var found = new List<(string, Pause, Word)>();
        var words = new Words(text);
        while (words.MoveNext())
            found.Add((words.Letters.ToString(), words.Current.Before, words.Current));
        return found;
    }
}
