using System.Text.Json;
using CsCheck;
using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

public sealed class ItemGapTests
{
    [Fact]
    public void All_figures_of_a_small_item_come_out()
    {
        var gap = ItemGap.Between(Histogram.Of(0, 1, 2, 4, 3), Histogram.Of(2, 3, 2, 1, 0));
        Near.Equal(0.7375, gap.Delta);
        Near.Equal(0.21416431154569757, gap.CiLow);
        Near.Equal(0.9318708768347738, gap.CiHigh);
        Assert.Equal(69.5, gap.U);
        Near.Equal(0.00832205472550887, gap.MannWhitneyP);
        Near.Equal(4.4949760051527345, gap.BmW);
        Near.Equal(15.464074803149607, gap.BmDf);
        Near.Equal(0.00039788151345235853, gap.BmP);
        Near.Equal(0.0060103295397413055, gap.P);
        Assert.Equal(("feng-cliff", "permutation"), (gap.CiMethod, gap.PMethod));
    }

    [Fact]
    public void Its_json_has_the_keys_that_the_gap_verb_promises()
    {
        var json = JsonSerializer.SerializeToElement(ItemGap.Between(Histogram.Of(1, 2), Histogram.Of(2, 1)), JsonSerializerOptions.Web);
        Assert.Equal(
            ["delta", "ciLow", "ciHigh", "ciMethod", "u", "mannWhitneyP", "bmW", "bmDf", "bmP", "p", "pMethod"],
            json.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void Exchanging_the_sides_turns_every_sign_and_changes_no_p() => Histograms.Pairs().Sample(sides =>
    {
        var gap = ItemGap.Between(sides.Downstream, sides.Upstream);
        var turned = ItemGap.Between(sides.Upstream, sides.Downstream);
        Near.Equal(-gap.Delta, turned.Delta);
        Near.Equal(-gap.CiHigh, turned.CiLow);
        Near.Equal(-gap.CiLow, turned.CiHigh);
        Assert.Equal((gap.CiMethod, gap.PMethod), (turned.CiMethod, turned.PMethod));
        Near.Equal(gap.P, turned.P);
        Assert.Equal((double)sides.Downstream.Persons * sides.Upstream.Persons, gap.U + turned.U);
        Assert.Equal((gap.MannWhitneyP is null, gap.BmP is null), (turned.MannWhitneyP is null, turned.BmP is null));
        if (gap.MannWhitneyP is { } rank)
            Near.Equal(rank, turned.MannWhitneyP);
        if (gap.BmP is { } studentized)
            Near.Equal(studentized, turned.BmP);
    });

    [Fact]
    public void Points_that_nobody_chose_change_nothing() => Gen.Select(Histograms.Pairs(), Gen.Int[0, 7], Gen.Int[1, 3]).Sample((sides, at, empty) =>
    {
        var stretched = sides.Select(side => Histogram.Of(
            [.. side.Counts.Take(at), .. Enumerable.Repeat(0L, empty), .. side.Counts.Skip(at)]));
        Assert.Equal(ItemGap.Between(sides.Downstream, sides.Upstream), ItemGap.Between(stretched.Downstream, stretched.Upstream));
    });

    [Fact]
    public void On_a_single_point_there_is_no_gap() => Gen.Select(Gen.Long[1, 500], Gen.Long[1, 500]).Sample((n, m) =>
    {
        var gap = ItemGap.Between(Histogram.Of(n), Histogram.Of(m));
        Assert.Equal((0, 1, "tied", null, null), (gap.Delta, gap.P, gap.PMethod, gap.BmP, gap.MannWhitneyP));
        Assert.True(gap.CiLow < 0 && gap.CiHigh > 0);
    });

    [Fact]
    public void No_figure_is_ever_out_of_range() => Histograms.Pairs().Sample(sides =>
    {
        var gap = ItemGap.Between(sides.Downstream, sides.Upstream);
        Assert.InRange(gap.P, double.Epsilon, 1);
        Assert.InRange(gap.U, 0, (double)sides.Downstream.Persons * sides.Upstream.Persons);
        Assert.InRange(gap.MannWhitneyP ?? 1, double.Epsilon, 1);
        Assert.InRange(gap.BmP ?? 1, double.Epsilon, 1);
        Assert.True(gap.BmW is null || double.IsFinite(gap.BmW.Value));
        Assert.True(gap.BmDf is null || gap.BmDf >= Math.Min(sides.Downstream.Persons, sides.Upstream.Persons) - 1 - 1e-9);
    });

    [Theory]
    [InlineData(new long[] { 1, 2, 3 }, new long[] { 1, 2 }, "Downstream has 3 scale points and upstream 2; give both the same number of counts.")]
    [InlineData(new long[] { 0, 0 }, new long[] { 1, 2 }, "Nobody downstream answered; a gap needs at least one answer on each side.")]
    [InlineData(new long[] { 1, 2 }, new long[] { 0, 0 }, "Nobody upstream answered; a gap needs at least one answer on each side.")]
    public void Sides_that_cannot_be_compared_are_refused_in_one_sentence(long[] down, long[] up, string sentence)
    {
        Assert.Equal(sentence, Placements.Refusal(Histogram.Of(down), Histogram.Of(up)));
        var thrown = Assert.Throws<ArgumentException>(() => ItemGap.Between(Histogram.Of(down), Histogram.Of(up)));
        Assert.StartsWith(sentence, thrown.Message, StringComparison.Ordinal);
    }
}
