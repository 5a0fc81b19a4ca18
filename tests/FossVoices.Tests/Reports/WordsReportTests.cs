using FossVoices.Flows;
using FossVoices.Gaps;
using FossVoices.Reports;
using FossVoices.Studies;

namespace FossVoices.Tests.Reports;

/// <summary>A report in words tells of people who released something, and of nothing else.</summary>
public sealed class WordsReportTests
{
    private static readonly Study s_study = StudyFolder.Load(Path.Combine(Repository.Surveys, "pypi-expectations")).Study!;

    [Fact]
    public void Themes_are_told_by_side_with_how_many_released_something_and_what_became_of_them() => Golden.Match(PlainText.Of(WordsReport.Of(
        s_study,
        [
            Said("a", "upstream", "Nobody asked whether I could.", "burnout"), Said("b", "upstream", "It was on me.", "burnout", "trust"), Said("c", "downstream", "I never thought about it.", "magic"),
            Said("d", "downstream", null, "burnout"), Said("a", "upstream", "Again it was me.", "burnout"), Said("a", "upstream", "And once more.", "burnout"),
        ],
        WordsReport.ShiftsOf(s_study, [new Shifted("It should just work", "upstream", Differences.Of(1, 2, 0)), new Shifted("It should just work", "downstream", Differences.Of(2, 0, 0))]),
        [new ThemeAction("burnout", "Nobody says when it is too much.", "", "A line in every call.")])));

    [Fact]
    public void A_study_in_French_is_told_of_in_French()
    {
        var study = s_study.In("fr") with { Language = "fr" };
        var report = WordsReport.Of(
            study,
            [
                .. new[]
                {
                    Said("a", "upstream", "Personne ne m’a demandé.", "burnout") with { Reply = "C’était avant." }, Said("b", "downstream", "Je n’y avais jamais pensé.", "burnout"),
                    Said("c", "upstream", "Tout reposait sur moi.", "trust"),
                }.Select(said => said with { Shown = new ShownExcerpt(said.Shown!.Text, study.Sides[said.Side]) }),
            ],
            WordsReport.ShiftsOf(study, [new Shifted("Cela doit marcher", "upstream", Differences.Of(1, 2, 0)), new Shifted("Cela doit marcher", "downstream", Differences.Of(2, 1, 0))]),
            [new ThemeAction("burnout", "Trop est trop.", "On compte.", "C’est fait.")]);

        Golden.Match($"{PlainText.Of(report)}\n{WordsMessage.Discord(report, "fr")}");
        Assert.Contains("\"lang\":\"fr\"", WordsMessage.Card(report, "fr"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 0, 0, null)] // Too few: most of two is both of them.
    [InlineData(0, 5, 0, null)]
    [InlineData(1, 2, 0, "some")]
    [InlineData(1, 2, 1, "some")]
    [InlineData(2, 1, 0, "most")]
    [InlineData(0, 0, 3, "most")]
    public void A_shift_is_told_in_words_and_only_where_it_tells_on_nobody(long up, long same, long down, string? told) =>
        Assert.Equal(told, WordsReport.Moved(Differences.Of(up, same, down)));

    [Fact]
    public void Where_nothing_was_released_nothing_is_told() =>
        Assert.DoesNotContain("Came up", PlainText.Of(WordsReport.Of(s_study, [], [], [])), StringComparison.Ordinal);

    [Fact]
    public void What_simulated_people_said_is_said_to_be_simulated() =>
        Assert.Contains("simulated", PlainText.Of(WordsReport.Of(s_study with { Simulated = true }, [], [], [])), StringComparison.Ordinal);

    private static SaidOn Said(string person, string side, string? text, params string[] codes) =>
        new(person, side, [.. codes], text is null ? null : new ShownExcerpt(text, s_study.Sides[side]));
}
