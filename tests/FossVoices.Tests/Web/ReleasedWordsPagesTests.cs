using FossVoices.Channels;
using FossVoices.Tests.Fieldwork;
using static FossVoices.Tests.Fieldwork.RoundTests;
using static FossVoices.Tests.Fieldwork.ToldWordsTests;

namespace FossVoices.Tests.Web;

/// <summary>The report in words as anybody reads it in the browser, and the page on which a round is prepared.</summary>
public sealed class ReleasedWordsPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_report_in_words_is_a_page_once_it_was_posted_and_shows_what_its_authors_let_stand()
    {
        await using var street = await ReleasedAsync();
        await using var web = await Onlookers.ComeAsync(street, []);
        var before = await web.OpenAsync("/r/s/words");
        await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation);
        var drawn = await web.OpenAsync("/r/s/words");
        Assert.Equal((404, 404), (before.Status, drawn.Status)); // Those quoted have the first look.
        Assert.DoesNotContain("the words of", drawn.Text, StringComparison.Ordinal);

        await PassAsync(street, TimeSpan.FromDays(3));
        var posted = await web.OpenAsync("/r/s/words");

        Assert.Equal((200, street.Study.Title), (posted.Status, posted.Heading));
        Assert.All(People, person => Assert.Contains($"“the words of {person}”", posted.Text, StringComparison.Ordinal));
        await OwnAsync(street, "up0", "1 no");
        await street.SaysAsync("down1", new Said.Withdraw());
        var after = await web.OpenAsync("/r/s/words");
        Assert.DoesNotContain("of up0", after.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("of down1", after.Text, StringComparison.Ordinal);
        Assert.Contains("“the words of up1”", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_words_are_text_on_the_page()
    {
        await using var street = await ReleasedAsync();
        await using var web = await Onlookers.ComeAsync(street, []);
        await street.SaysAsync("up0", new Said.Release("1", "anonymous", Text: "<script>alert(1)</script> <img src=x onerror=alert(1)> 0"));
        await CodeAllAsync(street);
        await street.SaysAsync("up0", new Said.Release("1", "anonymous"));
        await street.WordsPosting.DrawAsync(street.Study, wave: null, "max", Cancellation);
        await PassAsync(street, TimeSpan.FromDays(3));

        var page = await web.OpenAsync("/r/s/words");

        Assert.Contains("alert(1)", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", page.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("", "up0 up1 up2 down0 down1 down2")]
    [InlineData("?side=upstream", "up0 up1 up2")]
    [InlineData("?side=downstream", "down0 down1 down2")]
    [InlineData("?code=burnout", "up0 down0")]
    [InlineData("?code=trust&side=downstream", "down1")]
    [InlineData("?question=survey.why", "up0 up1 up2 down0 down1 down2")]
    [InlineData("?question=survey.why&code=busfactor&side=upstream", "up2")]
    [InlineData("?question=import", "")]
    [InlineData("?code=%3Cscript%3E", "")]
    public async Task A_round_s_candidates_are_looked_through_by_question_code_and_side(string query, string people)
    {
        await using var street = await ReleasedAsync();
        await using var web = await Onlookers.ComeAsync(street, []);

        var page = await web.ReviewAsync($"round{query}");

        Assert.Equal(200, page.Status);
        Assert.Equal(
            people.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            People.Where(person => page.Text.Contains($"the words of {person}", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("<script>\"", page.Html, StringComparison.Ordinal);
    }
}
