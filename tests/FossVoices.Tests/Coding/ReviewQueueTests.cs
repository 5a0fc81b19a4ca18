using System.Collections.Immutable;
using CsCheck;
using FossVoices.Coding;

namespace FossVoices.Tests.Coding;

public sealed class ReviewQueueTests
{
    [Fact]
    public void What_is_unsure_comes_before_what_is_rare_and_what_is_sure()
    {
        var answers = Unlucky(12);
        var order = ReviewQueue.Order(answers,
        [
            Said(answers[0], "common", 0.97), Said(answers[1], "common", 0.97), Said(answers[2], "common", 0.97), Said(answers[3], "common", 0.97), Said(answers[4], "common", 0.97),
            Said(answers[5], "rare", 0.97),
            Said(answers[6], "common", 0.6),
            Said(answers[7], "common", 0.55),
            Said(answers[8], "common", 0.97, polarity: Polarity.Negated),
            Said(answers[9], "common", 0.97, status: AssignmentStatus.Stale),
            Said(answers[10], "common", 0.97), Said(answers[10], "common", 0.97, coder: "llm"), Said(answers[10], "trust", 0.97, coder: "llm"),
        ]);

        Assert.Equal(
            [
                (9, ReviewReason.DefinitionChanged), (7, ReviewReason.LookClosely), (6, ReviewReason.LookClosely), (10, ReviewReason.LookClosely), (8, ReviewReason.LookClosely),
                (5, ReviewReason.RareCode),
                (0, ReviewReason.QuickConfirm), (1, ReviewReason.QuickConfirm), (2, ReviewReason.QuickConfirm), (3, ReviewReason.QuickConfirm), (4, ReviewReason.QuickConfirm),
                (11, ReviewReason.NothingHeard),
            ],
            order.Select(queued => (answers.IndexOf(queued.Answer), queued.Reason)));
    }

    [Fact]
    public void Every_answer_that_waits_is_in_the_queue_once_and_about_one_in_ten_by_chance() => Gen.Int[0, 300].Sample(count =>
    {
        var answers = Enumerable.Range(0, count).Select(i => $"s{i}/why").ToList();
        var order = ReviewQueue.Order(answers, answers.Where((_, i) => i % 2 == 0).Select(answer => Said(answer, "common", 0.6)));
        Assert.Equal(answers.Order(), order.Select(q => q.Answer).Order());
        Assert.InRange(order.Count(q => q.Reason == ReviewReason.ByChance), 0, 5 + (count / 5));
    });

    [Fact]
    public void The_same_seed_draws_the_same_sample_in_whatever_order_answers_come() =>
        Gen.Select(Gen.String[1, 9].Array[0, 60], Gen.Int[0, 70], Gen.Int[0, 9]).Sample((answers, count, seed) =>
        {
            var drawn = BlindSample.Draw(answers, count, seed);
            Assert.Equal(drawn, BlindSample.Draw(answers.Reverse(), count, seed));
            Assert.Equal(Math.Min(count, answers.Distinct().Count()), drawn.Length);
            Assert.Equal(drawn.Length, drawn.Distinct().Count());
            Assert.Equal(drawn.Take(count / 2), BlindSample.Draw(answers, count / 2, seed));
        });

    [Fact]
    public void Another_seed_draws_another_sample()
    {
        var answers = Enumerable.Range(0, 100).Select(i => $"s/{i}").ToList();

        Assert.NotEqual(BlindSample.Draw(answers, 20, 1), BlindSample.Draw(answers, 20, 2));
        Assert.Equal(50, BlindSample.Usual(100));
        Assert.Equal(7, BlindSample.Usual(7));
        Assert.Equal(201, BlindSample.Usual(1001));
    }

    [Fact]
    public void A_text_cut_into_pieces_is_the_same_text_and_each_piece_knows_its_spans() =>
        Gen.Select(Gen.String[0, 40], Gen.Select(Gen.Int[-3, 45], Gen.Int[0, 20]).Array[0, 6]).Sample((text, spans) =>
        {
            var pieces = MarkedText.Of(text, [.. spans.Select(s => (Start: s.Item1, Length: s.Item2))]);
            Assert.Equal(text, string.Concat(pieces.Select(piece => piece.Text)));
            Assert.DoesNotContain(pieces, piece => piece.Text.Length == 0);
            for (var s = 0; s < spans.Length; s++)
            {
                var marked = pieces.Where(piece => piece.Spans.Contains(s)).Sum(piece => piece.Text.Length);
                var inside = Math.Clamp(spans[s].Item1 + spans[s].Item2, 0, text.Length) - Math.Clamp(spans[s].Item1, 0, text.Length);
                Assert.InRange(marked, inside, inside + 2); // A surrogate pair is marked whole.
            }
        });

    [Theory]
    [InlineData("I am  worn\nout, so worn out", "worn out", 0, 6, 8)]
    [InlineData("I am  worn\nout, so worn out", "WORN OUT", 30, 19, 8)]
    [InlineData("I am worn out", "worn", 0, 5, 4)]
    public void Words_are_found_as_a_person_would_find_them(string text, string words, int near, int start, int length) =>
        Assert.Equal((start, length), MarkedText.Find(text, words, near));

    [Theory]
    [InlineData("I am worn out", "worn off")]
    [InlineData("I am worn out", "   ")]
    [InlineData("", "worn")]
    [InlineData("wornout", "worn out")]
    public void Words_that_are_not_there_are_not_found(string text, string words) => Assert.Null(MarkedText.Find(text, words, 0));

    [Fact]
    public void Codes_of_the_same_answers_are_counted_beside_what_chance_would_give()
    {
        var pairs = CodesTogether.Of([Set("a", "b"), Set("a", "b", "c"), Set("a"), Set()]);

        Assert.Equal([new CodesTogether("a", "b", 2, 3 * 2 / 4.0), new CodesTogether("a", "c", 1, 3 / 4.0), new CodesTogether("b", "c", 1, 2 / 4.0)], pairs);

        static ImmutableHashSet<string> Set(params string[] codes) => [.. codes];
    }

    /// <summary>Ids that are not drawn by chance.</summary>
    private static List<string> Unlucky(int count) =>
        [.. Enumerable.Range(0, 1000).Select(i => $"s/{i}").Where(answer => ReviewQueue.Order([answer], [])[0].Reason == ReviewReason.NothingHeard).Take(count)];

    private static CodeAssignment Said(
        string answer, string code, double confidence, Polarity polarity = Polarity.Asserted, AssignmentStatus status = AssignmentStatus.Suggested, string coder = "lexicon") =>
        new(answer.Split('/')[0], answer.Split('/')[1], code, 0, 1, coder, "1", confidence, polarity, [], status);
}
