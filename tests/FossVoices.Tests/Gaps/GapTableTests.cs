using CsCheck;
using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

public sealed class GapTableTests
{
    private static readonly BySide<Histogram> Wide = new(Histogram.Of(4, 9, 17, 49, 41), Histogram.Of(16, 27, 18, 14, 5));
    private static readonly BySide<Histogram> Narrow = new(Histogram.Of(1, 4, 12, 43, 60), Histogram.Of(2, 6, 12, 32, 28));
    private static readonly BySide<Histogram> None = new(Histogram.Of(6, 14, 24, 40, 36), Histogram.Of(5, 8, 18, 25, 24));
    private static readonly BySide<Histogram> Few = new(Histogram.Of(0, 0, 0, 0, 60), Histogram.Of(9, 0, 0, 0, 0));

    [Fact]
    public void A_made_up_report_gets_the_verdicts_it_should()
    {
        var table = GapTable.Of(Counts([
            new("days", Wide, AgreeFrom: 4),
            new("takeover", new(Histogram.Of(10, 19, 36, 36, 19), Histogram.Of(32, 24, 13, 8, 3)), 4),
            new("noncode", new(Histogram.Of(14, 26, 36, 29, 15), Histogram.Of(2, 4, 10, 30, 34)), 4),
            new("warn", Narrow, 4),
            new("free", None, 4),
        ]));

        Assert.Equal(["days", "takeover", "noncode", "warn", "free"], table.Items.Select(row => row.Item));
        Assert.Equal(
            [GapVerdict.Clear, GapVerdict.Clear, GapVerdict.Clear, GapVerdict.Probably, GapVerdict.Same],
            table.Items.Select(row => row.Comparison!.Verdict));
        Assert.Equal([0.6023, 0.5345, -0.5088, 0.1869, 0.0119], table.Items.Select(row => Math.Round(row.Comparison!.Gap.Delta, 4)));
        Assert.Equal([0.4646, 0.3882, -0.6287, 0.0325, -0.1463], table.Items.Select(row => Math.Round(row.Comparison!.Gap.CiLow, 4)));
        Assert.Equal([0.7116, 0.6545, -0.3652, 0.3326, 0.1694], table.Items.Select(row => Math.Round(row.Comparison!.Gap.CiHigh, 4)));
        // Fourth of five in rank. The t approximation would give .0201; with so few tables the exact p decides.
        var warn = table.Items[3].Comparison!;
        Near.Equal(warn.Gap.P * 5 / 4, warn.AdjustedP);
        Assert.Equal((0.0201, 0.0209), (Math.Round(warn.Gap.BmP!.Value * 5 / 4, 4), Math.Round(warn.AdjustedP, 4)));
        Assert.Equal(JointStance.HeldByBoth, table.Items[3].Comparison!.Stance);
        Assert.Equal(JointStance.Split, table.Items[0].Comparison!.Stance);
    }

    [Fact]
    public void A_code_that_upstream_mentions_more_is_a_clear_negative_gap()
    {
        var row = Assert.Single(GapTable.Of(Counts(codes: [new("burnout", new(new(6, 120), new(31, 80)))])).Codes);
        Near.Equal(-0.3375, row.Comparison!.Gap.Difference);
        Assert.Equal(GapVerdict.Clear, row.Comparison.Verdict);
        Assert.Equal((new Share(6, 120), new Share(31, 80)), (row.Downstream!.Persons, row.Upstream!.Persons));
    }

    [Fact]
    public void A_side_below_the_minimum_group_is_left_out_and_the_other_one_stays()
    {
        var table = GapTable.Of(Counts(
            [new("few", Few, 4, new(Few, new(Differences.Of(60, 0, 0), Differences.Of(9, 0, 0))))],
            [new("burnout", new(new(5, 60), new(9, 9)))],
            [new("attention", new(new(10, 10, 10, 30), new(0, 0, 0, 9)))]));

        var item = Assert.Single(table.Items);
        Assert.Equal((Stance.Held, null, null), (item.Downstream?.Stance, item.Upstream, item.Comparison));
        Assert.Null(item.Coorientation!.Agreement);
        Assert.Null(item.Coorientation.Views.Upstream.Congruency);
        var code = Assert.Single(table.Codes);
        Assert.Equal((new Share(5, 60), null, null), (code.Downstream?.Persons, code.Upstream, code.Comparison));
        var tension = Assert.Single(table.Tensions);
        Assert.Equal((new Share(30, 60), null), (tension.Downstream?.Both, tension.Upstream));
    }

