using System.Globalization;
using FossVoices.Gaps;
using FossVoices.Reports;

namespace FossVoices.Tests.Reports;

/// <summary>What docs/method.md claims in figures is computed here again.</summary>
public sealed class MethodTests
{
    private const int Seed = 20261122;

    private static readonly string s_method = File.ReadAllText(Path.Combine(Repository.Root, "docs", "method.md"));

    public static TheoryData<int, int, string> Cases { get; } = new()
    {
        { 8, 40, "none" }, { 8, 40, "none, spreads differ" }, { 8, 40, "medium" }, { 60, 60, "none" }, { 60, 60, "none, spreads differ" }, { 60, 60, "medium" },
    };

    [Fact]
    public void The_worked_example_comes_out_as_written()
    {
        var (down, up) = (Histogram.Of(4, 10, 14, 40, 32), Histogram.Of(10, 22, 20, 28, 10));
        var gap = ItemGap.Between(down, up);
        var placements = Placements.Of(down, up);
        var (agreeDown, agreeUp) = (SideStance.Of(down, 4), SideStance.Of(up, 4));
        Says($"| pairs in which downstream is higher, lower, tied | {placements.Greater}, {placements.Less}, {placements.Ties} |");
        Says(string.Create(CultureInfo.InvariantCulture, $"| d | ({placements.Greater} - {placements.Less}) / {placements.Pairs} = {gap.Delta:0.0000} |"));
        Says(string.Create(CultureInfo.InvariantCulture, $"| consistent variance | {CliffDelta.Of(down, up).ConsistentVariance:0.000000} |"));
        Says(string.Create(CultureInfo.InvariantCulture, $"| degrees of freedom | {gap.BmDf:0.00} |"));
        Says(string.Create(CultureInfo.InvariantCulture, $"| 95 % interval | {gap.CiLow:0.0000} to {gap.CiHigh:0.0000} |"));
        Says(string.Create(CultureInfo.InvariantCulture, $"| p | {gap.P:0.00000000} |"));
        Says(string.Create(CultureInfo.InvariantCulture, $"| agree downstream | {agreeDown.Agreeing.Persons} of {agreeDown.Agreeing.Of}, interval {agreeDown.Interval.Low:0.000} to {agreeDown.Interval.High:0.000}: {agreeDown.Stance.ToString().ToLowerInvariant()} |"));
        Says(string.Create(CultureInfo.InvariantCulture, $"| agree upstream | {agreeUp.Agreeing.Persons} of {agreeUp.Agreeing.Of}, interval {agreeUp.Interval.Low:0.000} to {agreeUp.Interval.High:0.000}: {agreeUp.Stance.ToString().ToLowerInvariant()} |"));
        Says($"| shown in a channel | ▼ {Rounding.Of(agreeDown.Agreeing.Persons, 100).Label}, ▲ {Rounding.Of(agreeUp.Agreeing.Persons, 90).Label} |");
        var size = EffectSize.Of(gap.Interval);
        Says($"| size | {(size.AtLeast ? "at least " : "")}{Words.Of(size.Class)} |");

        var codes = ProportionGap.Between(new(6, 120), new(31, 80));
        Says(string.Create(CultureInfo.InvariantCulture, $"6 of 120 against 31 of 80: difference {codes.Difference:0.0000}, interval {codes.CiLow:0.0000} to {codes.CiHigh:0.0000}"));

        var (none, twenty) = (new CoderError(20, 0, 0, 20), new CoderError(2, 18, 0, 20));
        Says(string.Create(
            CultureInfo.InvariantCulture,
            $"both shares become {twenty.Corrected(2 / 40.0):.000} and the difference of {(2 - 20) / 40.0:0.000} becomes {twenty.Corrected(2 / 40.0) - none.Corrected(20 / 40.0):0.000}"));

        var trend = Trend.Between(new(down, up), new(Histogram.Of(6, 14, 20, 36, 24), Histogram.Of(8, 16, 22, 30, 14)));
        Says(string.Create(
            CultureInfo.InvariantCulture,
            $"d goes from {trend.Before.Delta:0.0000} to {trend.After.Delta:0.0000}: a change of {trend.Change:0.0000}, from {trend.Interval.Low:0.0000} to {trend.Interval.High:0.0000}"));

        var held = TensionHolders.Of(new HalvesHeld(60, 5, 5, 10));
        Says(string.Create(CultureInfo.InvariantCulture, $"10 of 80 hold both (12.5 %); independence would give {held.Independent * 100:0.0} %; the excess is {held.Excess:0.0000}, from {held.ExcessInterval.Low:0.0000} to {held.ExcessInterval.High:0.0000}"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Verdicts_come_as_often_as_the_method_says(int up, int down, string gap)
    {
        var drawn = Draw(up, down, gap, reports: 400);
        Says(string.Create(
            CultureInfo.InvariantCulture,
            $"| {up} and {down} | {gap} | {Percent(drawn.Same)} | {Percent(drawn.CannotTell)} | {Percent(drawn.Probably)} | {Percent(drawn.Clear)} | {drawn.HeldByBoth * 100:0} % | {drawn.AnyClear * 100:0.0} % |"));
        if (gap != "medium")
            AssertFew(drawn.AnyClear, reports: 400);
    }

    /// <summary>The same with more reports, where three standard errors of the simulation are small.</summary>
    [Theory]
    [InlineData(8, 40, "none")]
    [InlineData(8, 40, "none, spreads differ")]
    [InlineData(10, 40, "none")]
    [InlineData(10, 40, "none, spreads differ")]
    [InlineData(15, 15, "none")]
    [InlineData(30, 100, "none, spreads differ")]
    [InlineData(60, 60, "none")]
    [InlineData(60, 60, "none, spreads differ")]
    public void In_the_long_run_hardly_any_report_claims_a_clear_gap_where_there_is_none(int up, int down, string gap)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("FOSSVOICES_LONG") == "1", "a long run: set FOSSVOICES_LONG=1");
        var drawn = Draw(up, down, gap, reports: 5000);
        TestContext.Current.SendDiagnosticMessage("{0} and {1}, {2}: {3:0.0000}", up, down, gap, drawn.AnyClear);
        AssertFew(drawn.AnyClear, reports: 5000);
    }

    [Fact]
    public void The_made_up_answers_have_the_gaps_they_are_said_to_have()
    {
        Assert.Equal(0, KnownAnswers.Delta(KnownAnswers.Leaning, KnownAnswers.Leaning), 9);
        Assert.Equal(0, KnownAnswers.Delta(KnownAnswers.Polarised, KnownAnswers.Even), 9);
        Assert.Equal(0.40, KnownAnswers.Delta(KnownAnswers.Leaning, KnownAnswers.Lower), 2);
    }

    private static Simulation Draw(int up, int down, string gap, int reports) => gap switch
    {
        "none" => KnownAnswers.Simulate(up, down, KnownAnswers.Leaning, KnownAnswers.Leaning, reports, Seed),
        "medium" => KnownAnswers.Simulate(up, down, KnownAnswers.Leaning, KnownAnswers.Lower, reports, Seed),
        _ => KnownAnswers.Simulate(up, down, KnownAnswers.Even, KnownAnswers.Polarised, reports, Seed),
    };

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    /// <summary>At most one report in twenty, and three standard errors of a simulation of this size.</summary>
    private static void AssertFew(double share, int reports) => Assert.InRange(share, 0, 0.05 + 3 * Math.Sqrt(0.05 * 0.95 / reports));

    private static void Says(string line) => Assert.True(s_method.Contains(line, StringComparison.Ordinal), $"docs/method.md should say: {line}");
}
