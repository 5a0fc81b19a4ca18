using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Flows;

/// <summary>
/// Sends people through a flow who answer at random, to see what nobody comes to and what it costs. They choose evenly among what is
/// offered, skip now and then, mostly go on at a gate, and are heard to speak of a few codes.
/// </summary>
internal static class RandomWalk
{
    private const string Codes = "codes";

    /// <param name="codes">The codes that answers can be heard to carry.</param>
    /// <param name="people">How many.</param>
    public static WalkReport Run(Flow flow, ImmutableArray<string> codes, int people, long seed, Facts facts, CancellationToken cancellationToken)
    {
        var asked = flow.Steps.All.Where(s => !s.IsNotice).ToDictionary(s => s.Address, _ => 0, StringComparer.Ordinal);
        var deadEnds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var ways = ImmutableArray.CreateBuilder<WalkedWay>(people);
        for (var person = 0; person < people; person++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ways.Add(Walk(flow, codes, Chance.For(seed, person.ToString(CultureInfo.InvariantCulture)), facts, asked, deadEnds));
        }

        return new WalkReport(ways.ToImmutable(), asked.ToImmutableSortedDictionary(StringComparer.Ordinal), deadEnds.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private static WalkedWay Walk(Flow flow, ImmutableArray<string> codes, Chance chance, Facts facts, Dictionary<string, int> asked, SortedDictionary<string, int> deadEnds)
    {
        var effort = new Effort(Prompting.Consent(flow, facts));
        var progress = Progress.Begin(flow, chance.Below(int.MaxValue));
        var (questions, toCore, most) = (0, (int?)null, flow.Steps.All.Length);
        while (Prompting.Standing(flow, progress, facts) is { } prompt && questions <= most)
        {
            questions++;
            asked[prompt.Address]++;
            var reply = AnyReply(prompt.Control, flow.ItemAt(prompt.Address) is Item.Gate, chance);
            effort.Add(prompt, reply);
            var turn = FlowEngine.Take(flow, progress, reply, AnyHeard(codes, chance), DateTimeOffset.UnixEpoch);
            if (turn is Turn.Refused)
            {
                deadEnds[prompt.Address] = deadEnds.GetValueOrDefault(prompt.Address) + 1;
                turn = FlowEngine.Take(flow, progress, new Reply.Skip(), null, DateTimeOffset.UnixEpoch);
            }

            progress = turn.Progress;
            if (toCore is null && FlowPath.Of(flow, progress).CoreDone)
                toCore = effort.Taps;
        }

        foreach (var line in Prompting.End(flow, progress, facts))
            effort.Read(line);
        return new WalkedWay(FlowPath.Of(flow, progress).Side, questions, effort.Taps, toCore, effort.Minutes);
    }

    private static Reply AnyReply(Control control, bool isGate, Chance chance)
    {
        if (isGate)
            return new Reply.Chose([chance.Below(5) == 0 ? "no" : "yes"]);
        if (chance.Below(25) == 0)
            return new Reply.Skip();

        switch (control)
        {
            case Control.OneOf(var options, var apart, _):
                var place = chance.Below(options.Length + (apart is null ? 0 : 1));
                return new Reply.Chose([place < options.Length ? options[place].Id : apart!.Id]);
            case Control.SomeOf(var options, var least, var most):
                return new Reply.Chose(Some(options, least + chance.Below(most - least + 1), chance));
            case Control.Order(var options, var top):
                return new Reply.Chose(Some(options, 1 + chance.Below(top), chance));
            case Control.Count(var least, var most, _):
                return new Reply.Said(Math.Floor(least + ((most - least) * chance.Below(1001) / 1000)).ToString("0", CultureInfo.InvariantCulture));
            default:
                // Most answers are short, a few are long: the square of an even draw, up to about 80 words.
                var draw = chance.Below(9) + 1;
                return new Reply.Said(string.Join(' ', Enumerable.Repeat("word", 1 + chance.Below(draw * draw))));
        }
    }

    private static ImmutableArray<string> Some(ImmutableArray<Option> options, int count, Chance chance)
    {
        var left = options.Select(o => o.Id).ToList();
        var chosen = ImmutableArray.CreateBuilder<string>();
        while (chosen.Count < count && left.Count > 0)
        {
            var i = chance.Below(left.Count);
            chosen.Add(left[i]);
            left.RemoveAt(i);
        }

        return chosen.ToImmutable();
    }

    private static Heard AnyHeard(ImmutableArray<string> codes, Chance chance) =>
        new([.. codes.Where(_ => chance.Below(8) == 0).Select(c => new HeardCode(c, 1))], Distress: false, Codes);
}

/// <summary>What one person's way cost.</summary>
/// <param name="CoreTaps">The taps until the core was complete; null where it never was.</param>
internal sealed record WalkedWay(string? Side, int Questions, int Taps, int? CoreTaps, double Minutes);

/// <summary>What was seen on all ways.</summary>
/// <param name="Asked">How many people were asked each question, probes included; 0 for what nobody came to.</param>
/// <param name="DeadEnds">How often a fitting answer was not taken, by address.</param>
internal sealed record WalkReport(ImmutableArray<WalkedWay> Ways, ImmutableSortedDictionary<string, int> Asked, ImmutableSortedDictionary<string, int> DeadEnds)
{
    /// <summary>What nobody came to.</summary>
    public IEnumerable<string> NeverAsked => Asked.Where(a => a.Value == 0).Select(a => a.Key);

    /// <summary>How many people each probe fired for.</summary>
    public IEnumerable<KeyValuePair<string, int>> Probes => Asked.Where(a => a.Key.Contains('#', StringComparison.Ordinal));

    /// <summary>The value that this share of the people stays at or below (the smallest such).</summary>
    /// <param name="share">From 0 to 1; 0.5 gives the median.</param>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
