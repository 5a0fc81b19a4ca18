using CsCheck;
using FossVoices.Coding;

namespace FossVoices.Tests.Coding;

public sealed class RedactedTextTests
{
    private static readonly Gen<string> s_revealing = Gen.OneOf(new[] {
        "ana.lee@example.org", "@ana_lee", "https://example.org/ana?x=1", "www.example.org/x", "Ana Lee", "Maria de la Cruz", "+49 170 1234567", "Guido" }.Select(Gen.Const).ToArray());

    private static readonly Gen<string> s_plain = Gen.OneOf(new[] { "we waited for a week", "i was tired", ", and then", "émoi 🙃 là", "nobody said a word.", "\n", "(twice)" }.Select(Gen.Const).ToArray());

    [Fact]
    public void What_gives_somebody_away_is_gone_and_every_other_place_leads_back_to_where_it_was_said() =>
        Gen.Select(Gen.OneOf(s_revealing, s_plain).Array[0, 12], Gen.Int[0, 200], Gen.Int[1, 40]).Sample((parts, from, count) =>
        {
            var said = string.Join(' ', parts);
            var redacted = RedactedText.Of(said, ["Guido Example"]);
            foreach (var part in parts.Where(part => part.Contains('@', StringComparison.Ordinal) || part.Contains("example", StringComparison.Ordinal) || part is "Ana Lee" or "Guido"))
                Assert.DoesNotContain(part, redacted.Text, StringComparison.Ordinal);

            var start = Math.Min(from, redacted.Text.Length);
            var length = Math.Min(count, redacted.Text.Length - start);
            var piece = redacted.Text.Substring(start, length);
            var span = redacted.InSaid(start, length);
            Assert.InRange(span.Start, 0, said.Length);
            Assert.InRange(span.End, span.Start, said.Length);
            if (!piece.Contains('[', StringComparison.Ordinal) && !piece.Contains(']', StringComparison.Ordinal) && !"name".Contains(piece, StringComparison.Ordinal))
                Assert.Equal(piece, said.Substring(span.Start, span.Length));
        });

    [Fact]
    public void A_text_with_nothing_to_hide_stays_as_it_is()
    {
        var redacted = RedactedText.Of("i was tired of it", []);

        Assert.Equal("i was tired of it", redacted.Text);
        Assert.Equal(new TextSpan(6, 5), redacted.InSaid(6, 5));
    }

    [Theory]
    [InlineData("So I’m not sure. And I've said it.", "So I’m not sure. And I've said it.")]
    [InlineData("and Mary O’Brien left.", "and [name] left.")]
    [InlineData("and Ada Lovelace left.", "and [name] left.")]
    public void A_speaker_who_says_I_is_no_name(string said, string shown) => Assert.Equal(shown, RedactedText.Of(said, []).Text);

    [Fact]
    public void Words_behind_something_hidden_are_found_where_they_were_said()
    {
        const string Said = "Ask ana.lee@example.org, who is worn out";
        var redacted = RedactedText.Of(Said, []);

        Assert.DoesNotContain("example", redacted.Text, StringComparison.Ordinal);
        var span = redacted.InSaid(redacted.Text.IndexOf("worn out", StringComparison.Ordinal), 8);
        Assert.Equal("worn out", Said.Substring(span.Start, span.Length));
    }
}
