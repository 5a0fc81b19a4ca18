using System.Numerics;
using System.Text.Json;
using CsCheck;
using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

public sealed class ProportionGapTests
{
    private static readonly Gen<Share> Shares = from of in Gen.Long[1, 60] from persons in Gen.Long[0, of] select new Share(persons, of);

    [Fact]
    public void Two_shares_give_their_difference_and_its_interval()
    {
        var gap = ProportionGap.Between(new(6, 120), new(31, 80));
        Near.Equal(-0.3375, gap.Difference);
        Near.Equal(-0.45031392703199674, gap.CiLow);
        Near.Equal(-0.22412106902417087, gap.CiHigh);
        Near.Equal(2.4149066551591748e-09, gap.FisherP);
        Near.Equal(1.5007440155414089e-09, gap.MidP);
    }

    [Fact]
    public void Shares_of_nobody_and_of_everybody_are_fine()
    {
        var none = ProportionGap.Between(new(0, 30), new(0, 20));
        Assert.Equal((0, 1), (none.Difference, none.FisherP));
        Near.Equal(-0.1611251580528194, none.CiLow);
        Near.Equal(0.1135133931739688, none.CiHigh);

        var all = ProportionGap.Between(new(12, 12), new(9, 9));
        Assert.Equal((0, 1, 0.5), (all.Difference, all.FisherP, all.MidP));
        Near.Equal(-0.24249400665524112, all.CiLow);
        Near.Equal(0.29914504841954426, all.CiHigh);
    }

    [Fact]
    public void Its_json_has_the_keys_that_the_gap_verb_promises() => Assert.Equal(
        ["difference", "ciLow", "ciHigh", "fisherP"],
        JsonSerializer.SerializeToElement(ProportionGap.Between(new(1, 2), new(0, 2)), JsonSerializerOptions.Web)
            .EnumerateObject().Select(property => property.Name));

    [Fact]
    public void Fishers_p_is_what_summing_all_tables_gives() => Gen.Select(Shares, Shares).Sample((down, up) =>
    {
        var hits = down.Persons + up.Persons;
        BigInteger Ways(long x) => Choose(down.Of, x) * Choose(up.Of, hits - x);
        var ways = Enumerable.Range(0, (int)down.Of + 1).Select(x => Ways(x)).ToArray();
        var seen = Ways(down.Persons);
        var all = ways.Aggregate(BigInteger.Zero, (sum, way) => sum + way);
        var p = (double)ways.Where(way => way <= seen).Aggregate(BigInteger.Zero, (sum, way) => sum + way) / (double)all;

        var fisher = FisherExact.Of(down, up);
        Near.Equal(p, fisher.P);
        Near.Equal(p - ways.Count(way => way == seen) * (double)seen / (double)all / 2, fisher.MidP);
    });

    [Fact]
    public void Exchanging_the_sides_turns_the_difference_and_keeps_p() => Gen.Select(Shares, Shares).Sample((down, up) =>
    {
        var (gap, turned) = (ProportionGap.Between(down, up), ProportionGap.Between(up, down));
        Near.Equal(-gap.Difference, turned.Difference);
        Near.Equal(-gap.CiHigh, turned.CiLow);
        Near.Equal(-gap.CiLow, turned.CiHigh);
        Near.Equal(gap.FisherP, turned.FisherP);
    });

    [Fact]
    public void Intervals_hold_their_estimates_and_have_width() => Gen.Select(Shares, Shares).Sample((down, up) =>
    {
        var (gap, wilson) = (ProportionGap.Between(down, up), Wilson.Interval(down));
        Assert.True(-1 <= gap.CiLow && gap.CiLow <= gap.Difference && gap.Difference <= gap.CiHigh && gap.CiHigh <= 1);
        Assert.True(0 <= wilson.Low && wilson.Low <= down.Value && down.Value <= wilson.High && wilson.High <= 1);
        Assert.True(gap.Interval.Width > 0 && wilson.Width > 0);
    });

    [Fact]
    public void The_difference_of_shares_is_the_delta_of_a_yes_or_no_answer() => Gen.Select(Shares, Shares).Sample((down, up) => Near.Equal(
        CliffDelta.Of(Histogram.Of(down.Of - down.Persons, down.Persons), Histogram.Of(up.Of - up.Persons, up.Persons)).Delta,
        ProportionGap.Between(down, up).Difference));

    [Fact]
    public void A_million_persons_are_no_burden()
    {
        var gap = ProportionGap.Between(new(400_000, 1_000_000), new(300_000, 1_000_000));
        Near.Equal(0.1, gap.Difference);
        Assert.InRange(gap.FisherP, 0, 1e-300);
        Assert.InRange(ProportionGap.Between(new(400_000, 1_000_000), new(400_100, 1_000_000)).FisherP, 0.8, 1);
    }

    [Fact]
    public void An_empty_side_is_refused_in_one_sentence() => Assert.Equal(
        "1/2 and 0/0 cannot be compared; each side needs at least one person after the stroke.", ProportionGap.Refusal(new(1, 2), new(0, 0)));

    [Fact]
    public void Nothing_is_known_of_a_share_of_nobody() => Assert.Equal(new Interval(0, 1), Wilson.Interval(new(0, 0)));

    private static BigInteger Choose(long n, long k)
    {
        if (k < 0 || k > n)
            return 0;

        var ways = BigInteger.One;
        for (var i = 1L; i <= k; i++)
            ways = ways * (n - k + i) / i;

        return ways;
    }
}
