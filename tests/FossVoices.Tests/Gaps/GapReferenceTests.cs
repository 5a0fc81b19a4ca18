using System.Globalization;
using System.Text.Json;
using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

/// <summary>Every case of the reference figures, within 1e-8.</summary>
public sealed class GapReferenceTests
{
    public static TheoryData<string> Likert =>
    [
        "L1_balanced_medium", "L2_small_ties", "L3_no_gap", "L4_disjoint", "L5_all_tied", "L6_unequal_sizes",
        "L7_polarised_same_median", "L8_min_cell", "L9_seven_point", "L10_zero_variance_one_side",
    ];

    public static TheoryData<string> Proportions =>
    [
        "P1_burnout", "P2_trust", "P3_zero_cell", "P4_tiny", "P5_both_full", "P6_newcombe_1998_a", "P7_newcombe_1998_e", "P8_large", "P9_both_zero",
    ];

    [Fact]
    public void No_case_of_the_reference_is_left_out()
    {
        Assert.Equal(GapReference.Of("likert").EnumerateObject().Select(p => p.Name), Likert.Select(row => row.Data));
        Assert.Equal(GapReference.Of("proportions").EnumerateObject().Select(p => p.Name), Proportions.Select(row => row.Data));
    }

    [Theory, MemberData(nameof(Likert))]
    public void An_ordinal_gap_has_the_reference_figures(string name)
    {
        var (down, up, expected) = Case(name);
        var delta = CliffDelta.Of(down, up);

        Assert.Equal(expected.GetProperty("n_down").GetInt64(), delta.Placements.Downstream);
        Assert.Equal(expected.GetProperty("n_up").GetInt64(), delta.Placements.Upstream);
        Assert.Equal(expected.GetProperty("pairs_gt").GetDouble(), delta.Placements.Greater);
        Assert.Equal(expected.GetProperty("pairs_lt").GetDouble(), delta.Placements.Less);
        Assert.Equal(expected.GetProperty("pairs_tie").GetDouble(), delta.Placements.Ties);
        GapReference.Same(expected.GetProperty("delta"), delta.Delta);
        GapReference.Same(expected.GetProperty("p_superiority"), delta.Superiority);

        var cliff = expected.GetProperty("cliff");
        GapReference.Same(cliff.GetProperty("var_unbiased"), delta.UnbiasedVariance);
        GapReference.Same(cliff.GetProperty("var_consistent"), delta.ConsistentVariance);

        var recommended = expected.GetProperty("recommended_95");
        GapReference.Same(recommended.GetProperty("ci"), delta.Interval);
        GapReference.Same(recommended.GetProperty("df"), delta.Df);
        Assert.Equal(recommended.GetProperty("method").GetString() == "newcombe5" ? "newcombe-5" : "feng-cliff", delta.Method);

        var theta = NewcombeMethod5.Interval(delta.Superiority, down.Persons, up.Persons, 0.95);
        GapReference.Same(expected.GetProperty("newcombe5_ci_delta"), new Interval(2 * theta.Low - 1, 2 * theta.High - 1));
    }

    [Theory, MemberData(nameof(Likert))]
    public void The_other_ways_of_fengs_and_cliffs_interval_have_the_reference_figures(string name)
    {
        var (down, up, expected) = Case(name);
        var delta = CliffDelta.Of(down, up);
        double z = Distributions.NormalQuantile(0.95), t = Distributions.StudentQuantile(0.95, down.Persons + up.Persons - 2);
        foreach (var (key, variance, quantile) in new[]
        {
            ("feng_cliff_consistent_z", delta.ConsistentVariance, z), ("feng_cliff_consistent_t", delta.ConsistentVariance, t),
            ("feng_cliff_unbiased_z", delta.UnbiasedVariance, z), ("feng_cliff_unbiased_t", delta.UnbiasedVariance, t),
        })
        {
            // The degenerate cases do not have all of them.
            if (expected.GetProperty("cliff").TryGetProperty(key, out var interval))
                GapReference.Same(interval, CliffDelta.Asymmetric(delta.Delta, variance!.Value, quantile));
        }
    }

