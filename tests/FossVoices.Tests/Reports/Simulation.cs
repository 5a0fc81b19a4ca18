using System.Collections.Immutable;
using FossVoices.Gaps;

namespace FossVoices.Tests.Reports;

/// <summary>How often each verdict comes when many made-up reports are drawn from known answers.</summary>
/// <param name="Verdicts">Share of items with each verdict.</param>
/// <param name="Held">Share of items held by both.</param>
/// <param name="AnyClear">Share of reports with at least one "clear".</param>
internal sealed record Simulation(IReadOnlyDictionary<GapVerdict, double> Verdicts, double Held, double AnyClear)
{
    public const int Items = 12;

    /// <summary>Agreeing leads, as it does in surveys of expectations.</summary>
    public static readonly ImmutableArray<double> Leaning = [0.10, 0.15, 0.20, 0.30, 0.25];

    /// <summary>Against <see cref="Leaning"/> a delta of .40, a medium gap.</summary>
    public static readonly ImmutableArray<double> Lower = [0.26, 0.28, 0.24, 0.14, 0.08];

    /// <summary>The same middle as <see cref="Even"/>, but everybody at one end or the other.</summary>
    public static readonly ImmutableArray<double> Polarised = [0.45, 0.05, 0.00, 0.05, 0.45];

    public static readonly ImmutableArray<double> Even = [0.05, 0.25, 0.40, 0.25, 0.05];

    public static double Delta(ImmutableArray<double> down, ImmutableArray<double> up) => WeightedDelta.Of(down, up);

    public static Simulation Of(int up, int down, ImmutableArray<double> downstream, ImmutableArray<double> upstream, int reports, int seed)
    {
        var chance = new Random(seed);
        var verdicts = Enum.GetValues<GapVerdict>().ToDictionary(verdict => verdict, _ => 0);
        var (held, anyClear) = (0, 0);
        for (var report = 0; report < reports; report++)
        {
            var items = Enumerable.Range(0, Items).Select(i => new ItemCounts($"i{i}", new(Draw(downstream, down), Draw(upstream, up)), AgreeFrom: 4));
            var rows = GapTable.Of(new([.. items], [], [], MinimumGroup: 1)).Items;
            foreach (var row in rows)
                verdicts[row.Comparison!.Verdict]++;
            held += rows.Count(row => row.Comparison!.Stance == JointStance.HeldByBoth);
            anyClear += rows.Any(row => row.Comparison!.Verdict == GapVerdict.Clear) ? 1 : 0;
        }

        var all = (double)reports * Items;
        return new(verdicts.ToDictionary(v => v.Key, v => v.Value / all), held / all, (double)anyClear / reports);

        Histogram Draw(ImmutableArray<double> shape, int persons)
        {
            var counts = new long[shape.Length];
            for (var i = 0; i < persons; i++)
            {
                var (at, point) = (chance.NextDouble(), 0);
                while (point < shape.Length - 1 && at >= shape[point])
                    at -= shape[point++];
                counts[point]++;
            }

            return Histogram.Of(counts);
        }
    }
}
