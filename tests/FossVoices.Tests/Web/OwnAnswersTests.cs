using System.Net;
using System.Text.Json;

namespace FossVoices.Tests.Web;

public sealed class OwnAnswersTests
{
    private static readonly string Samples = Path.Combine(Repository.Surveys, "samples");

    private const string Canary = "kingfisher by the pond";

    [Fact]
    public async Task A_receipt_opens_the_answers_on_another_device()
    {
        await using var served = await Served.StartAsync();
        using var laptop = new Reader(served);
        using var phone = new Reader(served);
        var receipt = (await laptop.AgreeAsync()).Receipt;
        await laptop.SendAsync(("choice", "downstream"));

        await phone.OpenAsync("/receipt");
        // As people type it: capitals, spaces for dashes.
        var mine = await phone.SendAsync(("receipt", $" {receipt.ToUpperInvariant().Replace('-', ' ')} "));
        Assert.Equal(("/mine/garden", "Your answers"), (mine.Path, mine.Heading));
        Assert.Contains("I come to sit there", mine.Text, StringComparison.Ordinal);

        // Goes on there, and it is the same round.
        await phone.OpenAsync("/s/garden");
        await phone.SendAsync(("choice", "4"));
        Assert.Equal("Which should be there? Choose up to three.", (await laptop.OpenAsync("/s/garden")).Heading);
        Assert.Single(await Rows.AllAsync(served, "select session from session"));
    }

