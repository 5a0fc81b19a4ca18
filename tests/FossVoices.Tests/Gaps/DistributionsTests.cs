using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

public sealed class DistributionsTests
{
    [Theory]
    [InlineData(1, 12.706204736174694)]
    [InlineData(1.5, 6.016663104)]
    [InlineData(14, 2.1447866879169273)]
    [InlineData(1000, 1.962339080792)]
    public void Quantiles_of_student_are_those_of_the_tables(double df, double quantile) =>
        Assert.Equal(quantile, Distributions.StudentQuantile(0.95, df), 8);

    [Fact]
    public void A_quantile_far_out_is_found() => Assert.Equal(63661977.236758, Distributions.StudentQuantile(1 - 1e-8, 1), 1000.0);

    [Theory]
    [InlineData(10_000)]
    [InlineData(1_000_000)]
    public void Where_the_normal_expansion_takes_over_nothing_jumps(double df)
    {
        Near.Equal(Distributions.StudentQuantile(0.95, df), Distributions.StudentQuantile(0.95, df * (1 + 1e-7)));
        Near.Equal(Distributions.StudentTwoSided(2, df), Distributions.StudentTwoSided(2, df * (1 + 1e-7)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(300)]
    [InlineData(30_000)]
    [InlineData(3_000_000)]
    public void The_tail_beyond_a_quantile_is_what_confidence_leaves(double df) =>
        Near.Equal(0.05, Distributions.StudentTwoSided(Distributions.StudentQuantile(0.95, df), df));
}
