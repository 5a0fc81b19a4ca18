using FossVoices.Codebooks;
using FossVoices.Flows;
using FossVoices.Gaps;
using FossVoices.Studies;

namespace FossVoices.Reports;

/// <summary>
/// Makes of a row of the gap table the line that may be shown of it. The verdict is the table's; nothing is judged here. It is left
/// out below the smallest group, which only narrators can be: their counts are worth reading, but they were chosen, not sampled.
/// </summary>
internal sealed class Lines(Disclosure disclosure)
{
    private bool Recomputable => disclosure is Disclosure.Plain;

    public ItemLine Item(CatalogueItem item, ItemCounts counts, ItemRow row)
    {
        var fewest = Math.Min(counts.Own.Downstream.Persons, counts.Own.Upstream.Persons);
        var comparison = row.Comparison is { } c
            ? new ItemVerdict(
                fewest < Disclosure.SmallestGroup ? null : c.Verdict, c.Stance, c.Size.CanBeSaid ? c.Size.Class : null, c.Size.AtLeast,
                disclosure.Gap(c.Gap.Delta, c.Shown, fewest), c.WithBridge, c.Attested, TrendOf(counts, row.Trend, fewest))
            : null;
        return new(
            item.Key, item.Short, item.Agree, item.Item.Starter, item.Item.Need,
            SideOf(row.Downstream, row.Coorientation?.Views.Downstream), SideOf(row.Upstream, row.Coorientation?.Views.Upstream),
            comparison, Recomputable && (row.Downstream ?? row.Upstream) is not null ? FiguresOf(counts, row) : null,
            SideOf(row.Bridge, null), WordingOf(item));

        ItemSide? SideOf(SideStance? stance, SideView? view) =>
            stance is null ? null : new(disclosure.Share(stance.Agreeing), stance.Stance, view?.Perception);
    }

    /// <summary>What makes an item the same one in two waves.</summary>
    public static string WordingOf(CatalogueItem item)
    {
        using var hash = new Definitions.ContentHash();
        return hash.Add(item.Item switch { Item.Pair pair => pair.Own.Source, Item.Rating rating => rating.Ask.Source, _ => "" }).Add(item.Scale.Points).Hex()[..16];
    }

    private ShownTrend? TrendOf(ItemCounts counts, Trend? trend, long fewest)
    {
        if (trend is null || counts.Earlier is not { Own: var own })
            return null;
        var exactness = Math.Min(fewest, Math.Min(own.Downstream.Persons, own.Upstream.Persons));
        return new(disclosure.Gap(trend.Before.Delta, trend.Before.Interval, exactness).Estimate, disclosure.Gap(trend.Change, trend.Interval, exactness), trend.IsChange);
    }

    public CodeLine Code(Code code, CodeCounts counts, CodeRow row, CodeAnswers? answers)
    {
        var fewest = Math.Min(counts.Mentioning.Downstream.Of, counts.Mentioning.Upstream.Of);
        // Beside a side of which only "fewer than three" is said, a finer difference would say how many fewer.
        var exactness = counts.Mentioning.All(side => side.Persons >= Rounding.LookAlike) ? fewest : 0;
        var comparison = row.Comparison is { } c
            ? new CodeVerdict(
                fewest < Disclosure.SmallestGroup ? null : c.Verdict, disclosure.Gap(c.Gap.Difference, c.Shown, exactness), Recomputable ? c.Corrected : null)
            : null;
        var (down, up) = (counts.Mentioning.Downstream, counts.Mentioning.Upstream);
        var figures = Recomputable && (row.Downstream ?? row.Upstream) is not null
            ? new CodeFigures(
                Shown(row.Downstream, down.Persons), Shown(row.Downstream, down.Of), Shown(row.Upstream, up.Persons), Shown(row.Upstream, up.Of),
                row.Comparison?.Gap.FisherP, row.Comparison?.AdjustedP, counts.Coding?.Errors)
            : null;
        var trust = counts.Coding?.Agreement is { } agreement ? new CodeTrust(Math.Round(agreement, 2), answers?.IsUnchecked == true)
            : answers?.IsUnchecked == true ? new CodeTrust(null, Unchecked: true) : null;
        return new(
            code.Id, code.Label, code.Brief, SideOf(row.Downstream, answers?.Answers.Downstream), SideOf(row.Upstream, answers?.Answers.Upstream), comparison, figures, trust);

        CodeSide? SideOf(Mentions? mentions, Share? often) =>
            mentions is null ? null
            : Recomputable ? new(disclosure.Mentions(mentions.Persons), mentions.Interval.Low, mentions.Interval.High, often?.Persons, often?.Of)
            : new(disclosure.Mentions(mentions.Persons), null, null, null, null);

        static long Shown(Mentions? mentions, long count) => mentions is null ? 0 : count;
    }

