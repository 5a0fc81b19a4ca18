using FossVoices.Host.Commands;
using FossVoices.Tests.Studies;

namespace FossVoices.Tests.Commands;

public sealed class PlatformsTests
{
    [Theory]
    [InlineData(26, "'use' has 26 options, and a list on Discord has 25: people on Discord turn pages")]
    [InlineData(25, null)]
    public void A_list_that_is_longer_than_a_platform_shows_is_told_of(int options, string? told)
    {
        var labels = string.Join(", ", Enumerable.Range(1, options).Select(i => $"\"o{i}\": \"Option {i}\""));
        var loaded = SmallStudy.With("flows/survey.json", $$"""
            "items": [ { "id": "use", "type": "pick", "ask": "For what?", "least": 0, "most": 3, "options": { {{labels}} } } ]
            """, Platforms.Limits);

        Assert.Equal(told is null ? [] : [told], loaded.Problems.Where(p => p.Code == "FV036").Select(p => p.Message));
    }

    [Fact]
    public void A_long_label_is_cut_on_Discord_and_whole_in_Teams()
    {
        var loaded = SmallStudy.With("flows/survey.json", $$"""
            "items": [ { "id": "use", "type": "choice", "ask": "For what?", "options": { "a": "{{new string('a', 81)}}", "b": "B" } } ]
            """, Platforms.Limits);

        Assert.Equal(
            "this text has 81 characters, and Discord shows 80 there: people on Discord see its beginning and …",
            Assert.Single(loaded.Problems, p => p.Code == "FV036").Message);
    }

    [Fact]
    public async Task Every_platform_shows_the_bundled_study_whole()
    {
        using var fossvoices = new Fossvoices();

        Assert.DoesNotContain("FV036", (await fossvoices.SayAsync("check")).Out, StringComparison.Ordinal);
    }
}
