using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary><c>fossvoices walk STUDY [FLOW] --random N --seed S</c>: sends random respondents through a flow, to see what nobody comes to and what it costs.</summary>
internal static class WalkVerb
{
    public static Command Create(Common common, Terminal terminal)
    {
        var study = new Argument<string>("STUDY") { Description = "The study's id." };
        var flow = new Argument<string?>("FLOW") { Description = "The flow's id; every flow of the study where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var people = new Option<int>("--random") { Description = "How many people answer at random.", DefaultValueFactory = _ => 500, HelpName = "N" };
        var seed = new Option<long>("--seed") { Description = "Draws the same people again.", DefaultValueFactory = _ => 1, HelpName = "S" };
        people.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 1 or > 1_000_000)
                r.AddError("--random wants a number from 1 to 1,000,000.");
        });
        var verb = new Command("walk", "Send people who answer at random through a flow: what nobody comes to, dead ends, taps and minutes.") { study, flow, people, seed };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var taken = Shelf.Take(parsed.GetValue(common.Studies)!, parsed.GetValue(study)!);
            var walks = FlowsOf(taken, parsed.GetValue(flow))
                .Select(f => Walk.Of(taken, f, parsed.GetValue(people), parsed.GetValue(seed), cancellationToken)).ToImmutableArray();
            if (parsed.GetValue(common.Json))
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(new { walks }, Output.Json));
            else
                await terminal.Out.WriteLineAsync(string.Join("\n\n", walks.Select(Text)));
            return walks.Any(w => w.DeadEnds.Count > 0) ? ExitCode.ErrorsFound : ExitCode.Fine;
        });
        return verb;
    }

    private static IEnumerable<Flow> FlowsOf(Study study, string? id) => id is null ? study.Flows.Values : [Shelf.FlowOf(study, id)];

    private static string Text(Walk walk)
    {
        var lines = new List<string>
        {
            Invariant($"{walk.Flow}: {walk.People} people who answer at random (seed {walk.Seed})"),
            walk.NeverAsked.IsEmpty ? "  Everything is asked of somebody." : $"  Asked of nobody: {string.Join(", ", walk.NeverAsked)}. More people may come to it; if not, look at its condition.",
            walk.DeadEnds.Count == 0 ? "  There is no dead end." : $"  A fitting answer was not taken at {string.Join(", ", walk.DeadEnds.Keys)}.",
            Invariant($"  Taps to the core      {Spread(walk.CoreTaps, "0")}"),
            Invariant($"  Taps in all           {Spread(walk.Taps, "0")}; the longest way has {walk.MostQuestions} questions"),
            Invariant($"  Minutes               {Spread(walk.Minutes, "0.0")}; the flow promises {walk.Promised}"),
        };
        lines.AddRange(walk.Sides.Select(s => Invariant($"    {s.Key,-12}        {Spread(s.Value.Minutes, "0.0")}, {Spread(s.Value.Taps, "0")} taps")));
        if (walk.Probes.Count > 0)
            lines.Add("  Probes                " + string.Join(", ", walk.Probes.Select(p => Invariant($"{p.Key} {100.0 * p.Value / walk.People:0} %"))));
        lines.Add("  Minutes are an estimate: 238 words read and 36 typed a minute, 4 seconds a tap. Codes are heard at random, so probes fire oftener or more rarely in the field.");
        return string.Join('\n', lines);
    }

    private static string Spread(Spread spread, string format) => spread.Median is null ? "none" : string.Create(
        CultureInfo.InvariantCulture, $"median {spread.Median?.ToString(format, CultureInfo.InvariantCulture)}, 9 in 10 at most {spread.NineInTen?.ToString(format, CultureInfo.InvariantCulture)}, most {spread.Most?.ToString(format, CultureInfo.InvariantCulture)}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>What a walk prints.</summary>
internal sealed record Walk(
    string Flow, int People, long Seed, ImmutableArray<string> NeverAsked, ImmutableSortedDictionary<string, int> DeadEnds, Spread CoreTaps, Spread Taps, Spread Minutes, int Promised,
    int MostQuestions, ImmutableSortedDictionary<string, WalkedSide> Sides, ImmutableSortedDictionary<string, int> Probes)
{
    public static Walk Of(Study study, Flow flow, int people, long seed, CancellationToken cancellationToken)
    {
        var codes = study.Codebook.Given.Select(c => c.Id).ToImmutableArray();
        var report = RandomWalk.Run(flow, codes, people, seed, new Facts("1 January 2030", study.MinimumGroup), cancellationToken);
        return new Walk(
            flow.Id, people, seed, [.. report.NeverAsked], report.DeadEnds, Spread.Of(report.Ways.Where(w => w.CoreTaps is not null).Select(w => (double)w.CoreTaps!)),
            Spread.Of(report.Ways.Select(w => (double)w.Taps)), Spread.Of(report.Ways.Select(w => w.Minutes)), flow.Minutes, report.Ways.Max(w => w.Questions),
            report.Ways.Where(w => w.Side is not null).GroupBy(w => w.Side!, StringComparer.Ordinal).ToImmutableSortedDictionary(
                g => g.Key, g => new WalkedSide(g.Count(), Spread.Of(g.Select(w => w.Minutes)), Spread.Of(g.Select(w => (double)w.Taps))), StringComparer.Ordinal),
            report.Probes.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }
}

/// <summary>What a walk cost those of one side.</summary>
internal sealed record WalkedSide(int People, Spread Minutes, Spread Taps);

/// <summary>How values are spread; null where there are none.</summary>
internal sealed record Spread(double? Median, double? NineInTen, double? Most)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var all = values.ToArray();
        return all.Length == 0 ? new Spread(null, null, null) : new Spread(Rounded(all, 0.5), Rounded(all, 0.9), Rounded(all, 1));
    }

    private static double Rounded(double[] values, double share) => Math.Round(WalkReport.Quantile(values, share), 2);
}
