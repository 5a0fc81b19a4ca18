using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Gaps;

/// <summary>
/// How the answers of each side place among the answers of the other. The placement of an answer is the share of the other
/// side's answers below it minus the share above it; delta is the mean placement of downstream's answers
/// (Cliff 1993, "Dominance statistics: ordinal analyses to answer ordinal questions").
/// </summary>
/// <param name="Downstream">Persons downstream, n.</param>
/// <param name="Upstream">Persons upstream, m.</param>
/// <param name="Greater">Pairs in which the person downstream answered higher.</param>
/// <param name="Less">Pairs in which the person upstream answered higher.</param>
/// <param name="DownstreamSquares">Squared deviations of downstream's placements from delta, summed (SSi).</param>
/// <param name="UpstreamSquares">The same of upstream's placements (SSj).</param>
internal sealed record Placements(long Downstream, long Upstream, long Greater, long Less, double DownstreamSquares, double UpstreamSquares)
{
    public long Pairs => Downstream * Upstream;

    public long Ties => Pairs - Greater - Less;

    public double Delta => Math.Clamp((double)(Greater - Less) / Pairs, -1, 1);

    /// <summary>Squared deviations of the pairs' own dominance (1, 0 or -1) from delta, summed (SSij).</summary>
    public double PairSquares => Greater * Math.Pow(1 - Delta, 2) + Less * Math.Pow(1 + Delta, 2) + Ties * Math.Pow(Delta, 2);

    /// <summary>Everybody gave the same answer.</summary>
    public bool AllTied => Ties == Pairs;

    /// <summary>No answer of one side reaches into the range of the other.</summary>
    public bool Disjoint => Greater == Pairs || Less == Pairs;

    /// <summary>
    /// The answers cannot show how much the estimate would vary: a side is one person, or no placement varies on either side
    /// (which happens exactly when all answers are tied or the sides are disjoint, so whole numbers can decide it).
    /// </summary>
    public bool Degenerate => Downstream < 2 || Upstream < 2 || AllTied || Disjoint;

    /// <exception cref="ArgumentException">The histograms cannot be compared; the message is that of <see cref="Refusal"/>.</exception>
    public static Placements Of(Histogram downstream, Histogram upstream)
    {
        if (Refusal(downstream, upstream) is { } why)
            throw new ArgumentException(why, nameof(upstream));

        var (x, y, n, m) = (downstream.Counts, upstream.Counts, downstream.Persons, upstream.Persons);
        var (greater, less, xBelow, yBelow) = (0L, 0L, 0L, 0L);
        for (var point = 0; point < x.Length; point++)
        {
            greater += x[point] * yBelow;
            less += y[point] * xBelow;
            (xBelow, yBelow) = (xBelow + x[point], yBelow + y[point]);
        }

        var delta = (double)(greater - less) / (n * m);
        var (xSquares, ySquares) = (0.0, 0.0);
        (xBelow, yBelow) = (0, 0);
        for (var point = 0; point < x.Length; point++)
        {
            var (xAbove, yAbove) = (n - xBelow - x[point], m - yBelow - y[point]);
            xSquares += x[point] * Math.Pow((double)(yBelow - yAbove) / m - delta, 2);
            ySquares += y[point] * Math.Pow((double)(xAbove - xBelow) / n - delta, 2);
            (xBelow, yBelow) = (xBelow + x[point], yBelow + y[point]);
        }

        return new(n, m, greater, less, xSquares, ySquares);
    }

    /// <summary>What one person at each point of the scale adds to delta: (di - d)/n downstream, (dj - d)/m upstream.</summary>
    public static BySide<ImmutableArray<double>> Influence(Histogram downstream, Histogram upstream)
    {
        var (n, m, delta) = ((double)downstream.Persons, (double)upstream.Persons, Of(downstream, upstream).Delta);
        var (xs, ys) = (ImmutableArray.CreateBuilder<double>(), ImmutableArray.CreateBuilder<double>());
        var (xBelow, yBelow) = (0L, 0L);
        foreach (var (x, y) in downstream.Counts.Zip(upstream.Counts))
        {
            xs.Add(((2 * yBelow + y - m) / m - delta) / n);
            ys.Add(((n - x - 2 * xBelow) / n - delta) / m);
            (xBelow, yBelow) = (xBelow + x, yBelow + y);
        }

        return new(xs.ToImmutable(), ys.ToImmutable());
    }

    /// <summary>Why these two cannot be compared, in one sentence; null when they can.</summary>
    public static string? Refusal(Histogram downstream, Histogram upstream) => (downstream, upstream) switch
    {
        _ when downstream.Points != upstream.Points => string.Create(
            CultureInfo.InvariantCulture,
            $"Downstream has {downstream.Points} scale points and upstream {upstream.Points}; give both the same number of counts."),
        ({ Persons: 0 }, _) => "Nobody downstream answered; a gap needs at least one answer on each side.",
        (_, { Persons: 0 }) => "Nobody upstream answered; a gap needs at least one answer on each side.",
        _ => null,
    };
}
