using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using FossVoices.Channels;
using FossVoices.Coding;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Reports;

namespace FossVoices.Tests.Reports;

/// <summary>What others are shown of a long answer.</summary>
public sealed class PassageTests
{
    private const int Longest = 60;

    private static readonly string[] s_ends = [".", "!", "?", "…", ".”", ". »"];

    /// <summary>Sentences of words of which none comes twice, some longer than what is shown, with what stands between them, and stretches anywhere.</summary>
    private static readonly Gen<(Said Said, TextSpan[] Coded)> s_coded =
        from said in Gen.Select(Gen.Int[1, 12], Gen.Int[0, s_ends.Length - 1], Gen.Int[0, 3]).Array[1, 20].Select(Told)
        from coded in Gen.Select(Gen.Int[0, said.Text.Length - 1], Gen.Int[1, 40], (start, length) => new TextSpan(start, Math.Min(length, said.Text.Length - start))).Array[0, 8]
        select (said, coded);

    [Fact]
    public void It_is_a_run_of_whole_sentences_unless_none_that_is_coded_fits() => s_coded.Sample((said, coded) =>
    {
        var passage = Passage.Of(said.Text, coded, Longest);
        Assert.InRange(passage.Length, 1, Longest);
        Assert.Equal(passage, Passage.Of(said.Text, coded.Reverse(), Longest));
        Assert.Contains(Body(passage, said), said.Line, StringComparison.Ordinal);
        if (said.Line.Length <= Longest)
            Assert.Equal(said.Line, passage);
        else if (coded.Any(span => said.Touched(span) is [var first, ..] && first.Length <= Longest - 4))
            Assert.Contains(Body(passage, said), said.Runs().Select(run => run.Line));
    });

    [Fact]
    public void A_coded_stretch_whose_sentences_fit_stands_in_it() => s_coded.Sample((said, coded) =>
    {
        var passage = Passage.Of(said.Text, coded, Longest);
        var fitting = coded.Where(span => said.Touched(span) is { IsEmpty: false } touched && said.LengthOf(touched) <= Longest).ToArray();
        if (fitting.Length > 0)
            Assert.Contains(fitting, span => passage.Contains(Harmless.Line(said.Text.Substring(span.Start, span.Length)), StringComparison.Ordinal));
    });

    [Fact]
    public void Nothing_more_would_fit_beside_it() => s_coded.Where(its => its.Said.Line.Length > Longest).Sample((said, coded) =>
    {
        var body = Body(Passage.Of(said.Text, coded, Longest), said);
        if (!coded.Any(span => said.Touched(span) is [var one, ..] && one.Length <= Longest - 4))
            return;
        Assert.DoesNotContain(said.Runs(), run => run.Typed <= Longest - 4 && run.Line.Length > body.Length && run.Line.Contains(body, StringComparison.Ordinal));
    });

    [Fact]
    public void Without_codes_it_is_the_beginning() => s_coded.Sample((said, _) =>
        Assert.Equal(Excerpt.Of(said.Line, Longest), Passage.Of(said.Text, [], Longest)));

    [Fact]
    public void Where_something_is_left_out_a_mark_says_so() => s_coded.Where(its => its.Said.Line.Length > Longest && its.Coded.Any(span => !its.Said.Touched(span).IsEmpty)).Sample((said, coded) =>
    {
        var (passage, body) = (Passage.Of(said.Text, coded, Longest), Body(Passage.Of(said.Text, coded, Longest), said));
        Assert.Equal(!said.Line.StartsWith(body, StringComparison.Ordinal), passage.StartsWith("… ", StringComparison.Ordinal));
        Assert.Equal(!said.Line.EndsWith(body, StringComparison.Ordinal), passage.EndsWith(" …", StringComparison.Ordinal));
    });

    [Fact]
    public void What_is_hidden_never_comes_back() => Gen.Select(s_coded, Gen.Int[0, 200].Array[0, 10]).Sample((its, hide) =>
    {
        var words = its.Item1.Text.Split(' ');
        var hidden = hide.Where(i => i < words.Length).Select(i => words[i]).ToHashSet();
        var parts = words.SelectMany((word, i) => (QuotePart[])
        [
            new(word, hidden.Contains(word), hidden.Contains(word)), .. i + 1 < words.Length ? (QuotePart[])[new(" ", Telling: false, Hidden: false)] : [],
        ]).Where(part => part.Text.Length > 0).ToImmutableArray();
        var released = ReleasedText.Of(parts, its.Item2);
        var passage = Passage.Of(released.Text, released.Coded, Longest);

        Assert.InRange(passage.Length, 1, Longest);
        var numbers = passage.Split((char[])[' ', '.', '!', '?', '”', '…', '[', ']', '»']);
        foreach (var word in hidden.SelectMany(word => word.Split((char[])['\n', '.', '!', '?', '”', '…', '»'])).Where(word => word.Length > 0))
            Assert.DoesNotContain(word, numbers);
        foreach (var span in released.Coded)
            Assert.InRange(span.End, span.Start + 1, released.Text.Length);
    });

