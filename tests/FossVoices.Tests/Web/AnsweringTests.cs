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

        // An answer can still be changed; what follows from it is asked then.
        await reader.OpenAsync("/s/garden?q=more");
        Assert.Equal("What do you wish for?", (await reader.SendAsync(("choice", "yes"))).Heading);
        Assert.Equal("That was all", (await reader.SendAsync(("do", "skip"))).Heading);
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
    public async Task A_study_that_closes_under_way_asks_no_further_and_still_gives_the_answers_back()
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.OpenAsync("/s/garden");
        await reader.SendAsync(("quotes", "no"), ("do", "agree"));
        await reader.SendAsync(("choice", "downstream"));

        var closed = await Host.Commands.Verbs.RunAsync(
            ["wave", "garden", "close", "--data", served.Data, "--studies", served.Studies],
            new Host.Commands.Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, TimeProvider.System), TestContext.Current.CancellationToken);

        Assert.Equal(0, closed);
        Assert.Contains("This study is closed.", (await reader.OpenAsync("/s/garden")).Text, StringComparison.Ordinal);
        Assert.Contains("I come to sit there", (await reader.OpenAsync("/mine/garden")).Text, StringComparison.Ordinal);
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
    public async Task A_study_that_is_closed_says_so_and_asks_nothing()
    {
        using var folder = new Folder();
        var study = folder.Copy(Served.Garden, "garden/study.json");
        await File.WriteAllTextAsync(
            study,
            (await File.ReadAllTextAsync(study, TestContext.Current.CancellationToken)).Replace(
                "\"default_flow\"", "\"waves\": [{ \"id\": \"w1\", \"open\": \"2020-01-01\", \"close\": \"2020-02-01\" }],\n  \"default_flow\"", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        await using var served = await Served.StartAsync(studies: Path.Combine(folder.Path, "Studies"));
        using var reader = new Reader(served);

        var page = await reader.OpenAsync("/s/garden");
        var front = await reader.OpenAsync("/");

        Assert.Equal("Not open now", page.Heading);
        Assert.All([page, front], p => Assert.Contains("This study is closed. Thank you for coming by.", p.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("href=\"/s/garden\"", front.Html, StringComparison.Ordinal);
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
        await reader.AtTheStoryAsync();

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
        await reader.AtTheStoryAsync();

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
        await reader.AtTheStoryAsync();
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
        await reader.AtTheStoryAsync();

        await served.RestartAsync();
        reader.Follow(served);
        // The page that was open before the restart is sent after it.
        var next = await reader.SendAsync(("text", "It was warm until late in the night."), ("do", "next"));

        Assert.Equal((200, "Would you answer one more?"), (next.Status, next.Heading));
    }
}
