using CsCheck;
using FossVoices.Reports;

namespace FossVoices.Tests.Reports;

public sealed class RoundingTests
{
    public static TheoryData<long, long, string> Shown { get; } = new()
    {
        { 90, 120, "75 %" }, { 20, 80, "25 %" }, { 1, 120, "under 3 %" }, { 120, 120, "over 97 %" },
        { 60, 60, "over 95 %" }, { 0, 60, "under 5 %" }, { 3, 60, "10 %" }, { 57, 60, "90 %" }, { 0, 41, "under 5 %" }, { 41, 41, "over 95 %" },
        { 0, 30, "few" }, { 40, 40, "nearly all" }, { 15, 30, "50 %" }, { 151, 300, "50 %" }, { 152, 300, "51 %" }, { 300, 300, "over 99 %" }, { 500, 1000, "50 %" },
        { 29, 29, "nearly all" }, { 0, 29, "few" }, { 15, 29, "about half" }, { 5, 29, "some" }, { 22, 29, "most" },
        { 10, 10, "more than half" }, { 5, 10, "about half" }, { 5, 5, "half or more" }, { 2, 5, "fewer than half" },
    };

    [Theory]
    [MemberData(nameof(Shown))]
    public void A_share_is_shown_as_coarsely_as_its_group_is_small(long persons, long of, string label) => Assert.Equal(label, Rounding.Of(persons, of).Label);

    [Fact]
    public void At_least_three_counts_look_alike_whatever_the_group()
    {
        for (var of = 5; of <= 1200; of++)
        {
            var alike = Enumerable.Range(0, of + 1).GroupBy(persons => Rounding.Of(persons, of).Label, StringComparer.Ordinal);
            Assert.All(alike, counts => Assert.True(counts.Count() >= Rounding.LookAlike, $"{string.Join(",", counts)} of {of} are shown as {counts.Key}"));
        }
    }

    [Fact]
    public void A_share_lies_in_the_range_that_its_label_stands_for() => Gen.Select(Gen.Long[5, 3000], Gen.Double[0, 1]).Sample((of, part) =>
    {
        var persons = (long)Math.Round(part * of);
        var shown = Rounding.Of(persons, of);
        Assert.InRange((double)persons / of, shown.From - 1e-9, shown.To + 1e-9);
        Assert.InRange(shown.To - shown.From, 0, 0.5);
    });

    [Fact]
    public void Yes_and_no_are_rounded_alike() => Gen.Select(Gen.Long[10, 3000], Gen.Double[0, 1]).Sample((of, part) =>
    {
        var persons = (long)Math.Round(part * of);
        var (yes, no) = (Rounding.Of(persons, of), Rounding.Of(of - persons, of));
        Assert.Equal(1 - no.To, yes.From, 9);
        Assert.Equal(1 - no.From, yes.To, 9);
    });

    [Fact]
    public void Labels_rise_with_the_share() => Gen.Long[5, 500].Sample(of =>
    {
        var from = Enumerable.Range(0, (int)of + 1).Select(persons => Math.Round(Rounding.Of(persons, of).From, 9)).ToArray();
        Assert.Equal(from.Order(), from);
    });
}
