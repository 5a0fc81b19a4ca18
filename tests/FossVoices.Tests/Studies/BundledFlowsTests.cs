using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Tests.Studies;

public sealed class BundledFlowsTests
{
    private static readonly Facts s_facts = new("1 May 2030", 10);

    public static TheoryData<string, string, string> Cases { get; } = [.. StudyFolder.LoadAll(Repository.Surveys)
        .SelectMany(loaded => loaded.Study!.Tests, (loaded, tests) => (loaded.Id, tests))
        .SelectMany(t => t.tests.Value, (t, played) => (t.Id, t.tests.Key, played.Name))];

    public static TheoryData<string> Flows { get; } = ["survey", "interview"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_scripted_case_comes_out_as_written_whatever_is_drawn(string study, string flow, string name)
    {
        var loaded = StudyFolder.Load(Path.Combine(Repository.Surveys, study)).Study!;
        var played = loaded.Tests[flow].Single(test => test.Name == name);

        Assert.Empty(Enumerable.Range(1, 8).SelectMany(seed => played.Play(loaded.Flows[flow], seed, s_facts).Wrong.Select(wrong => $"seed {seed}: {wrong}")));
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public void Everything_in_a_bundled_flow_is_asked_of_somebody(string id)
    {
        var study = StudyFolder.Load(Path.Combine(Repository.Surveys, "pypi-expectations")).Study!;
        var flow = study.Flows[id];
        var codes = study.Codebook.Given.Select(c => c.Id).ToArray();

        var asked = Enumerable.Range(1, 200).SelectMany(seed => Wander(flow, codes, seed)).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(flow.InFileOrder.SelectMany(Addresses).Except(asked));
    }

    [Fact]
    public void Nobody_who_holds_many_tensions_is_asked_about_more_than_two()
    {
        var flow = StudyFolder.Load(Path.Combine(Repository.Surveys, "pypi-expectations")).Study!.Flows["survey"];
        var progress = Progress.Begin(flow, seed: 7);
        while (Prompting.Standing(flow, progress, new Facts("1 May 2030", 10)) is { } prompt)
        {
            var reply = prompt.Address switch
            {
                "role" => new Reply.Chose(["upstream"]),
                "more" => new Reply.Chose(["yes"]),
                _ when prompt.Control is Control.OneOf { IsScale: true } => new Reply.Chose(["5"]),
                _ => (Reply)new Reply.Skip(),
            };
            progress = FlowEngine.Take(flow, progress, reply, heard: null, DateTimeOffset.UnixEpoch).Progress;
        }

        Assert.All(flow.Setting.Tensions, tension => Assert.True(FlowPath.Of(flow, progress).Holds(tension.Id)));
        Assert.Equal(2, progress.Answers.Keys.Count(address => address.StartsWith("both_", StringComparison.Ordinal)));
    }

    /// <summary>Somebody who answers at random, goes on at every gate, and is heard to speak of a few codes: the addresses they were asked.</summary>
    private static IEnumerable<string> Wander(Flow flow, string[] codes, int seed)
    {
        var chance = new Random(seed);
        var progress = Progress.Begin(flow, seed);
        while (Prompting.Standing(flow, progress, new Facts("1 May 2030", 10)) is { } prompt)
        {
            Assert.DoesNotContain('{', prompt.Ask);
            var heard = new Heard([.. codes.Where(_ => chance.Next(6) == 0).Select(c => new HeardCode(c, 1))], Distress: false, "random");
            var turn = FlowEngine.Take(flow, progress, flow.ItemAt(prompt.Address) is Item.Gate ? new Reply.Chose(["yes"]) : AnyReply(prompt.Control, chance), heard, DateTimeOffset.UnixEpoch);
            Assert.IsNotType<Turn.Refused>(turn);
            progress = turn.Progress;
        }

        return progress.Answers.Keys;
    }

    private static Reply AnyReply(Control control, Random chance) => control switch
    {
        Control.OneOf { Options: var options } => new Reply.Chose([options[chance.Next(options.Length)].Id]),
        Control.SomeOf { Options: var options, Least: var least, Most: var most } =>
            new Reply.Chose([.. chance.GetItems(options.AsSpan(), most).Select(o => o.Id).Distinct().Take(Math.Max(least, 1 + chance.Next(most)))]),
        Control.Order { Options: var options, Top: var top } => new Reply.Chose([.. options.Take(top).Select(o => o.Id)]),
        Control.Count { Least: var least } => new Reply.Said($"{least}"),
        _ => new Reply.Said(string.Concat(Enumerable.Repeat("word ", 1 + chance.Next(40)))),
    };

    private static IEnumerable<string> Addresses(Item item) => item switch
    {
        Item.Notice or Item.Group => [],
        Item.Pair => [$"{item.Id}.own", $"{item.Id}.other"],
        Item.Open open => open.Probes.Select(probe => $"{item.Id}#{probe.Id}").Prepend(item.Id),
        _ => [item.Id],
    };
}