    [Fact]
    public async Task A_narrator_s_receipt_opens_what_was_imported()
    {
        using var fossvoices = new Commands.Fossvoices();
        var receipt = await ImportAsync(fossvoices, "Two people and a kingfisher.");
        await using var served = await Served.StartAsync(Samples, fossvoices.Data);
        using var reader = new Reader(served);

        await reader.OpenAsync("/receipt");
        var words = await reader.SendAsync(("receipt", receipt));

        Assert.Equal(("/words/six-people/import", "Your words"), (words.Path, words.Heading));
        Assert.Contains("Two people and a kingfisher.", words.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("say yes or no", words.Text, StringComparison.Ordinal);
        Assert.Equal("Your answers", (await reader.OpenAsync("/mine/six-people/import")).Heading);
    }

    [Fact]
    public async Task Words_that_a_report_will_quote_are_pointed_out_until_their_author_has_answered()
    {
        using var fossvoices = new Commands.Fossvoices();
        var receipt = await ImportAsync(fossvoices, "I was burned out by then.", "--release", "anonymous");
        Assert.Equal(0, (await fossvoices.SayAsync("code", "six-people", "--studies", Samples)).ExitCode);
        Assert.StartsWith("Report 1 is drawn: 1 excerpt", (await fossvoices.SayAsync("words", "post", "six-people", "--studies", Samples)).Out, StringComparison.Ordinal);
        await using var served = await Served.StartAsync(Samples, fossvoices.Data);
        using var reader = new Reader(served);

        await reader.OpenAsync("/receipt");
        var words = await reader.SendAsync(("receipt", receipt));
        Assert.Contains("say yes or no: 1", words.Text, StringComparison.Ordinal);
        var answered = await reader.SendAsync(("yes", "1"), ("reply", "It got better."));
        Assert.DoesNotContain("say yes or no:", answered.Text, StringComparison.Ordinal);
        Assert.Contains("It got better.", answered.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_resume_opens_nothing_before_one_says_so()
    {
        await using var served = await Served.StartAsync();
        using var laptop = new Reader(served);
        using var phone = new Reader(served);
        var receipt = (await laptop.AgreeAsync()).Receipt;
        await laptop.SendAsync(("choice", "upstream"));

        var asked = await phone.OpenAsync($"/resume/garden/{receipt}");
        Assert.Equal("Go on where you were?", asked.Heading);
        Assert.Equal("Before we start", (await phone.OpenAsync("/s/garden")).Heading);
        await phone.OpenAsync($"/resume/garden/{receipt}");
        Assert.Equal("How far should the garden be open at night?", (await phone.SendAsync()).Heading);

        // Where the answers are known already, the link just leads on.
        Assert.Equal("/s/garden", (await laptop.OpenAsync($"/resume/garden/{receipt}")).Path);
    }

    [Theory]
    [InlineData("0000-0000-0000-0000", "There is nothing under this receipt.")]
    [InlineData("kingfisher", "A receipt has sixteen letters and digits")]
    [InlineData("<b>", "A receipt has sixteen letters and digits")]
    public async Task A_receipt_that_is_none_is_said_so(string typed, string note)
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.OpenAsync("/receipt");

        var page = await reader.SendAsync(("receipt", typed));

        Assert.Equal(422, page.Status);
        Assert.StartsWith(note, page.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipts_can_not_be_tried_out_quickly()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        var form = await reader.OpenAsync("/receipt");

        var pages = new List<Page>();
        for (var i = 0; i < 12; i++)
            pages.Add(await reader.SendAsync(form, ("receipt", "0000-0000-0000-0000")));

        Assert.Equal([422, 429], pages.Select(p => p.Status).Distinct());
        Assert.Equal("Please wait a minute", pages[^1].Heading);
        Assert.Equal(429, (await reader.OpenAsync("/resume/garden/0000-0000-0000-0000")).Status);
        Assert.Equal(200, (await reader.OpenAsync("/s/garden")).Status);
    }

    [Fact]
    public async Task Answers_are_downloaded_as_JSON_that_machines_can_read()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync("/s/garden/talk");
        await reader.SendAsync(("choice", "downstream"));
        await reader.SendAsync(("text", "Ein \"stiller\" Abend, مساء هادئ 🌙"), ("do", "next"));

        var file = await reader.OpenAsync("/download/garden/talk");

        Assert.Contains("attachment; filename=my-answers-garden-talk.json", file.Headers, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(file.Html);
        var answers = json.RootElement.GetProperty("answers");
        Assert.Equal("I come to sit there", answers[0].GetProperty("answer").GetString());
        Assert.Equal("Ein \"stiller\" Abend, مساء هادئ 🌙", answers[1].GetProperty("answer").GetString());
        Assert.Equal("no", json.RootElement.GetProperty("quotes").GetString());
    }

    [Fact]
    public async Task Withdrawing_deletes_from_every_file_and_from_the_browser()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        var receipt = (await reader.AgreeAsync("/s/garden/talk")).Receipt;
        await reader.SendAsync(("choice", "downstream"));
        await reader.SendAsync(("text", $"There was a {Canary} that evening."), ("do", "next"));
        Assert.Contains(Canary, (await reader.OpenAsync("/mine/garden/talk")).Text, StringComparison.Ordinal);
        Assert.Empty(Rows.FilesWith(served.Data, Canary)); // Words are sealed. What stands in the clear shows that the search would find something:
        var session = (await Rows.AllAsync(served, "select session from session"))[0];
        Assert.NotEmpty(Rows.FilesWith(served.Data, session));

        Assert.Equal("Withdraw your answers?", (await reader.OpenAsync("/withdraw/garden/talk")).Heading);
        Assert.Equal(2, (await Rows.AllAsync(served, "select address from answer")).Length); // Looking at the page is not enough.
        var form = reader.Page;
        var gone = await reader.SendAsync();

        Assert.Equal("Your answers are deleted", gone.Heading);
        Assert.StartsWith("2 answers and everything", gone.Text[gone.Text.IndexOf("2 answers", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Matches("voices-garden=;[^\n]*expires=Thu, 01 Jan 1970", gone.Cookies);
        Assert.Empty(await Rows.AllAsync(served, "select session from session"));
        Assert.Empty(await Rows.AllAsync(served, "select respondent from respondent"));
        Assert.Empty(Rows.FilesWith(served.Data, session));
        Assert.DoesNotContain(Canary, served.Log.ToString(), StringComparison.Ordinal);

        Assert.Equal("There are no answers of yours here", (await reader.SendAsync(form)).Heading); // Sent again.
        await reader.OpenAsync("/receipt");
        Assert.StartsWith("There is nothing under this receipt", (await reader.SendAsync(("receipt", receipt))).Note, StringComparison.Ordinal);
        Assert.Equal("Before we start", (await reader.OpenAsync("/s/garden/talk")).Heading);
    }

    [Fact]
    public async Task Withdrawing_one_flow_leaves_the_other_one_open_to_its_author()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync();
        await reader.SendAsync(("choice", "upstream"));
        await reader.AgreeAsync("/s/garden/talk");

        await reader.OpenAsync("/withdraw/garden/talk");
        Assert.Equal("Your answers are deleted", (await reader.SendAsync()).Heading);

        Assert.Contains("I look after it", (await reader.OpenAsync("/mine/garden")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_withdrawal_on_another_device_an_answer_is_not_kept_and_one_may_begin_anew()
    {
        await using var served = await Served.StartAsync();
        using var laptop = new Reader(served);
        using var phone = new Reader(served);
        var receipt = (await laptop.AgreeAsync()).Receipt;
        await laptop.SendAsync(("choice", "upstream"));
        await phone.OpenAsync("/receipt");
        await phone.SendAsync(("receipt", receipt));
        await phone.OpenAsync("/s/garden");
        await laptop.OpenAsync("/withdraw/garden");
        await laptop.SendAsync();

        var late = await phone.SendAsync(("choice", "3"));

        Assert.Equal((409, "These answers are no longer there"), (late.Status, late.Heading));
        Assert.Empty(await Rows.AllAsync(served, "select address from answer"));
        Assert.Equal("Which is closer to you?", (await phone.AgreeAsync()).Heading);
    }

    [Fact]
    public async Task A_shared_computer_can_be_made_to_forget()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        var receipt = (await reader.AgreeAsync()).Receipt;
        await reader.SendAsync(("choice", "upstream"));

        await reader.OpenAsync("/mine/garden");
        Assert.Equal("This browser has forgotten you", (await reader.SendAsync()).Heading);

        Assert.Equal("Before we start", (await reader.OpenAsync("/s/garden")).Heading);
        await reader.OpenAsync("/receipt");
        Assert.Contains("I look after it", (await reader.SendAsync(("receipt", receipt))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_that_was_tampered_with_is_as_good_as_none()
    {
        await using var served = await Served.StartAsync();
        var cookies = new CookieContainer();
        cookies.Add(served.Home, new Cookie("voices-garden", "CfDJ8AAAAAAAAAAAAAAAAAAAAAA"));
        using var reader = new Reader(served, cookies);

        Assert.Equal((200, "Before we start"), ((await reader.OpenAsync("/s/garden")).Status, reader.Page.Heading));
        Assert.Equal("Which is closer to you?", (await reader.AgreeAsync()).Heading);
    }

    [Fact]
    public async Task Cookies_are_out_of_reach_of_scripts_and_other_sites()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.OpenAsync("/s/garden");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var post = new HttpRequestMessage(HttpMethod.Post, new Uri(served.Home, "/s/garden"))
        {
            Content = new FormUrlEncodedContent(reader.Page.Hidden.Append(KeyValuePair.Create("do", "agree"))),
            Headers = { { "Cookie", reader.Page.Cookies.Split(';')[0] } },
        };

        using var response = await client.SendAsync(post, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), c => c.StartsWith("voices-garden=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Takes in a talk with one narrator, who says one thing.</summary>
    /// <returns>The narrator's receipt.</returns>
    private static async Task<string> ImportAsync(Commands.Fossvoices fossvoices, string words, params string[] options)
    {
        var talk = fossvoices.File("ada-1.md", $"INTERVIEWER: What holds it up?\n\nADA: {words}\n");
        var said = await fossvoices.SayAsync(
            ["import", "six-people", talk, "--studies", Samples, "--side", "upstream", "--interviewer", "INTERVIEWER", "--wave", "w1", "--receipts", .. options]);
        return System.Text.RegularExpressions.Regex.Match(
            said.Out, "[0-9a-z]{4}(?:-[0-9a-z]{4}){3}", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Value;
    }
}
