using FossVoices.Gaps;
using FossVoices.Reports;

namespace FossVoices.Tests.Reports;

public sealed class DraftTests
{
    [Fact]
    public void A_report_reads_back_from_its_JSON_as_it_was()
    {
        foreach (var audience in Enum.GetValues<Audience>())
        {
            var report = Draft.Of(SampleStudy.Of(), SampleCounts.Facts(audience, SampleCounts.WithGaps(), SampleCounts.Narrators()));
            var again = ReportJson.Read(ReportJson.Of(report));
            Assert.Equal(ReportJson.Of(report), ReportJson.Of(again));
            Assert.Equal(Markdown.Of(ReportText.Of(report)), Markdown.Of(ReportText.Of(again)));
        }
    }

    [Fact]
    public void Verdicts_are_those_of_the_gap_table()
    {
        var counts = SampleCounts.WithGaps();
        var table = GapTable.Of(counts.Counts with { MinimumGroup = 10 });
        var section = Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, counts)).Sections[0];
        Assert.Equal(table.Items.Select(row => row.Comparison?.Verdict), section.Items.Select(item => item.Comparison?.Verdict));
        Assert.Equal(table.Codes.Select(row => row.Comparison?.Verdict), section.Codes.Select(code => code.Comparison?.Verdict));
        Assert.Equal(table.Items.Select(row => row.Comparison?.Stance), section.Items.Select(item => item.Comparison?.Stance));
    }

    [Fact]
    public void A_channel_gets_no_count_and_a_researcher_gets_them_all()
    {
        var counts = SampleCounts.WithGaps();
        var channel = ReportJson.Of(Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, counts)));
        Assert.DoesNotContain("figures", channel, StringComparison.Ordinal);

        var researcher = Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Researcher, counts)).Sections[0];
        foreach (var (line, row) in researcher.Items.Zip(GapTable.Of(counts.Counts with { MinimumGroup = 5 }).Items))
        {
            var again = ItemGap.Between(Histogram.Of(line.Figures!.Downstream), Histogram.Of(line.Figures.Upstream));
            Assert.Equal(row.Comparison!.Gap, again);
            Assert.Equal(row.Comparison.Gap, line.Figures.Gap);
            Assert.Equal(row.Comparison.AdjustedP, line.Figures.AdjustedP);
        }
    }

    [Fact]
    public void A_side_below_the_minimum_leaves_no_trace_of_what_it_said()
    {
        var (some, others) = (SampleCounts.EightAndForty(), SampleCounts.EightAndForty());
        others = others with
        {
            Counts = others.Counts with
            {
                Items = [.. others.Counts.Items.Select(item => item with { Own = item.Own with { Upstream = Histogram.Of([.. item.Own.Upstream.Counts.Reverse()]) } })],
                Codes = [.. others.Counts.Codes.Select(code => code with { Mentioning = code.Mentioning with { Upstream = new(7 - code.Mentioning.Upstream.Persons, 7) } })],
            },
        };
        Assert.Equal(
            ReportJson.Of(Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, some))),
            ReportJson.Of(Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, others))));
    }

    [Fact]
    public void Narrators_never_count_towards_a_minimum_nor_mix_with_answers()
    {
        var report = Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, SampleCounts.AllAlike(up: 9, down: 9), SampleCounts.Narrators()));
        Assert.All(report.Sections[0].Items, item => Assert.Null(item.Downstream));
        Assert.Equal(("3", "3"), (report.Sections[1].Persons.Upstream, report.Sections[1].Persons.Downstream));
        Assert.Equal("3 of 3", report.Sections[1].Codes[0].Upstream!.Mentioning.Label);
    }

    [Fact]
    public void Six_narrators_get_no_verdict_and_twenty_do()
    {
        var few = Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Researcher, SampleCounts.Narrators())).Sections[1];
        Assert.True(few.NoVerdicts);
        Assert.All(few.Codes, code => Assert.Null(code.Comparison?.Verdict));

        var many = SampleCounts.Narrators() with
        {
            Counts = new([], [new("burnout", new(new(0, 10), new(9, 10)))], [], 1),
            Coverage = new([new("upstream", "", "import", 10, 10, 10), new("downstream", "", "import", 10, 10, 10)]),
        };
        Assert.Equal(GapVerdict.Clear, Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, many)).Sections[1].Codes[0].Comparison!.Verdict);
    }

    [Fact]
    public void Nothing_is_clear_where_each_side_came_by_a_platform_of_its_own()
    {
        var counts = SampleCounts.WithGaps() with { Coverage = new([new("upstream", "", "discord", 80, 80, 80), new("downstream", "", "web", 120, 120, 120)]) };
        var section = Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, counts)).Sections[0];
        Assert.True(section.Confounded);
        Assert.DoesNotContain(section.Items, item => item.Comparison!.Verdict == GapVerdict.Clear);
        Assert.Contains("Nothing is called clear", PlainText.Of(ReportText.Of(Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, counts)))), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_audiences_have_a_floor_that_no_study_can_lower()
    {
        var counts = SampleCounts.AllAlike(up: 4, down: 4);
        foreach (var audience in Enum.GetValues<Audience>())
            Assert.All(Draft.Of(SampleStudy.Of(minimumGroup: 1), SampleCounts.Facts(audience, counts)).Sections[0].Items, item => Assert.Null(item.Downstream));
    }

    [Fact]
    public void A_small_way_of_coming_cannot_be_found_by_subtraction()
    {
        var came = new Coverage([new("upstream", "", "web", 20, 20, 20), new("upstream", "", "discord", 30, 30, 30), new("downstream", "", "teams", 3, 3, 3), new("downstream", "", "web", 40, 40, 40)]);
        var lines = Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, SampleCounts.WithGaps() with { Coverage = came })).Sections[0].Coverage;
        Assert.Equal(["discord", "teams"], lines.Where(line => line.Group == "platform" && line.Started == CoverageLines.NotShown).Select(line => line.Name));
    }
}
