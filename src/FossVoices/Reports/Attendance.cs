using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Flows;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>
/// Who would answer which of a flow's items: people sent through the flow as it is, with its groups drawn, its conditions and its gates.
/// One in five stops at each gate, and one in twenty leaves an item out or says that they don't know.
/// </summary>
internal sealed class Attendance
{
    private const int People = 200;

    private readonly BySide<bool[][]> _answered;

    private Attendance(BySide<bool[][]> answered) => _answered = answered;

    public static Attendance Of(Flow flow, ImmutableArray<CatalogueItem> items, long seed)
    {
        var addresses = items.Select((item, i) => (Address: item.HasGuesses ? $"{item.Item.Id}.own" : item.Item.Id, i)).ToDictionary(a => a.Address, a => a.i, StringComparer.Ordinal);
        return new Attendance(new BySide<string>(Coverage.Downstream, Coverage.Upstream).Select(side =>
            Enumerable.Range(0, People).Select(person => Walk(flow, side, addresses, Chance.For(seed, string.Create(CultureInfo.InvariantCulture, $"{side}/{person}")))).ToArray()));
    }

    /// <summary>How many of so many persons answer each item, in the order of the items; some of the people that were sent, drawn anew.</summary>
    public ImmutableArray<BySide<int>> Draw(BySide<int> persons, Random chance)
    {
        var (downstream, upstream) = (Count(_answered.Downstream, persons.Downstream, chance), Count(_answered.Upstream, persons.Upstream, chance));
        return [.. downstream.Zip(upstream, (down, up) => new BySide<int>(down, up))];
    }

    /// <summary>The share of people who answer each item.</summary>
    public ImmutableArray<BySide<double>> Shares()
    {
        var sides = _answered.Select(people => Enumerable.Range(0, people[0].Length).Select(item => people.Average(p => p[item] ? 1.0 : 0)).ToArray());
        return [.. sides.Downstream.Zip(sides.Upstream, (down, up) => new BySide<double>(down, up))];
    }

    private static int[] Count(bool[][] people, int persons, Random chance)
    {
        var counts = new int[people[0].Length];
        for (var i = 0; i < persons; i++)
        {
            var person = people[chance.Next(people.Length)];
            for (var item = 0; item < counts.Length; item++)
                counts[item] += person[item] ? 1 : 0;
        }

        return counts;
    }

    private static bool[] Walk(Flow flow, string side, Dictionary<string, int> addresses, Chance chance)
    {
        var answered = new bool[addresses.Count];
        var progress = Progress.Begin(flow, chance.Below(int.MaxValue));
        while (FlowPath.Of(flow, progress) is { Standing: { } step } path)
        {
            var turn = FlowEngine.Take(flow, progress, ReplyTo(step, path, side, chance), heard: null, DateTimeOffset.UnixEpoch);
            if (turn is Turn.Refused)
                turn = FlowEngine.Take(flow, progress, new Reply.Skip(), heard: null, DateTimeOffset.UnixEpoch);
            progress = turn.Progress;
        }

        var way = FlowPath.Of(flow, progress);
        foreach (var (address, item) in addresses)
            answered[item] = way.Value(address) is Value.Point;
        return answered;
    }

    private static Reply ReplyTo(Step step, FlowPath path, string side, Chance chance)
    {
        var options = Controls.OptionsOf(step, path);
        return step.Item switch
        {
            Item.Choice { SetsSide: true } when options.Any(o => o.Id == side) => new Reply.Chose([side]),
            Item.Gate => new Reply.Chose([chance.Below(5) == 0 ? "no" : "yes"]),
            Item.Rating or Item.Pair when Labels.ScaleOf(step.Item) is { } scale && chance.Below(20) > 0 =>
                new Reply.Chose([(1 + chance.Below(scale.Points.Length)).ToString(CultureInfo.InvariantCulture)]),
            Item.Choice or Item.Pick => new Reply.Chose([options[chance.Below(options.Length)].Id]),
            _ => new Reply.Skip(),
        };
    }
}
