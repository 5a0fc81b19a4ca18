using CsCheck;
using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

public sealed class FalseDiscoveryTests
{
    [Fact]
    public void Ties_nulls_zero_and_one_are_adjusted_in_place()
    {
        double?[] expected = [0.048, null, 0.02, 0.045, 0.02, 1, 0];
        var adjusted = FalseDiscovery.Adjust([0.04, null, 0.01, 0.03, 0.01, 1.0, 0.0]);
        Assert.Equal(expected.Select(p => p is null), adjusted.Select(p => p is null));
        Assert.All(expected.Zip(adjusted).Where(pair => pair.First is not null), pair => Near.Equal(pair.First!.Value, pair.Second));
    }

    [Fact]
    public void Adjusting_only_raises_and_keeps_the_order() => Gen.Double[0, 1].Array[1, 40].Sample(family =>
    {
        var adjusted = FalseDiscovery.Adjust([.. family.Select(p => (double?)p)]);
        Assert.All(family.Zip(adjusted), pair => Assert.InRange(pair.Second!.Value, pair.First, 1));
        var inOrder = family.Zip(adjusted).OrderBy(pair => pair.First).Select(pair => pair.Second!.Value).ToArray();
        Assert.Equal(inOrder.Order(), inOrder);
    });

    [Fact]
    public void What_is_found_is_what_the_step_up_procedure_finds() => Gen.Double[0, 0.2].Array[1, 40].Sample(family =>
    {
        // Benjamini and Hochberg's own wording: reject the k smallest, k the largest rank with p(k) ≤ k·q/M.
        var sorted = family.Order().ToArray();
        if (sorted.Where((p, i) => Math.Abs(p - (i + 1) * FalseDiscovery.Rate / sorted.Length) < 1e-15).Any())
            return; // the two wordings may round differently on the very threshold

        var found = Enumerable.Range(1, sorted.Length).LastOrDefault(k => sorted[k - 1] <= k * FalseDiscovery.Rate / sorted.Length);
        Assert.Equal(found, FalseDiscovery.Adjust([.. family.Select(p => (double?)p)]).Count(p => p <= FalseDiscovery.Rate));
    });

    [Fact]
    public void A_family_of_none_is_fine()
    {
        Assert.Empty(FalseDiscovery.Adjust([]));
        Assert.Equal([null, null], FalseDiscovery.Adjust([null, null]));
    }

    [Fact]
    public void Intervals_of_the_few_that_stand_out_are_wider()
    {
        Near.Equal(0.9875, FalseDiscovery.ConfidenceOfSelected(shown: 3, family: 12));
        Near.Equal(0.95, FalseDiscovery.ConfidenceOfSelected(shown: 12, family: 12));
        Near.Equal(0.95, FalseDiscovery.ConfidenceOfSelected(shown: 0, family: 0));
    }
}
