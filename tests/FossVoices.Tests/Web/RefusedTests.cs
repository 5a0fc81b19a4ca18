namespace FossVoices.Tests.Web;

/// <summary>What is sent twice, too late, or cannot be taken: nothing is counted twice, and nothing that was typed is lost.</summary>
public sealed class RefusedTests
{
    [Fact]
    public async Task A_form_sent_twice_counts_once()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync();
        var form = reader.Page;

        var once = await reader.SendAsync(form, ("choice", "downstream"));
        var twice = await reader.SendAsync(form, ("choice", "downstream"));

        Assert.Equal("/s/garden?q=open", once.Path);
        Assert.Equal((once.Path, once.Status, ""), (twice.Path, twice.Status, twice.Note));
        Assert.Single(await Rows.AllAsync(served, "select address from answer"));
    }

    [Fact]
    public async Task Agreeing_twice_by_a_double_click_begins_one_session()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        var consent = await reader.OpenAsync("/s/garden");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => reader.SendAsync(consent, ("quotes", "no"), ("do", "agree"))));

        Assert.Single(await Rows.AllAsync(served, "select session from session"));
        Assert.Equal("Which is closer to you?", (await reader.OpenAsync("/s/garden")).Heading);
    }

    [Fact]
    public async Task Of_two_tabs_the_second_is_told_where_the_person_is_and_loses_no_words()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync("/s/garden/talk");
        await reader.SendAsync(("choice", "downstream"));
        var one = await reader.OpenAsync("/s/garden/talk");
        var two = await reader.OpenAsync("/s/garden/talk");

        await reader.SendAsync(one, ("text", "A long and quiet evening."), ("do", "next"));
        var late = await reader.SendAsync(two, ("text", "Another evening altogether."), ("do", "next"));

        Assert.Equal(409, late.Status);
        Assert.Contains("You had already moved on", late.Note, StringComparison.Ordinal);
        Assert.Contains("A long and quiet evening.", late.Text, StringComparison.Ordinal);
        Assert.Equal("Another evening altogether.", late.Written);
    }

    [Fact]
    public async Task Of_two_devices_that_answer_at_the_same_time_one_is_heard()
    {
        await using var served = await Served.StartAsync();
        using var laptop = new Reader(served);
        using var phone = new Reader(served);
        var receipt = (await laptop.AgreeAsync()).Receipt;
        await phone.OpenAsync("/receipt");
        await phone.SendAsync(("receipt", receipt));
        await laptop.OpenAsync("/s/garden");
        await phone.OpenAsync("/s/garden");

        var pages = await Task.WhenAll(laptop.SendAsync(("choice", "upstream")), phone.SendAsync(("choice", "downstream")));

        Assert.Equal([200, 409], pages.Select(p => p.Status).Order());
        Assert.All(pages, p => Assert.Equal("How far should the garden be open at night?", p.Heading));
        var kept = Assert.Single(await Rows.AllAsync(served, "select value from answer"));
        Assert.Equal(pages[0].Status == 200 ? "upstream" : "downstream", kept);
    }

    [Fact]
    public async Task While_the_database_is_held_the_text_stays_in_its_form_and_can_be_sent_again()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AtTheStoryAsync();

        await using (var held = await Rows.HoldAsync(served))
        {
            var page = await reader.SendAsync(("text", "It was a fine and quiet evening."), ("do", "next"));
            Assert.Equal((503, "It was a fine and quiet evening.", "Tell us of one evening there."), (page.Status, page.Written, page.Heading));
            Assert.StartsWith("Your answer could not be kept just now.", page.Note, StringComparison.Ordinal);
        }

        Assert.Equal("/s/garden?q=more", (await reader.SendAsync(("text", reader.Page.Written), ("do", "next"))).Path);
        Assert.DoesNotContain("quiet evening", served.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_page_of_another_question_changes_nothing_and_keeps_what_was_typed()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AtTheStoryAsync();
        var stale = reader.Page;
        await reader.OpenAsync("/s/garden?q=story");
        await reader.SendAsync(("text", "The lamps were lit and people talked."), ("do", "next"));

        var late = await reader.SendAsync(stale, ("text", "Something else."), ("do", "next"));

        Assert.Equal((409, "Would you answer one more?"), (late.Status, late.Heading));
        Assert.Contains("You had already moved on", late.Note, StringComparison.Ordinal);
        Assert.Equal("Something else.", late.Written);
    }

    [Theory]
    [InlineData("", "There is nothing in the answer yet. Please write a few words, or skip the question.")]
    [InlineData("   \r\n", "There is nothing in the answer yet. Please write a few words, or skip the question.")]
    public async Task An_empty_answer_is_asked_for_again(string typed, string note)
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AtTheStoryAsync();

        var refused = await reader.SendAsync(("text", typed), ("do", "next"));

        Assert.Equal((422, note, "Tell us of one evening there."), (refused.Status, refused.Note, refused.Heading));
    }

    [Fact]
    public async Task An_answer_that_is_too_long_comes_back_to_be_shortened_even_when_sent_twice()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AtTheStoryAsync();
        var form = reader.Page;
        var tooLong = new string('a', 4500) + " the end";

        var refused = await reader.SendAsync(form, ("text", tooLong), ("do", "next"));
        var again = await reader.SendAsync(form, ("text", tooLong), ("do", "next"));

        Assert.All([refused, again], page =>
        {
            Assert.Equal((422, tooLong), (page.Status, page.Written));
            Assert.Contains("4,508 characters and up to 4,000 can be kept", page.Note, StringComparison.Ordinal);
        });
        Assert.Equal("/s/garden?q=more", (await reader.SendAsync(again, ("text", new string('a', 20) + " and five more words here"), ("do", "next"))).Path);
    }

    [Theory]
    [InlineData("number", "lots", "Please answer with a number, such as 3.")]
    [InlineData("number", "169", "Please answer with a number from 0 to 168.")]
    public async Task A_number_that_is_none_or_out_of_range_stays_in_its_field(string field, string typed, string note)
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AtTheHoursAsync();

        var refused = await reader.SendAsync((field, typed), ("do", "next"));

        Assert.Equal((422, note), (refused.Status, refused.Note));
        Assert.Contains($"value=\"{typed}\"", refused.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_picks_are_refused_with_the_ticks_kept()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync();
        await reader.SendAsync(("choice", "downstream"));
        await reader.SendAsync(("choice", "2"));

        var none = await reader.SendAsync(("do", "next"));
        Assert.Equal((422, "Please choose at least one, or skip the question."), (none.Status, none.Note));
        var four = await reader.SendAsync(("choice", "bench"), ("choice", "tap"), ("choice", "shade"), ("choice", "light"), ("do", "next"));

        Assert.Equal((422, "Please choose up to 3."), (four.Status, four.Note));
        Assert.Equal(4, System.Text.RegularExpressions.Regex.Count(four.Html, "type=\"checkbox\"[^>]* checked"));
    }

    [Fact]
    public async Task One_answer_at_two_places_is_refused_with_the_choice_kept()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync();
        await reader.SendAsync(("choice", "downstream"));
        await reader.SendAsync(("choice", "2"));
        await reader.SendAsync(("choice", "tap"), ("choice", "herbs"), ("do", "next"));

        var twice = await reader.SendAsync(("place1", "tap"), ("place2", "tap"), ("do", "next"));

        Assert.Equal((422, "Please choose a different answer for each place."), (twice.Status, twice.Note));
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(twice.Html, "<option value=\"tap\" selected"));
    }

    [Fact]
    public async Task Two_people_never_see_each_others_answers()
    {
        await using var served = await Served.StartAsync();
        using var one = new Reader(served);
        using var other = new Reader(served);
        await one.AtTheStoryAsync();
        await other.AgreeAsync();

        // With the form of the first person and the cookies of the other.
        var stolen = await other.SendAsync(one.Page, ("text", "Not mine to answer."), ("do", "next"));

        Assert.True(stolen.Status is 400 or 409, $"status {stolen.Status}");
        Assert.DoesNotContain("Not mine to answer.", (await one.OpenAsync("/mine/garden")).Text, StringComparison.Ordinal);
        Assert.Empty(await Rows.AllAsync(served, "select address from answer where address = 'story'"));
    }
}
