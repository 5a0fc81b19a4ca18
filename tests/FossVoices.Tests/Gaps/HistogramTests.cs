using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

public sealed class HistogramTests
{
    [Theory]
    [InlineData(new long[0], "A scale has 1 to 100 points; 0 counts were given.")]
    [InlineData(new long[] { 3, -1 }, "Point 2 has -1 persons; a count is 0 or more.")]
    [InlineData(new[] { long.MaxValue, long.MaxValue }, "The counts add up to more than 1000000000 persons; give counts of persons on one side.")]
    public void Counts_that_are_none_of_a_scale_are_refused_in_one_sentence(long[] counts, string sentence)
    {
        Assert.Equal(sentence, Histogram.Refusal(counts));
        Assert.StartsWith(sentence, Assert.Throws<ArgumentException>(() => Histogram.Of(counts)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Agreeing_is_counted_from_a_point_on()
    {
        var histogram = Histogram.Of(1, 2, 3, 4, 5);
        Assert.Equal(new Share(9, 15), histogram.AtOrAbove(4));
        Assert.Equal(new Share(15, 15), histogram.AtOrAbove(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.AtOrAbove(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.AtOrAbove(0));
    }

    [Fact]
    public void Equal_counts_are_equal_histograms()
    {
        Assert.Equal(Histogram.Of(1, 2), Histogram.Of(1, 2));
        Assert.NotEqual(Histogram.Of(1, 2), Histogram.Of(2, 1));
        Assert.Equal(Histogram.Of(1, 2).GetHashCode(), Histogram.Of(1, 2).GetHashCode());
    }

    [Theory]
    [InlineData(3, 2, "3/2 is no share of persons; the first number is at most the second.")]
    [InlineData(-1, 2, "-1/2 is no share of persons; both numbers are 0 or more.")]
    [InlineData(1, 2_000_000_000, "A share is of at most 1000000000 persons.")]
    public void Counts_that_are_none_of_a_share_are_refused_in_one_sentence(long persons, long of, string sentence)
    {
        Assert.Equal(sentence, Share.Refusal(persons, of));
        Assert.StartsWith(sentence, Assert.Throws<ArgumentException>(() => new Share(persons, of)).Message, StringComparison.Ordinal);
    }
}
