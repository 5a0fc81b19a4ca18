using System.Collections.Immutable;
using CsCheck;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Tests.Flows;

/// <summary>Several questions on one page, with the survey that comes with the program.</summary>
public sealed class TogetherTests
{
    private static readonly DateTimeOffset s_at = DateTimeOffset.UnixEpoch;
    private static readonly Facts s_facts = new("1 January 2030", 10);
    private static readonly Flow s_flow = StudyFolder.Load(Path.Combine(Repository.Root, "surveys", "pypi-expectations")).Study!.FindFlow("survey")!;

    [Fact]
    public void A_page_asks_and_keeps_what_the_questions_one_by_one_would() => Gen.Select(Gen.Long, Gen.Int.Array[60]).Sample((seed, taken) =>
    {
        var (progress, next) = (Progress.Begin(s_flow, seed), 0);
        while (Prompting.Standing(s_flow, progress, s_facts) is { } standing)
        {
            var page = Prompting.Alongside(s_flow, progress, s_facts).Insert(0, standing);
            var parts = page.Select(prompt => new PartReply(prompt.Address, ReplyTo(prompt.Control, taken[next++ % taken.Length]))).ToImmutableArray();
            var singly = progress;
            foreach (var (prompt, part) in page.Zip(parts))
            {
                var asked = Prompting.Standing(s_flow, singly, s_facts)!;
                Assert.Equal((prompt.Address, prompt.Ask, prompt.Number), (asked.Address, asked.Ask, asked.Number));
                singly = FlowEngine.Take(s_flow, singly, part.Reply, heard: null, s_at).Progress;
            }

            var together = page.Length == 1 ? singly : FlowEngine.Take(s_flow, progress, new Reply.Together(parts), heard: null, s_at).Progress;
            Assert.Equal(singly.Answers.Values.OrderBy(a => a.Address, StringComparer.Ordinal), together.Answers.Values.OrderBy(a => a.Address, StringComparer.Ordinal));
            progress = together;
        }
    }, iter: 40);

    [Fact]
    public void The_halves_of_a_tension_and_items_to_be_kept_apart_never_share_a_page() => Gen.Long.Sample(seed =>
    {
        var progress = Progress.Begin(s_flow, seed);
        while (Prompting.Standing(s_flow, progress, s_facts) is { } standing)
        {
            var items = Prompting.Alongside(s_flow, progress, s_facts).Select(prompt => prompt.Address).Append(standing.Address).Select(a => s_flow.ItemAt(a)!).ToArray();
            foreach (var tension in s_flow.Setting.Tensions)
                Assert.False(items.Any(i => i.Id == tension.A) && items.Any(i => i.Id == tension.B));
            Assert.DoesNotContain(items, item => items.Any(other => item.ApartFrom.Contains(other.Id)));
            progress = FlowEngine.Take(s_flow, progress, ReplyTo(standing.Control, 1), heard: null, s_at).Progress;
        }
    }, iter: 40);

    [Fact]
    public void At_the_first_refusal_nothing_of_the_page_is_kept_and_the_item_is_named()
    {
        var progress = Progress.Begin(s_flow, 7);
        while (Prompting.Alongside(s_flow, progress, s_facts).Length < 2)
            progress = FlowEngine.Take(s_flow, progress, ReplyTo(Prompting.Standing(s_flow, progress, s_facts)!.Control, 1), heard: null, s_at).Progress;
        var page = Prompting.Alongside(s_flow, progress, s_facts).Insert(0, Prompting.Standing(s_flow, progress, s_facts)!);

        var turn = FlowEngine.Take(
            s_flow, progress, new Reply.Together([.. page.Select((prompt, i) => new PartReply(prompt.Address, i == 1 ? new Reply.Chose(["nothing"]) : ReplyTo(prompt.Control, 0)))]), heard: null, s_at);

        var refused = Assert.IsType<Turn.Refused>(turn);
        Assert.Same(progress, refused.Progress);
        Assert.Equal(new Refusal.InPart(page[1].Address, new Refusal.NoOption()), refused.Why);
    }

    [Fact]
    public void Words_are_no_part_of_a_page() => Assert.IsType<Turn.Refused>(FlowEngine.Take(
        s_flow, Progress.Begin(s_flow, 7), new Reply.Together([new PartReply("role", new Reply.Said("I work on it"))]), heard: null, s_at));

    private static Reply ReplyTo(Control control, int taken) => control switch
    {
        Control.OneOf(var options, _, _) => new Reply.Chose([options[(int)((uint)taken % (uint)options.Length)].Id]),
        Control.SomeOf(var options, var least, _) => new Reply.Chose([.. options.Take(Math.Max(1, least)).Select(option => option.Id)]),
        _ => new Reply.Skip(),
    };
}
