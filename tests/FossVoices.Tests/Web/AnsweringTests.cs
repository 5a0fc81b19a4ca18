namespace FossVoices.Tests.Web;

public sealed class AnsweringTests
{
    [Fact]
    public async Task A_survey_is_answered_to_its_end_and_read_back()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);

        Assert.Equal("Before we start", (await reader.OpenAsync("/s/garden")).Heading);
        var first = await reader.SendAsync(("quotes", "anonymous"), ("do", "agree"));
        Assert.Equal(("Which is closer to you?", "/s/garden?q=role"), (first.Heading, first.Path));
        Assert.Matches("^[0-9a-z]{4}(-[0-9a-z]{4}){3}$", first.Receipt);
        Assert.Contains("There are no right answers.", first.Text, StringComparison.Ordinal);

        Assert.Equal("How far should the garden be open at night?", (await reader.SendAsync(("choice", "downstream"))).Heading);
        Assert.Equal("Which should be there? Choose up to three.", (await reader.SendAsync(("choice", "dont_know"))).Heading);
        Assert.Equal("Which of these comes first?", (await reader.SendAsync(("choice", "tap"), ("choice", "herbs"), ("do", "next"))).Heading);
        Assert.Equal("How many hours a week should someone be there?", (await reader.SendAsync(("place1", "herbs"), ("place2", "tap"), ("do", "next"))).Heading);
        Assert.Equal("Tell us of one evening there.", (await reader.SendAsync(("number", "2,5"), ("do", "next"))).Heading);
        Assert.Equal("Could you say a little more?", (await reader.SendAsync(("text", "It rained."), ("do", "next"))).Heading);
        Assert.Equal("Would you answer one more?", (await reader.SendAsync(("do", "skip"))).Heading);
        var end = await reader.SendAsync(("choice", "no"));

        Assert.Equal(("That was all", "/s/garden"), (end.Heading, end.Path));
        Assert.Contains("Thank you. You can withdraw until", end.Text, StringComparison.Ordinal);
        Assert.All(["I come to sit there", "I don't know", "A tap, Herbs", "Herbs, A tap", "2.5 hours", "It rained.", "Skipped", "Finish here"],
            answer => Assert.Contains(answer, end.Text, StringComparison.Ordinal));
        Assert.Equal(first.Receipt, end.Receipt);
        Assert.Equal("", served.Log.ToString());
    }

    [Fact]
    public async Task Nothing_is_stored_before_the_person_agrees()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);

        var consent = await reader.OpenAsync("/s/garden?from=notice-board");
        Assert.DoesNotContain("voices-garden", consent.Cookies, StringComparison.Ordinal);
        await reader.OpenAsync("/no-thanks/garden");
        Assert.Equal("That is fine", reader.Page.Heading);
        Assert.Equal("There are no answers of yours here", (await reader.OpenAsync("/mine/garden")).Heading);
        Assert.Empty(await Rows.AllAsync(served, "select session from session"));
        Assert.Empty(await Rows.AllAsync(served, "select delivery from inbox"));
    }

    [Fact]
    public async Task The_tag_of_the_link_is_kept_with_the_answers_where_the_study_knows_it()
    {
        await using var served = await Served.StartAsync();
        using var known = new Reader(served);
        using var made_up = new Reader(served);

        await known.AgreeAsync("/s/garden?from=notice-board");
        await made_up.AgreeAsync("/s/garden?from=%3Cscript%3E");

        Assert.Equal(["", "notice-board"], (await Rows.AllAsync(served, "select source from session")).Order());
    }

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
    public async Task A_stale_page_of_another_question_changes_nothing_and_keeps_what_was_typed()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await AtTheStoryAsync(reader);
        var stale = reader.Page;
        await reader.OpenAsync("/s/garden?q=story");
        await reader.SendAsync(("text", "The lamps were lit and people talked."), ("do", "next"));

        var late = await reader.SendAsync(stale, ("text", "Something else."), ("do", "next"));

        Assert.Equal((409, "Would you answer one more?"), (late.Status, late.Heading));
        Assert.Contains("You had already moved on", late.Note, StringComparison.Ordinal);
        Assert.Equal("Something else.", late.Written);
    }

    [Fact]
    public async Task The_browsers_back_button_shows_the_earlier_question_and_its_answer_can_be_changed()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync();
        await reader.SendAsync(("choice", "downstream"));
        await reader.SendAsync(("choice", "2"));

        var back = await reader.OpenAsync("/s/garden?q=open");
        Assert.Equal("How far should the garden be open at night?", back.Heading);
        Assert.Matches("chosen\"[^>]*value=\"2\"[^>]*>a little<span class=\"yours\">Your answer", back.Html);
        Assert.Equal("/s/garden?q=tools", (await reader.SendAsync(("choice", "5"))).Path);

        Assert.Matches("<span class=\"said\" dir=\"auto\">fully</span>", (await reader.OpenAsync("/mine/garden")).Html);
    }

    [Fact]
    public async Task Back_leads_to_the_question_before_the_one_on_the_page_whichever_stands()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync();
        await reader.SendAsync(("choice", "downstream"));
        await reader.SendAsync(("choice", "2"));

        await reader.OpenAsync("/s/garden?q=open");
        Assert.Equal("/s/garden?q=role", (await reader.SendAsync(("do", "back"))).Path);
        // The person now goes forward with the browser's own button, past the question gone back to, and answers the open one.
        await reader.OpenAsync("/s/garden?q=tools");
        Assert.Equal("/s/garden?q=hours", (await reader.SendAsync(("choice", "tap"), ("do", "next"))).Path);
    }

    [Theory]
    [InlineData("", "There is nothing in the answer yet. Please write a few words, or skip the question.")]
    [InlineData("   \r\n", "There is nothing in the answer yet. Please write a few words, or skip the question.")]
    public async Task An_empty_answer_is_asked_for_again(string typed, string note)
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await AtTheStoryAsync(reader);

        var refused = await reader.SendAsync(("text", typed), ("do", "next"));

        Assert.Equal((422, note, "Tell us of one evening there."), (refused.Status, refused.Note, refused.Heading));
    }

    [Fact]
    public async Task An_answer_that_is_too_long_comes_back_to_be_shortened_even_when_sent_twice()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await AtTheStoryAsync(reader);
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
        await AtTheHoursAsync(reader);

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

    [Theory]
    [InlineData("A snail 🐌 and a family 👨‍👩‍👧‍👦 sat there all evening")]
    [InlineData("كان المساء هادئا جدا في الحديقة")]
    [InlineData("abc \u202Edcba\u202C override and isolate \u2066x\u2069")]
    [InlineData("<script>alert('1')</script> & \"quotes\" </textarea><b>bold</b>")]
    [InlineData("tab\there, bell \u0007, escape \u001b[31m and a lone % sign")]
    [InlineData("one line\nand another\n\nand a third after a gap")]
    public async Task Whatever_is_typed_is_read_back_as_it_was_and_never_as_markup(string typed)
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await AtTheStoryAsync(reader);

        await reader.SendAsync(("text", typed.Replace("\n", "\r\n", StringComparison.Ordinal)), ("do", "next"));

        Assert.Equal(200, reader.Page.Status);
        var form = await reader.OpenAsync("/s/garden?q=story");
        Assert.Equal(typed, form.Written);
        Assert.DoesNotContain("<script", form.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", form.Html, StringComparison.OrdinalIgnoreCase);
        var mine = await reader.OpenAsync("/mine/garden");
        Assert.Contains(typed, System.Net.WebUtility.HtmlDecode(mine.Html), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", mine.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_pause_keeps_a_half_written_answer_and_leads_back_where_one_was()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await AtTheStoryAsync(reader);

        var paused = await reader.SendAsync(("text", "The phone rang while I was writing this"), ("do", "pause"));

        Assert.Equal(("Paused", "/s/garden"), (paused.Heading, paused.Path));
        Assert.Equal("Paused", (await reader.OpenAsync("/s/garden")).Heading);
        Assert.Equal("Would you answer one more?", (await reader.SendAsync(("do", "resume"))).Heading);
        Assert.Equal("The phone rang while I was writing this", (await reader.OpenAsync("/s/garden?q=story")).Written);
    }

    [Fact]
    public async Task The_command_that_chats_understand_is_understood_in_a_text_too()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await AtTheStoryAsync(reader);
        var story = reader.Page;

        Assert.Equal("/mine/garden", (await reader.SendAsync(story, ("text", " /voices mydata"), ("do", "next"))).Path);
        Assert.Equal("/withdraw/garden", (await reader.SendAsync(story, ("text", "/Voices withdraw\r\n"), ("do", "next"))).Path);
        Assert.DoesNotContain("story", await Rows.AllAsync(served, "select address from answer"));
    }

    [Fact]
    public async Task A_restart_in_the_middle_changes_nothing_for_whoever_answers()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await AtTheStoryAsync(reader);

        await served.RestartAsync();
        reader.Follow(served);
        // The page that was open before the restart is sent after it.
        var next = await reader.SendAsync(("text", "It was warm until late in the night."), ("do", "next"));

        Assert.Equal((200, "Would you answer one more?"), (next.Status, next.Heading));
    }

    [Fact]
    public async Task Two_people_never_see_each_others_answers()
    {
        await using var served = await Served.StartAsync();
        using var one = new Reader(served);
        using var other = new Reader(served);
        await AtTheStoryAsync(one);
        await other.AgreeAsync();

        // With the form of the first person and the cookies of the other.
        var stolen = await other.SendAsync(one.Page, ("text", "Not mine to answer."), ("do", "next"));

        Assert.True(stolen.Status is 400 or 409, $"status {stolen.Status}");
        Assert.DoesNotContain("Not mine to answer.", (await one.OpenAsync("/mine/garden")).Text, StringComparison.Ordinal);
        Assert.Empty(await Rows.AllAsync(served, "select address from answer where address = 'story'"));
    }

    private static async Task AtTheHoursAsync(Reader reader)
    {
        await reader.AgreeAsync();
        await reader.SendAsync(("choice", "downstream"));
        await reader.SendAsync(("choice", "4"));
        Assert.Equal("/s/garden?q=hours", (await reader.SendAsync(("choice", "tap"), ("do", "next"))).Path);
    }

    private static async Task AtTheStoryAsync(Reader reader)
    {
        await AtTheHoursAsync(reader);
        Assert.Equal("/s/garden?q=story", (await reader.SendAsync(("number", "12"), ("do", "next"))).Path);
    }
}
