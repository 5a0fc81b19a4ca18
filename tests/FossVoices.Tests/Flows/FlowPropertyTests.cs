using System.Collections.Immutable;
using CsCheck;
using FossVoices.Flows;

namespace FossVoices.Tests.Flows;

/// <summary>What holds for every flow and everybody, whatever they do.</summary>
public sealed class FlowPropertyTests
{
    private static readonly Gen<(Flow Flow, long Seed, ImmutableArray<Deed> Deeds)> s_filling =
        Gen.Select(AnyFlow.Gen, Gen.Long, Deed.Gen.Array[0, 60]).Select(t => (t.Item1, t.Item2, t.Item3.ToImmutableArray()));

    [Fact]
    public void Whatever_is_done_nothing_crashes_and_no_answer_is_lost() => s_filling.Sample(f =>
    {
        var interview = Interview.Of(f.Flow, f.Seed);
        foreach (var deed in f.Deeds)
        {
            var before = interview.Progress;
            deed.Do(interview);
            Assert.All(before.Answers, a => Assert.True(
                interview.Progress.Answers.TryGetValue(a.Key, out var now) && (ReferenceEquals(now, a.Value) || Kept(interview)?.Address == a.Key)));
        }
    });

    [Fact]
    public void A_refused_reply_changes_nothing() => s_filling.Sample(f =>
    {
        var interview = Interview.Of(f.Flow, f.Seed);
        foreach (var deed in f.Deeds)
        {
            var before = interview.Progress;
            deed.Do(interview);
            if (interview.Last is Turn.Refused)
                Assert.Same(before, interview.Progress);
        }
    });

    [Fact]
    public void The_path_is_a_function_of_what_is_known_however_one_came_there() => s_filling.Sample(f =>
    {
        var interview = Interview.Of(f.Flow, f.Seed);
        foreach (var deed in f.Deeds)
        {
            deed.Do(interview);

            // The same knowledge read back from a store: other objects, no memory of having been walked.
            var (known, draws) = (interview.Progress, interview.Progress.Draws);
            var readBack = new Progress(new Draws(draws.Seed, draws.Orders, draws.Arms, draws.GuessFirst), known.Answers, known.Heard, known.Revisiting, known.Paused, known.Quotes);
            var (anew, carried) = (FlowPath.Of(f.Flow, readBack), interview.Path);

            Assert.Equal(anew.Steps, carried.Steps);
            Assert.Equal(
                (anew.Side, anew.Both, anew.CoreDone, anew.Open?.Address, anew.Standing?.Address),
                (carried.Side, carried.Both, carried.CoreDone, carried.Open?.Address, carried.Standing?.Address));
            Assert.All(anew.Steps, s => Assert.Equal((anew.IsAnswered(s), anew.NumberOf(s), anew.Value(s.Address)), (carried.IsAnswered(s), carried.NumberOf(s), carried.Value(s.Address))));
        }
    });

    [Fact]
    public void The_path_is_that_of_a_walk_that_looks_at_everything_in_order() => s_filling.Sample(f =>
    {
        var interview = Interview.Of(f.Flow, f.Seed);
        foreach (var deed in f.Deeds)
            deed.Do(interview);

        Assert.Equal(PlainWalk.Of(f.Flow, interview.Progress), interview.Path.Steps);
    });

    [Fact]
    public void The_same_seed_draws_the_same() => Gen.Select(AnyFlow.Gen, Gen.Long).Sample((flow, seed) =>
    {
        var (one, two) = (Draws.From(flow, seed), Draws.From(flow, seed));

        Assert.Equal(one.Orders.Select(o => $"{o.Key}: {string.Join(' ', o.Value)}"), two.Orders.Select(o => $"{o.Key}: {string.Join(' ', o.Value)}"));
        Assert.Equal(one.Arms, two.Arms);
        Assert.Equal(one.GuessFirst, two.GuessFirst);
    });

    [Fact]
    public void Every_answer_that_counts_is_read_back_and_no_other() => s_filling.Sample(f =>
    {
        var interview = Interview.Of(f.Flow, f.Seed);
        foreach (var deed in f.Deeds)
            deed.Do(interview);

        var counting = interview.Path.Steps.Where(s => interview.Path.Value(s.Address) is not null).Select(s => s.Address);
        Assert.Equal(counting, Prompting.ReadBack(f.Flow, interview.Progress, Interview.Facts).Select(r => r.Prompt.Address));
    });

    [Fact]
    public void It_is_finished_exactly_when_nothing_is_open() => s_filling.Sample(f =>
    {
        var interview = Interview.Of(f.Flow, f.Seed);
        foreach (var deed in f.Deeds)
        {
            deed.Do(interview);
            if (interview.Last is Turn.Finished or Turn.Asked { Progress.Revisiting: null })
                Assert.Equal(interview.Last is Turn.Finished, interview.Path.Open is null);
        }
    });

    [Fact]
    public void Whoever_skips_everything_comes_to_the_end() => Gen.Select(AnyFlow.Gen, Gen.Long).Sample((flow, seed) =>
    {
        var interview = Interview.Of(flow, seed);
        for (var i = 0; interview.Prompt is not null; i++)
        {
            Assert.InRange(i, 0, flow.Steps.All.Length);
            interview.Skips();
        }

        Assert.All(interview.Path.Steps.Where(s => !s.IsNotice), s => Assert.IsType<Value.Skipped>(interview.Path.Value(s.Address)));
    });

    [Fact]
    public void Going_back_to_the_start_and_on_again_changes_no_answer() => s_filling.Sample(f =>
    {
        var interview = Interview.Of(f.Flow, f.Seed);
        foreach (var deed in f.Deeds)
            deed.Do(interview);
        interview.Does(new Reply.Onward());
        var (answers, standing) = (interview.Progress.Answers, interview.Prompt?.Address);

        for (var i = 0; interview.GoesBack().Last is not Turn.Refused; i++)
            Assert.InRange(i, 0, f.Flow.Steps.All.Length);
        interview.Does(new Reply.Onward());

        Assert.Same(answers, interview.Progress.Answers);
        Assert.Equal(standing, interview.Prompt?.Address);
    });

    [Fact]
    public void The_number_of_a_question_never_passes_the_number_of_questions() => s_filling.Sample(f =>
    {
        var interview = Interview.Of(f.Flow, f.Seed);
        foreach (var deed in f.Deeds)
        {
            deed.Do(interview);
            if (interview.Prompt is { } prompt)
                Assert.InRange(prompt.Number, 1, prompt.About);
        }
    });

    private static Answer? Kept(Interview interview) => interview.Last switch
    {
        Turn.Asked(_, var kept) => kept,
        Turn.Finished(_, var kept) => kept,
        _ => null,
    };
}