    [Theory, MemberData(nameof(Likert))]
    public void Rank_tests_have_the_reference_figures(string name)
    {
        var (down, up, expected) = Case(name);
        var rank = MannWhitney.Of(down, up);
        var mannWhitney = expected.GetProperty("mann_whitney");
        Assert.Equal(mannWhitney.GetProperty("U").GetDouble(), rank.U);
        GapReference.Same(mannWhitney.GetProperty("sd_tie_corrected"), rank.StandardDeviation);
        GapReference.Same(mannWhitney.GetProperty("p_continuity"), rank.P);
        if (GapReference.Number(mannWhitney.GetProperty("p_no_continuity")) is { } uncorrected)
            Near.Equal(uncorrected, Distributions.NormalTwoSided((rank.U - mannWhitney.GetProperty("mean").GetDouble()) / rank.StandardDeviation));

        var placements = Placements.Of(down, up);
        var studentized = BrunnerMunzel.Of(placements);
        if (expected.GetProperty("brunner_munzel") is not { ValueKind: JsonValueKind.Object } brunnerMunzel)
        {
            Assert.Null(studentized);
            return;
        }

        GapReference.Same(brunnerMunzel.GetProperty("W"), studentized?.W);
        GapReference.Same(brunnerMunzel.GetProperty("df"), studentized?.Df);
        GapReference.Same(brunnerMunzel.GetProperty("p"), studentized?.P);
        double n = down.Persons, m = up.Persons;
        GapReference.Same(brunnerMunzel.GetProperty("sx2"), placements.DownstreamSquares * m * m / (4 * (n - 1)));
        GapReference.Same(brunnerMunzel.GetProperty("sy2"), placements.UpstreamSquares * n * n / (4 * (m - 1)));
    }

    [Theory, MemberData(nameof(Likert))]
    public void The_exact_permutation_test_has_the_reference_figures(string name)
    {
        var (down, up, expected) = Case(name);
        long[] pooled = [.. down.Counts.Zip(up.Counts, (x, y) => x + y)];
        var tables = new PooledTables([.. pooled], down.Persons).Count(most: 10_000_000);
        var test = StudentizedPermutation.Of(down, up);
        Assert.Equal(pooled.Count(t => t > 0) == 1 ? "tied" : tables <= 100_000 ? "permutation" : "brunner-munzel-t", test.Method);
        if (test.Method == StudentizedPermutation.BrunnerMunzelT)
            GapReference.Same(expected.GetProperty("brunner_munzel").GetProperty("p"), test.P);

        // The reference has an exact p for some cases only, and for one beyond the limit.
        if (expected.TryGetProperty("studentized_permutation_exact", out var exact))
        {
            Assert.Equal(exact.GetProperty("tables").GetInt64(), tables);
            GapReference.Same(exact.GetProperty("p"), StudentizedPermutation.Of(down, up, mostTables: tables).P);
        }
    }

    [Theory, MemberData(nameof(Proportions))]
    public void A_gap_of_shares_has_the_reference_figures(string name)
    {
        var expected = GapReference.Of("proportions", name);
        var (down, up) = (GapReference.Share(expected.GetProperty("down")), GapReference.Share(expected.GetProperty("up")));
        var gap = ProportionGap.Between(down, up);

        GapReference.Same(expected.GetProperty("diff"), gap.Difference);
        GapReference.Same(expected.GetProperty("newcombe_95"), gap.Interval);
        GapReference.Same(expected.GetProperty("wilson_down"), Wilson.Interval(down));
        GapReference.Same(expected.GetProperty("wilson_up"), Wilson.Interval(up));
        GapReference.Same(expected.GetProperty("fisher_two_sided_p"), gap.FisherP);
        GapReference.Same(expected.GetProperty("fisher_midp_two_sided"), gap.MidP);
    }

    [Fact]
    public void Wilson_intervals_have_the_reference_figures()
    {
        foreach (var entry in GapReference.Of("wilson").EnumerateObject())
        {
            var parts = entry.Name.Split('/').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            GapReference.Same(entry.Value, Wilson.Interval(new(parts[0], parts[1])));
        }
    }

    [Theory]
    [InlineData("benjamini_hochberg")]
    [InlineData("benjamini_hochberg_ties_and_missing")]
    public void Adjusted_p_values_have_the_reference_figures(string key)
    {
        var expected = GapReference.Of(key);
        var adjusted = FalseDiscovery.Adjust([.. expected.GetProperty("p").EnumerateArray().Select(GapReference.Number)]);
        foreach (var (bh, found) in expected.GetProperty("bh").EnumerateArray().Zip(adjusted))
            GapReference.Same(bh, found);

        if (expected.TryGetProperty("rejected_at_0.05", out var rejected))
        {
            Assert.Equal(rejected.EnumerateArray().Select(r => r.GetBoolean()), adjusted.Select(p => p <= 0.05));
            Assert.Equal(expected.GetProperty("rejected_at_0.25").GetInt32(), adjusted.Count(p => p <= 0.25));
        }
    }

    [Theory]
    [InlineData("S1")]
    [InlineData("S2_small")]
    public void Paired_dominance_has_the_reference_figures(string name)
    {
        var expected = GapReference.Of("paired", name);
        // The reference counts guess minus own view; the tallies count the opposite.
        var paired = PairedDominance.Of(Differences.OwnMinusGuess(expected.GetProperty("diff_histogram").EnumerateObject()
            .Select(p => KeyValuePair.Create(-int.Parse(p.Name, CultureInfo.InvariantCulture), p.Value.GetInt64()))));

        Assert.Equal(expected.GetProperty("n").GetInt64(), paired.Persons);
        GapReference.Same(expected.GetProperty("dominance"), paired.Dominance);
        GapReference.Same(expected.GetProperty("var_dominance"), paired.Variance);
        GapReference.Same(expected.GetProperty("ci95_t"), paired.Unclipped!.Value);
        GapReference.Same(expected.GetProperty("sign_test_exact_p"), paired.SignTestP);
    }

