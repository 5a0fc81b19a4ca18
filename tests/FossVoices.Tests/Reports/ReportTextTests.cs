using FossVoices.Reports;

namespace FossVoices.Tests.Reports;

/// <summary>What people read, as approved.</summary>
public sealed class ReportTextTests
{
    [Fact]
    public void Nobody_yet() => Match(Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel)));

    [Fact]
    public void Below_the_minimum() => Match(Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, SampleCounts.AllAlike(up: 9, down: 4))));

    [Fact]
    public void Eight_upstream_and_forty_downstream() =>
        Match(Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, SampleCounts.EightAndForty())));

    [Fact]
    public void Eight_upstream_and_forty_downstream_for_researchers() =>
        Match(Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Researcher, SampleCounts.EightAndForty())));

    [Fact]
    public void Sixty_on_each_side_with_gaps() => Match(Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, SampleCounts.SixtyEach())));

    [Fact]
    public void Hundred_and_twenty_and_eighty_for_researchers() =>
        Match(Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Researcher, SampleCounts.WithGaps())));

    [Fact]
    public void Six_narrators_who_published_their_words() =>
        Match(Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, SampleCounts.Narrators())));

    [Fact]
    public void Everyone_agrees() => Match(Draft.Of(SampleStudy.Of(), SampleCounts.Facts(Audience.Channel, SampleCounts.AllAlike(up: 40, down: 60))));

    [Fact]
    public void Hostile_words() => Match(Draft.Of(
        SampleStudy.Of(text => $"@everyone <b>{text}</b> [a](http://example.org/evil) `*|~` # \u202Eback\u0007\u001b[31m e\u0301\u0302\u0303\u0304\u0305\u0306 \n> next"),
        SampleCounts.Facts(Audience.Channel, SampleCounts.WithGaps())));

    private static void Match(GapReport report, [System.Runtime.CompilerServices.CallerFilePath] string file = "", [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var document = ReportText.Of(report);
        Golden.Match(PlainText.Of(document) + "\n~~~~~~~~ as Markdown\n\n" + Markdown.Of(document), file, test);
    }
}
