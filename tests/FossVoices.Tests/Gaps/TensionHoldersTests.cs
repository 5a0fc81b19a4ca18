using CsCheck;
using FossVoices.Gaps;
using MathNet.Numerics;

namespace FossVoices.Tests.Gaps;

public sealed class TensionHoldersTests
{
    private static readonly Gen<HalvesHeld> Held =
        Gen.Select(Gen.Long[0, 20], Gen.Long[0, 20], Gen.Long[0, 20], Gen.Long[0, 20])
            .Select(counts => new HalvesHeld(counts.Item1, counts.Item2, counts.Item3, counts.Item4)).Where(held => held.Persons > 0);

    [Fact]
    public void Holders_stand_beside_what_independence_would_give()
    {
        var holders = TensionHolders.Of(new(Neither: 10, OnlyA: 10, OnlyB: 10, Both: 20));
        Assert.Equal((new Share(30, 50), new Share(30, 50), new Share(20, 50)), (holders.A, holders.B, holders.Both));
        Near.Equal(0.36, holders.Independent);
        Near.Equal(0.04, holders.Excess);
        Assert.Equal(Wilson.Interval(new(20, 50)), holders.Interval);
        Assert.True(holders.ExcessInterval.Contains(0));
    }

    [Fact]
    public void Halves_held_together_or_apart_are_told_from_independent_ones()
    {
        Assert.True(TensionHolders.Of(new(20, 5, 5, 20)).ExcessInterval.Low > 0);
        Assert.True(TensionHolders.Of(new(5, 20, 20, 5)).ExcessInterval.High < 0);
    }

    [Fact]
    public void The_excess_interval_is_the_delta_method_on_half_a_person_more_in_each_cell()
    {
        // From the definition of a covariance, with 3.5, 1.5, 2.5 and 4.5 of 12 persons written out.
        double[] weights = [3.5, 1.5, 2.5, 4.5];
        (int A, int B)[] persons = [(0, 0), (1, 0), (0, 1), (1, 1)];
        double Mean(Func<(int A, int B), double> of) => persons.Zip(weights, (person, weight) => of(person) * weight).Sum() / weights.Sum();
        var (a, b) = (Mean(person => person.A), Mean(person => person.B));
        var covariance = Mean(person => (person.A - a) * (person.B - b));
        var variance = (Mean(person => Math.Pow((person.A - a) * (person.B - b), 2)) - covariance * covariance) / weights.Sum();
        var reach = Distributions.StudentQuantile(0.95, 9) * Math.Sqrt(variance);

        var holders = TensionHolders.Of(new(3, 1, 2, 4));
        Near.Equal(covariance - reach, holders.ExcessInterval.Low);
        Near.Equal(covariance + reach, holders.ExcessInterval.High);
    }

    [Theory]
    [InlineData(5, 0.95)]
    [InlineData(8, 0.92)]
    [InlineData(12, 0.93)]
    [InlineData(20, 0.91)]
    public void The_excess_interval_covers_the_truth_on_small_sides(int people, double atLeast)
    {
        // Exact, not simulated: every 2×2 table of so many people, weighed by its chance under each of the distributions.
        var tables = (from a in Enumerable.Range(0, people + 1)
                      from b in Enumerable.Range(0, people + 1 - a)
                      from both in Enumerable.Range(0, people + 1 - a - b)
                      let held = new HalvesHeld(people - a - b - both, a, b, both)
                      select (held, TensionHolders.Of(held).ExcessInterval)).ToArray();

        Assert.All(Distributions2x2(), truth => Assert.InRange(
            tables.Where(table => Covers(table.ExcessInterval, truth.Both - (truth.OnlyA + truth.Both) * (truth.OnlyB + truth.Both)))
                .Sum(table => Chance(table.held, truth)),
            atLeast, 1 + 1e-9));
    }

    [Fact]
    public void Every_interval_holds_its_estimate_and_has_width() => Held.Sample(held =>
    {
        var holders = TensionHolders.Of(held);
        Assert.True(holders.ExcessInterval.Contains(holders.Excess) && holders.Interval.Contains(holders.Both.Value));
        Assert.True(holders.ExcessInterval is { Low: >= -0.25, High: <= 0.25, Width: > 0 });
    });

    [Fact]
    public void Exchanging_the_halves_changes_nothing() => Held.Sample(held =>
    {
        var (holders, turned) = (TensionHolders.Of(held), TensionHolders.Of(held with { OnlyA = held.OnlyB, OnlyB = held.OnlyA }));
        Near.Equal(holders.ExcessInterval.Low, turned.ExcessInterval.Low);
        Near.Equal(holders.Excess, turned.Excess);
    });

    [Fact]
    public void Nobody_and_less_than_nobody_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TensionHolders.Of(new(0, 0, 0, 0)));
        Assert.Throws<ArgumentException>(() => TensionHolders.Of(new(5, -1, 0, 0)));
    }

    private static bool Covers(Interval interval, double truth) => interval.Low - 1e-12 <= truth && truth <= interval.High + 1e-12;

    private static double Chance(HalvesHeld held, (double Neither, double OnlyA, double OnlyB, double Both) truth) => Math.Exp(
        SpecialFunctions.FactorialLn((int)held.Persons)
        + new[] { (held.Neither, truth.Neither), (held.OnlyA, truth.OnlyA), (held.OnlyB, truth.OnlyB), (held.Both, truth.Both) }
            .Sum(cell => cell.Item1 * Math.Log(cell.Item2) - SpecialFunctions.FactorialLn((int)cell.Item1)));

    /// <summary>Shares of the halves from 10 % to 90 %, and associations from nearly as negative as they can be to nearly as positive.</summary>
    private static IEnumerable<(double Neither, double OnlyA, double OnlyB, double Both)> Distributions2x2() =>
        from a in new[] { 0.1, 0.3, 0.5, 0.7, 0.9 }
        from b in new[] { 0.1, 0.3, 0.5, 0.7, 0.9 }
        where b >= a
        from strength in new[] { -0.9, -0.5, 0, 0.5, 0.9 }
        let covariance = strength * (strength > 0 ? Math.Min(a * (1 - b), (1 - a) * b) : Math.Min(a * b, (1 - a) * (1 - b)))
        let both = a * b + covariance
        select (1 - a - b + both, a - both, b - both, both);
}
