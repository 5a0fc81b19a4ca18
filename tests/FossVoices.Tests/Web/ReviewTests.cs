using System.Net;
using System.Text.RegularExpressions;
using FossVoices.Coding;
using FossVoices.Host.Commands;
using FossVoices.Host.Web.Review;

namespace FossVoices.Tests.Web;

/// <summary>The pages on which people code, without script, as two people would use them.</summary>
public sealed partial class ReviewTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_reads_an_answer_without_giving_a_name()
    {
        await using var served = await CodedGarden.StartAsync("The rain came at six.");
        using var eve = new Reader(served);

        Assert.Equal("/review/garden/name", (await eve.OpenAsync("/review/garden/next")).Path);
        Assert.Equal(422, (await eve.SendAsync(("name", "lexicon"))).Status);
        Assert.Contains("can't be a coder's name", eve.Page.Note, StringComparison.Ordinal);
        Assert.Equal("/review/garden", (await eve.SendAsync(("name", "Eve"))).Path);
        Assert.Contains("0 of 1 answers", eve.Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suggestion_is_shown_with_its_reason_and_what_is_ticked_is_kept_under_the_name()
    {
        await using var served = await CodedGarden.StartAsync("The rain came at six.");
        using var eve = await SignedInAsync(served, "Eve");

        await eve.OpenAsync("/review/garden/next");
        Assert.Equal("Which codes apply?", eve.Page.Heading);
        Assert.Contains("Tell us of one evening there.", eve.Page.Text, StringComparison.Ordinal);
        Assert.Contains("<mark title=\"Water\">rain</mark>", eve.Page.Html, StringComparison.Ordinal);
        Assert.Contains("“rain” (water.1)", eve.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Someone speaks of water.", eve.Page.Text, StringComparison.Ordinal);
        await eve.SendAsync(("code", "water"), ("quote-water", "The  RAIN"), ("at-water", "4"), ("memo", "About the season?"));

        Assert.Equal("Nothing is waiting", eve.Page.Heading);
        var said = await AssignmentsAsync(served);
        var mine = Assert.Single(said, a => a.Coder == "Eve");
        Assert.Equal((AssignmentStatus.Confirmed, 0, 8), (mine.Status, mine.Start, mine.Length));
        Assert.Single(said, a => a is { Coder: "lexicon", Status: AssignmentStatus.Suggested });
        await eve.OpenAsync("/review/garden/find?memo=1");
        Assert.Contains("Eve noted: About the season?", eve.Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_ticked_does_not_apply_and_both_can_be_undone()
    {
        await using var served = await CodedGarden.StartAsync("The rain came at six.");
        using var eve = await SignedInAsync(served, "Eve");
        await eve.OpenAsync("/review/garden/next");
        await eve.SendAsync(("quote-water", ""));
        Assert.Equal(AssignmentStatus.Rejected, Assert.Single(await AssignmentsAsync(served), a => a.Coder == "Eve").Status);

        await eve.OpenAsync("/review/garden");
        var after = await eve.SendAsync(FormAt(eve.Page, "/review/garden/undo"));

        Assert.Equal("Which codes apply?", after.Heading);
        Assert.DoesNotContain(await AssignmentsAsync(served), a => a.Coder == "Eve");
    }

    [Fact]
    public async Task Words_that_are_not_in_the_answer_come_back_to_be_mended()
    {
        await using var served = await CodedGarden.StartAsync("The rain came at six.");
        using var eve = await SignedInAsync(served, "Eve");
        await eve.OpenAsync("/review/garden/next");

        await eve.SendAsync(("code", "water"), ("quote-water", "no such words <b>"), ("memo", "keep this"));

        Assert.Equal(422, eve.Page.Status);
        Assert.Contains("“no such words <b>” for Water do not stand in the answer", eve.Page.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", eve.Page.Html, StringComparison.Ordinal);
        Assert.Contains("keep this", eve.Page.Written, StringComparison.Ordinal);
        Assert.DoesNotContain(await AssignmentsAsync(served), a => a.Coder == "Eve");
    }

    [Fact]
    public async Task In_the_sample_nobody_sees_suggestions_nor_what_the_other_gave_until_both_have_coded()
    {
        await using var served = await CodedGarden.StartAsync("The rain came at six.", "Nothing happened there.");
        using var eve = await SignedInAsync(served, "Eve");
        using var bob = await SignedInAsync(served, "Bob");
        await eve.OpenAsync("/review/garden");
        await eve.SendAsync(FormAt(eve.Page, "/review/garden/sample"), ("count", "2"), ("seed", "1"));
        Assert.Equal("Nothing is waiting", (await eve.OpenAsync("/review/garden/next")).Heading);

        await BlindAsync(eve, rain: true);
        await BlindAsync(bob, rain: false);
        await bob.OpenAsync("/review/garden/settle");

        Assert.Contains("On one answer all who coded it gave the same codes.", bob.Page.Text, StringComparison.Ordinal);
        await bob.SendAsync();
        await bob.OpenAsync("/review/garden/settle");
        await bob.OpenAsync(WebUtility.HtmlDecode(SettleLink().Match(bob.Page.Html).Groups["link"].Value));
        Assert.Contains("Eve gave it for “rain”", bob.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Bob did not give it", bob.Page.Text, StringComparison.Ordinal);
        await bob.SendAsync(("code", "water"), ("quote-water", "rain"));
        Assert.Contains("There is nothing on which two people differ.", (await bob.OpenAsync("/review/garden/settle")).Text, StringComparison.Ordinal);

        var said = await AssignmentsAsync(served);
        Assert.Equal(["water"], said.Where(a => a.Status == AssignmentStatus.Gold).Select(a => a.Code));
        Assert.Equal(2, said.Count(a => a.Coder == Coders.Gold));
        Assert.Contains("2 of 2 answers in the sample have been coded by two people; 2 answers are settled.", (await eve.OpenAsync("/review/garden")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_cites_answers_that_were_found()
    {
        await using var served = await CodedGarden.StartAsync("The rain came at six.");
        using var eve = await SignedInAsync(served, "Eve");
        await eve.OpenAsync("/review/garden/find?code=water&side=downstream");
        Assert.Contains("One answer.", eve.Page.Text, StringComparison.Ordinal);

        await eve.SendAsync(("cite", CiteId().Match(eve.Page.Html).Groups["id"].Value), ("cite", "s/nowhere"), ("text", "People <look> at the sky."));
        await eve.OpenAsync("/review/garden/claims");

        Assert.Contains("People <look> at the sky.", eve.Page.Text, StringComparison.Ordinal);
        Assert.Contains("rests on one answer", eve.Page.Text, StringComparison.Ordinal);
        Assert.Contains("No answer is like that.", (await eve.OpenAsync("/review/garden/find?code=water&side=upstream")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_reading_is_logged_with_the_name_and_without_words()
    {
        await using var served = await CodedGarden.StartAsync("The rain came at six.");
        using var eve = await SignedInAsync(served, "Eve");
        await eve.OpenAsync("/review/garden");
        await eve.OpenAsync("/review/garden/next");
        await eve.OpenAsync("/review/garden/find?code=water");

        await using var station = await Station.OpenAsync(served.Data, TimeProvider.System, Cancellation);
        var log = Assert.Single(await station.Accesses.VerifyAsync(Cancellation));

        Assert.Null(log.Broken);
        Assert.Equal([("reviewer Eve", "review", 1), ("reviewer Eve", "review, found by water", 1)], log.Lines.Select(l => (l.Who, l.What, l.Quantity)));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "voices.example.org")]
    public async Task Without_a_password_the_pages_open_on_this_computer_alone(string header, string value)
    {
        await using var served = await CodedGarden.StartAsync("The rain came at six.");
        using var client = new HttpClient();
        foreach (var path in new[] { "/review", "/review/garden", "/review/garden/name", "/review/garden/next", "/review/garden/find?code=water" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(served.Home, path));
            request.Headers.TryAddWithoutValidation(header, value);
            using var response = await client.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.DoesNotContain("rain", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task With_a_password_only_whoever_knows_it_comes_in_from_wherever()
    {
        await using var served = await Served.StartAsync(reviewPassword: ReviewPassword.Hash("correct horse battery"));
        using var eve = new Reader(served);
        await eve.OpenAsync("/review/garden/name");
        Assert.Equal(422, (await eve.SendAsync(("name", "Eve"), ("password", "wrong horse battery"))).Status);
        Assert.Equal("This is not the password.", eve.Page.Note);
        Assert.Equal("/review/garden/name", (await eve.OpenAsync("/review/garden")).Path);

        await eve.SendAsync(("name", "Eve"), ("password", "correct horse battery"));

        Assert.Equal("/review/garden", eve.Page.Path);
    }

    [Theory]
    [InlineData("correct horse", "correct horse", true)]
    [InlineData("correct horse", "correct horse ", false)]
    [InlineData("correct horse", "", false)]
    public void A_password_is_known_as_it_is_and_as_its_hash(string set, string said, bool right)
    {
        Assert.Equal(right, ReviewPassword.Read(set)!.Is(said));
        Assert.Equal(right, ReviewPassword.Read(ReviewPassword.Hash(set))!.Is(said));
    }

    [Theory]
    [InlineData("pbkdf2-sha256$")]
    [InlineData("pbkdf2-sha256$600000$AAAAAAAAAAAAAAAAAAAAAA==$AAAA")]
    [InlineData("pbkdf2-sha256$999999999$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Half_a_hash_is_said_to_be_none(string set) =>
        Assert.Contains("review-password", Assert.Throws<CannotRun>(() => ReviewPassword.Read(set)).Message, StringComparison.Ordinal);

    /// <summary>Codes what waits blind; one of the two answers speaks of rain.</summary>
    private static async Task BlindAsync(Reader person, bool rain)
    {
        await person.OpenAsync("/review/garden/blind");
        for (var left = 2; left > 0; left--)
        {
            Assert.Contains("nothing is suggested here on purpose", person.Page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("<mark", person.Page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("water.1", person.Page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(" checked>", Codes(person.Page.Html), StringComparison.Ordinal);
            if (rain && person.Page.Text.Contains("The rain came", StringComparison.Ordinal))
                await person.SendAsync(("code", "water"), ("quote-water", "rain"));
            else
                await person.SendAsync(("quote-water", ""));
        }

        Assert.Equal("Nothing is waiting", person.Page.Heading);

        static string Codes(string html) => string.Concat(CodeBox().Matches(html).Select(box => box.Value));
    }

    /// <summary>The page from one of its forms on, which is then its first.</summary>
    private static Page FormAt(Page page, string action) => page with { Html = page.Html[page.Html.IndexOf($"<form method=\"post\" action=\"{action}\"", StringComparison.Ordinal)..] };

    private static async Task<Reader> SignedInAsync(Served served, string name)
    {
        var reader = new Reader(served);
        await reader.OpenAsync("/review/garden/name");
        await reader.SendAsync(("name", name));
        return reader;
    }

    private static async Task<IReadOnlyList<CodeAssignment>> AssignmentsAsync(Served served)
    {
        await using var station = await Station.OpenAsync(served.Data, TimeProvider.System, Cancellation);
        return await station.Codings.AssignmentsAsync("garden", Cancellation);
    }

    [GeneratedRegex("<li><a class=\"quiet\" href=\"(?<link>[^\"]*)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SettleLink();

    [GeneratedRegex("name=\"cite\" value=\"(?<id>[^\"]*)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CiteId();

    [GeneratedRegex("<input[^>]*name=\"code\"[^>]*>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CodeBox();
}