    [Fact]
    public void Whatever_is_said_and_coded_it_is_one_bounded_line_out_of_it() => Gen.Select(
        Gen.String[Gen.Char["ab .!\n\té\u0301\uD83D\uDE00\u202E[]…»"], 0, 300], Gen.Select(Gen.Int[-5, 310], Gen.Int[-5, 310], (start, length) => new TextSpan(start, length)).Array[0, 5]).Sample((text, coded) =>
        {
            var passage = Passage.Of(text, coded, Longest);
            Assert.InRange(passage.Length, 0, Longest);
            Assert.DoesNotContain(passage, c => char.IsControl(c) || c == '\u202E');
        });

    [Theory]
    [InlineData("We met […] in May. It was fine.", 2)]
    [InlineData("Ask M. Dupont, e.g. on Monday. Then go.", 2)]
    [InlineData("«\u00A0Vraiment ? » Oui, je l’a.  Non !", 3)]
    [InlineData("- one\n- two\n\nAnd then", 2)]
    [InlineData("It is 3.5 or 4. Well... no", 3)]
    public void Sentences_end_where_a_reader_would_end_them(string text, int sentences) => Assert.Equal(sentences, Passage.SentencesOf(text).Length);

    [Fact]
    public void The_stretch_with_the_most_codes_is_chosen_with_what_stands_around_it()
    {
        const string text = "I began in May. It was hard at first. Nobody answered me. Then one day Ana left. We had nobody. It still hurts. Now we are fine.";
        var (hard, left, nobody) = (At("hard at first"), At("Ana left"), At("had nobody"));

        Assert.Equal("I began in May. It was hard at first. Nobody answered me. …", Passage.Of(text, [hard], Longest));
        Assert.Equal("… Then one day Ana left. We had nobody. It still hurts. …", Passage.Of(text, [hard, left, nobody], Longest));

        TextSpan At(string words) => new(text.IndexOf(words, StringComparison.Ordinal), words.Length);
    }

    [Fact]
    public void Of_a_sentence_that_is_too_long_the_coded_words_are_shown()
    {
        var text = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"word{i}"));
        var passage = Passage.Of(text, [new TextSpan(text.IndexOf("word40", StringComparison.Ordinal), 13)], Longest);

        Assert.StartsWith("… word", passage, StringComparison.Ordinal);
        Assert.EndsWith(" …", passage, StringComparison.Ordinal);
        Assert.Contains(" word40 word41 ", passage, StringComparison.Ordinal);
    }

    private static string Body(string passage, Said said)
    {
        var body = passage.StartsWith("… ", StringComparison.Ordinal) ? passage[2..] : passage;
        return passage != said.Line && body.EndsWith(" …", StringComparison.Ordinal) ? body[..^2] : body;
    }

    private static Said Told((int Words, int End, int Gap)[] sentences)
    {
        var (text, spans, word) = (new System.Text.StringBuilder(), ImmutableArray.CreateBuilder<TextSpan>(), 0);
        foreach (var (words, end, gap) in sentences)
        {
            if (text.Length > 0)
                text.Append(gap switch { 0 => "\n\n", 1 => "\n", _ => " " });
            var start = text.Length;
            text.AppendJoin(' ', Enumerable.Range(word, words).Select(i => string.Create(CultureInfo.InvariantCulture, $"w{i:000}"))).Append(s_ends[end]);
            word += words;
            spans.Add(new TextSpan(start, text.Length - start));
        }

        return new Said(text.ToString(), spans.ToImmutable());
    }

    /// <param name="Sentences">As they were put together, whatever the program makes of them.</param>
    private sealed record Said(string Text, ImmutableArray<TextSpan> Sentences)
    {
        public string Line { get; } = Harmless.Line(Text);

        public ImmutableArray<TextSpan> Touched(TextSpan span) => string.IsNullOrWhiteSpace(Text.Substring(span.Start, span.Length)) ? []
            : [.. Sentences.Where(sentence => sentence.Start < span.End && span.Start < sentence.End)];

        /// <summary>With the marks of what is left out.</summary>
        public int LengthOf(ImmutableArray<TextSpan> run) => (run[0].Start > 0 ? 2 : 0) + run[^1].End - run[0].Start + (run[^1].End < Text.Length ? 2 : 0);

        /// <summary>Sentences that follow each other, in one line, and how long they are as they were typed.</summary>
        public IEnumerable<(string Line, int Typed)> Runs() =>
            from first in Sentences
            from last in Sentences
            where first.Start <= last.Start
            let typed = Text[first.Start..last.End]
            select (Harmless.Line(typed), typed.Length);
    }
}
