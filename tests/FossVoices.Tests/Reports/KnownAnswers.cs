using System.Collections.Immutable;
using FossVoices.Gaps;
using FossVoices.Reports;

namespace FossVoices.Tests.Reports;

/// <summary>Answers of which the gap is known, and reports of twelve questions drawn from them.</summary>
internal static class KnownAnswers
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

    public static Simulation Simulate(int up, int down, ImmutableArray<double> downstream, ImmutableArray<double> upstream, int reports, int seed) =>
        Simulation.Of(
            reports,
            _ => [.. Enumerable.Range(0, Items).Select(i => new MadeUpItem($"i{i}", AgreeFrom: 4, new(downstream, upstream), new(down, up)))],
            minimumGroup: 1, new Random(seed), TestContext.Current.CancellationToken);
}
