using System.Collections.Immutable;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>One item of a made-up report.</summary>
/// <param name="Shares">Of the people of each side, the share that answers each point, from the lowest.</param>
/// <param name="Persons">How many of each side answer it.</param>
/// <param name="Counted">Whether its verdict is of interest; where not, it is only one of the family that the others are tested in.</param>
internal sealed record MadeUpItem(string Item, int AgreeFrom, BySide<ImmutableArray<double>> Shares, BySide<int> Persons, bool Counted = true);

/// <summary>How often each verdict came when many reports were drawn from known answers: shares of all counted items.</summary>
/// <param name="NotShown">A side had fewer people than the minimum group.</param>
/// <param name="HeldByBoth">Both sides agree, whatever the verdict on a gap.</param>
/// <param name="AnyClear">Share of reports with at least one "clear" among the counted items.</param>
internal sealed record Simulation(double NotShown, double Same, double CannotTell, double Probably, double Clear, double HeldByBoth, double AnyClear)
{
    /// <summary>Draws reports, and makes of each what a real one would be made of: its table.</summary>
    /// <param name="reports">How many.</param>
    /// <param name="items">The items of one report, by its number.</param>
    /// <param name="minimumGroup">The fewest persons of a side that are shown.</param>
    /// <param name="chance">Draws each person's answer.</param>
    /// <param name="mostTables">How much work an exact p may take.</param>
    public static Simulation Of(
        int reports, Func<int, IReadOnlyList<MadeUpItem>> items, int minimumGroup, Random chance, CancellationToken cancellationToken,
        long mostTables = StudentizedPermutation.MostTables)
    {
        var verdicts = new Dictionary<GapVerdict, int>();
        var (all, notShown, held, anyClear) = (0, 0, 0, 0);
        for (var report = 0; report < reports; report++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var made = items(report);
            var counts = made.Select(item => new ItemCounts(item.Item, Answers(item, chance), item.AgreeFrom)).ToImmutableArray();
            var rows = GapTable.Of(new GapCounts(counts, [], [], minimumGroup, MostTables: mostTables)).Items.Where((_, i) => made[i].Counted).ToArray();
            foreach (var comparison in rows.Select(row => row.Comparison).OfType<ItemComparison>())
                verdicts[comparison.Verdict] = verdicts.GetValueOrDefault(comparison.Verdict) + 1;
            all += rows.Length;
            notShown += rows.Count(row => row.Comparison is null);
            held += rows.Count(row => row.Comparison?.Stance == JointStance.HeldByBoth);
            anyClear += rows.Any(row => row.Comparison?.Verdict == GapVerdict.Clear) ? 1 : 0;
        }

        return new Simulation(
            Share(notShown), Of(GapVerdict.Same), Of(GapVerdict.CannotTell), Of(GapVerdict.Probably), Of(GapVerdict.Clear), Share(held),
            (double)anyClear / reports);

        double Of(GapVerdict verdict) => Share(verdicts.GetValueOrDefault(verdict));
        double Share(int items) => all == 0 ? 0 : (double)items / all;
    }

    private static BySide<Histogram> Answers(MadeUpItem item, Random chance)
    {
        var downstream = Draw(item.Shares.Downstream, item.Persons.Downstream, chance);
        return new(downstream, Draw(item.Shares.Upstream, item.Persons.Upstream, chance));
    }

    private static Histogram Draw(ImmutableArray<double> shares, int persons, Random chance)
    {
        var counts = new long[shares.Length];
        for (var i = 0; i < persons; i++)
        {
            var (at, point) = (chance.NextDouble(), 0);
            while (point < shares.Length - 1 && at >= shares[point])
                at -= shares[point++];
            counts[point]++;
        }

        return Histogram.Of(counts);
    }
}