    [Fact]
    public void An_item_left_out_is_no_member_of_the_family()
    {
        var alone = GapTable.Of(Counts([new("a", Narrow, 4), new("b", None, 4)]));
        var beside = GapTable.Of(Counts([new("a", Narrow, 4), new("few", Few, 4), new("b", None, 4)]));
        Assert.Equal(alone.Items[0].Comparison!.AdjustedP, beside.Items[0].Comparison!.AdjustedP);
        Near.Equal(2 * alone.Items[0].Comparison!.Gap.P, alone.Items[0].Comparison!.AdjustedP);
    }

    [Fact]
    public void Items_and_codes_are_families_of_their_own()
    {
        CodeCounts[] codes = [.. Enumerable.Range(0, 20).Select(i => new CodeCounts($"c{i}", new(new(50, 100), new(50, 100))))];
        var alone = GapTable.Of(Counts([new("a", Narrow, 4)]));
        var beside = GapTable.Of(Counts([new("a", Narrow, 4)], codes));
        Assert.Equal(alone.Items[0].Comparison!.AdjustedP, beside.Items[0].Comparison!.AdjustedP);
        Near.Equal(alone.Items[0].Comparison!.Gap.P, alone.Items[0].Comparison!.AdjustedP);
    }

    [Fact]
    public void What_is_left_out_depends_on_numbers_of_persons_alone() => Gen.Select(Histograms.Pairs(most: 20), Gen.Int[1, 20]).Sample((sides, minimum) =>
    {
        // The same persons with their answers turned round.
        var turned = sides.Select(side => Histogram.Of([.. side.Counts.Reverse()]));
        var rows = new[] { sides, turned }.Select(own => GapTable.Of(new([new("a", own, 1)], [], [], minimum)).Items[0])
            .Select(row => (row.Downstream is null, row.Upstream is null, row.Comparison is null)).ToArray();
        Assert.Equal(rows[0], rows[1]);
        var (noDownstream, noUpstream) = (sides.Downstream.Persons < minimum, sides.Upstream.Persons < minimum);
        Assert.Equal((noDownstream, noUpstream, noDownstream || noUpstream), rows[0]);
    });

    [Fact]
    public void Nothing_is_clear_where_side_and_platform_coincide()
    {
        var counts = Counts([new("days", Wide, 4)], [new("burnout", new(new(6, 120), new(31, 80)))]) with { Confounded = true };
        var table = GapTable.Of(counts);
        Assert.Equal(GapVerdict.Probably, table.Items[0].Comparison!.Verdict);
        Assert.Equal(GapVerdict.Probably, table.Codes[0].Comparison!.Verdict);
    }

    [Fact]
    public void A_study_of_six_people_still_says_something()
    {
        var table = GapTable.Of(new(
            [new("a", new(Histogram.Of(0, 0, 0, 1, 2), Histogram.Of(0, 0, 0, 2, 1)), 4)], [new("burnout", new(new(0, 3), new(3, 3)))], [], MinimumGroup: 1));
        Assert.Equal(GapVerdict.CannotTell, table.Items[0].Comparison!.Verdict);
        Assert.Equal(new Share(3, 3), table.Items[0].Downstream!.Agreeing);
        Assert.InRange(table.Codes[0].Comparison!.Gap.CiLow, -1, -0.99);
        Assert.Equal(GapVerdict.Probably, table.Codes[0].Comparison!.Verdict); // all of three against none of three; Fisher's p is .1
    }

    [Fact]
    public void A_study_without_an_answer_is_a_table_of_empty_rows()
    {
        var nobody = Histogram.Of(0, 0, 0, 0, 0);
        var table = GapTable.Of(new(
            [new("a", new(nobody, nobody), 4)], [new("burnout", new(new(0, 0), new(0, 0)))], [new("t", new(new(0, 0, 0, 0), new(0, 0, 0, 0)))], 0));
        Assert.Equal(new ItemRow("a", null, null, null, null, null, null), table.Items[0]);
        Assert.Equal(new CodeRow("burnout", null, null, null), table.Codes[0]);
        Assert.Equal(new TensionRow("t", null, null), table.Tensions[0]);
    }

    private static GapCounts Counts(ItemCounts[]? items = null, CodeCounts[]? codes = null, TensionCounts[]? tensions = null) =>
        new([.. items ?? []], [.. codes ?? []], [.. tensions ?? []], MinimumGroup: 10);
}
