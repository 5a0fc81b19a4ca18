using FossVoices.Flows;

namespace FossVoices.Tests.Flows;

public sealed class RandomWalkTests
{
    private static readonly Flow s_flow = Written.Flow($$"""
        {{Written.Role}},
        { "id": "works", "type": "scale", "core": true, "scale": "five", "ask": "Should {project} just work?" },
        { "id": "story", "type": "text", "ask": "What happened?", "probes": [ { "id": "strain", "if": { "coded": ["burnout"] }, "ask": "What would have helped?" } ] },
        { "id": "rare", "type": "text", "if": { "all": [ { "role": "both" }, { "works": 5 } ] }, "ask": "Why?" }
        """);

    [Fact]
    public void Everything_is_come_to_and_counted()
    {
        var report = Walk(400, 1);

        Assert.Empty(report.NeverAsked);
        Assert.Empty(report.DeadEnds);
        Assert.Equal(400, report.Asked["role"]);
        Assert.InRange(report.Asked["story#strain"], 10, 90);
        Assert.Equal(["story#strain"], report.Probes.Select(p => p.Key));
    }

    [Fact]
    public void Too_few_people_leave_rare_things_unseen() => Assert.Contains("rare", Walk(1, 1).NeverAsked);

    [Fact]
    public void The_same_seed_walks_the_same_way() => Assert.Equal(Walk(50, 7).Ways, Walk(50, 7).Ways);

    [Fact]
    public void Taps_to_the_core_stay_within_what_is_possible() =>
        Assert.All(Walk(200, 3).Ways, way => Assert.InRange(way.CoreTaps ?? 0, 2, Taps.ToCompleteCore(s_flow)));

    [Fact]
    public void Minutes_grow_with_what_is_read_tapped_and_written()
    {
        var effort = new Effort("");
        var nothing = effort.Minutes;
        effort.Add(new Prompt("a", [], string.Join(' ', Enumerable.Repeat("word", 238)), new Control.Write(null), 1, 1, null, false), new Reply.Said(string.Join(' ', Enumerable.Repeat("word", 36))));

        Assert.Equal(nothing + 1 + 1 + (4 / 60.0), effort.Minutes, 9);
        Assert.Equal(1, effort.Taps);
    }

    [Fact]
    public void A_quantile_is_the_smallest_value_that_so_many_stay_at_or_below() =>
        Assert.Equal([1, 2, 4], ((double[])[0.1, 0.5, 1]).Select(share => WalkReport.Quantile([4, 1, 2, 3], share)));

    private static WalkReport Walk(int people, long seed) => RandomWalk.Run(s_flow, ["burnout", "trust"], people, seed, Interview.Facts, TestContext.Current.CancellationToken);
}