    [Fact]
    public void A_trend_has_the_reference_figures()
    {
        var expected = GapReference.Of("trend_waves");
        BySide<Histogram> Wave(string key) => new(GapReference.Histogram(expected.GetProperty(key)[0]), GapReference.Histogram(expected.GetProperty(key)[1]));
        var trend = Trend.Between(Wave("wave1"), Wave("wave2"));

        GapReference.Same(expected.GetProperty("delta1"), trend.Before.Delta);
        GapReference.Same(expected.GetProperty("delta2"), trend.After.Delta);
        GapReference.Same(expected.GetProperty("var1"), trend.Before.ConsistentVariance);
        GapReference.Same(expected.GetProperty("var2"), trend.After.ConsistentVariance);
        GapReference.Same(expected.GetProperty("change"), trend.Change);
        GapReference.Same(expected.GetProperty("ci95_z"), trend.Interval);
        GapReference.Same(expected.GetProperty("p"), trend.P);
    }

    [Fact]
    public void A_weighted_delta_has_the_reference_figure()
    {
        var expected = GapReference.Of("weighted_delta");
        double[] Weights(string key) => [.. expected.GetProperty(key).EnumerateArray().Select(w => w.GetDouble())];
        GapReference.Same(expected.GetProperty("delta"), WeightedDelta.Of(Weights("down_weighted_counts"), Weights("up_weighted_counts")));
    }

    [Fact]
    public void Coorientation_has_the_reference_figures()
    {
        var expected = GapReference.Of("coorientation");
        Histogram Data(string key) => GapReference.Histogram(expected.GetProperty("data").GetProperty(key));
        var nobody = Differences.Of(0, 0, 0);
        var coorientation = Coorientation.Of(
            new(Data("down_own"), Data("up_own")), new(new(Data("down_guess_of_up"), Data("up_guess_of_down")), new(nobody, nobody)), minimumGroup: 10);

        foreach (var (key, delta) in new[]
        {
            ("agreement_down_minus_up", coorientation.Agreement),
            ("up_accuracy_guess_minus_down_own", coorientation.Views.Upstream.Accuracy),
            ("down_accuracy_guess_minus_up_own", coorientation.Views.Downstream.Accuracy),
        })
        {
            GapReference.Same(expected.GetProperty(key).GetProperty("delta"), delta!.Delta);
            // The reference gives the normal quantile here, not the interval that is reported.
            GapReference.Same(
                expected.GetProperty(key).GetProperty("ci"),
                CliffDelta.Asymmetric(delta.Delta, delta.ConsistentVariance!.Value, Distributions.NormalQuantile(0.95)));
        }
    }

    [Fact]
    public void Geometric_noise_has_the_reference_figures()
    {
        foreach (var entry in GapReference.Of("geometric_mechanism").EnumerateObject())
        {
            var noise = new GeometricNoise(double.Parse(entry.Name, CultureInfo.InvariantCulture));
            GapReference.Same(entry.Value.GetProperty("alpha"), noise.Alpha);
            GapReference.Same(entry.Value.GetProperty("p0"), noise.Probability(0));
            GapReference.Same(entry.Value.GetProperty("var"), noise.Variance);
            foreach (var (expected, z) in entry.Value.GetProperty("pmf_0_to_5").EnumerateArray().Select((p, z) => (p, z)))
                GapReference.Same(expected, noise.Probability(-z));
        }
    }

    [Fact]
    public void The_published_example_of_the_effsize_package_comes_out()
    {
        var expected = GapReference.Of("cliff_published_check");
        Histogram Answers(string key)
        {
            var answers = expected.GetProperty(key).EnumerateArray().Select(a => a.GetInt32()).ToArray();
            return Histogram.Of([.. Enumerable.Range(1, 5).Select(point => answers.LongCount(a => a == 10 * point))]);
        }

        var delta = CliffDelta.Of(Answers("x"), Answers("y"));
        GapReference.Same(expected.GetProperty("delta"), delta.Delta);
        GapReference.Same(
            expected.GetProperty("ci_consistent_z"), CliffDelta.Asymmetric(delta.Delta, delta.ConsistentVariance!.Value, Distributions.NormalQuantile(0.95)));
        GapReference.Same(
            expected.GetProperty("ci_unbiased_t14"), CliffDelta.Asymmetric(delta.Delta, delta.UnbiasedVariance!.Value, Distributions.StudentQuantile(0.95, 14)));
    }

    private static (Histogram Downstream, Histogram Upstream, JsonElement Expected) Case(string name)
    {
        var expected = GapReference.Of("likert", name);
        return (GapReference.Histogram(expected.GetProperty("downstream")), GapReference.Histogram(expected.GetProperty("upstream")), expected);
    }
}