    public TensionLine Tension(Study study, StudyTension tension, TensionCounts counts, TensionRow row) => new(
        tension.Id, tension.Label, Words(study, tension.A), Words(study, tension.B), tension.Starter,
        SideOf(row.Downstream, counts.Held.Downstream), SideOf(row.Upstream, counts.Held.Upstream));

    private TensionSide? SideOf(TensionHolders? holders, HalvesHeld held)
    {
        if (holders is null)
            return null;

        var than = holders.ExcessInterval switch { { Low: > 0 } => Than.More, { High: < 0 } => Than.Fewer, _ => Than.CannotTell };
        var figures = Recomputable
            ? new TensionFigures(
                held.Neither, held.OnlyA, held.OnlyB, held.Both, holders.Interval.Low, holders.Interval.High,
                new(holders.Excess, holders.ExcessInterval.Low, holders.ExcessInterval.High))
            : null;
        return new(disclosure.Share(holders.Both), disclosure.Computed(holders.Independent, held.Persons), held.Persons < Disclosure.SmallestGroup ? Than.CannotTell : than, figures);
    }

    private static string Words(Study study, Studies.Half half) =>
        study.FindFlow(half.Flow)?.Find(half.Item) is { } item && Labels.ScaleOf(item) is { } scale
            ? new CatalogueItem(half.Item, study.FindFlow(half.Flow)!, item, scale).Short
            : half.Item;

    /// <summary>A side below the minimum group is as empty here as it is in the line.</summary>
    private static ItemFigures FiguresOf(ItemCounts counts, ItemRow row)
    {
        var (down, up) = (row.Downstream is not null, row.Upstream is not null);
        var guesses = counts.Guesses is { } g && row.Coorientation is { } co
            ? new GuessFigures(
                co.Views.Downstream.Congruency is null ? [] : g.Guesses.Downstream.Counts, co.Views.Upstream.Congruency is null ? [] : g.Guesses.Upstream.Counts,
                co.Views.Downstream.Congruency is null ? [] : Triple(g.Differences.Downstream), co.Views.Upstream.Congruency is null ? [] : Triple(g.Differences.Upstream),
                Shown(co.Views.Downstream.Accuracy), Shown(co.Views.Upstream.Accuracy), Shown(co.Views.Downstream.Congruency), Shown(co.Views.Upstream.Congruency))
            : null;
        return new(
            down ? counts.Own.Downstream.Counts : [], up ? counts.Own.Upstream.Counts : [], counts.AgreeFrom,
            row.Comparison?.Gap, row.Comparison?.AdjustedP, guesses, row.Comparison?.CautiousP,
            row.Bridge is null ? null : counts.Bridge!.Counts,
            row.Comparison?.Attested is null ? null : counts.Attested?.Select(side => side.Counts),
            row.Trend is not null && counts.Earlier is { } earlier ? new(earlier.Own.Select(side => side.Counts), earlier.Again?.Select(side => side.Counts)) : null);
    }

    private static System.Collections.Immutable.ImmutableArray<long> Triple(Differences differences) => [differences.GuessHigher, differences.Same, differences.GuessLower];

    private static ShownGap? Shown(CliffDelta? delta) => delta is null ? null : new(delta.Delta, delta.Low, delta.High);

    private static ShownGap? Shown(PairedDominance? paired) => paired is null ? null : new(paired.Dominance, paired.Interval.Low, paired.Interval.High);
}
