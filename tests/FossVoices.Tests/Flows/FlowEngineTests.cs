using FossVoices.Flows;

namespace FossVoices.Tests.Flows;

public sealed class FlowEngineTests
{
    private const string Rating = """{ "id": "works", "type": "scale", "scale": "five", "ask": "Should {project} just work?" }""";
    private const string Story = """
        { "id": "story", "type": "text", "ask": "What happened?", "most_probes": 2, "probes": [
          { "id": "short", "if": { "words": { "lt": 5 } }, "ask": "A little more?" },
          { "id": "strain", "if": { "coded": ["burnout"], "sure": 0.95 }, "ask": "What would have helped?" },
          { "id": "few", "if": { "coded": ["busfactor"], "sure": 0.95 }, "ask": "Who else could do it?" } ] }
        """;

    [Fact]
    public void A_number_off_the_scale_is_refused_and_asked_again()
    {
        var interview = Interview.Of($"{Rating}, {Story}");

        interview.Says("nine").Hears("Please choose one of the answers shown, or skip the question.");
        interview.Says("4").Hears("What happened?");

        Assert.Equal(["works: much"], interview.AnswersOnThePath());
    }

    [Fact]
    public void Whoever_says_nothing_but_white_space_is_asked_kindly_once_more()
    {
        Interview.Of(Story).Says("  \u200b\n ").Hears("There is nothing in the answer yet. Please write a few words, or skip the question.");
    }

    [Theory]
    [InlineData("text", "")]
    [InlineData("number", """, "least": 0, "most": 9""")]
    public void An_empty_answer_to_an_optional_question_is_a_skip(string type, string more)
    {
        var interview = Interview.Of($$"""{ "id": "a", "type": "{{type}}", "ask": "A?", "optional": true {{more}} }""").Says(" ");

        Assert.IsType<Turn.Finished>(interview.Last);
        Assert.IsType<Value.Skipped>(interview.Path.Value("a"));
    }

    [Fact]
    public void An_answer_of_four_thousand_characters_is_kept_and_one_more_is_refused()
    {
        var interview = Interview.Of(Story).Says(new string('x', 4001));

        interview.Hears("Your answer has 4,001 characters and up to 4,000 can be kept. Please shorten it; nothing of it has been stored yet.");
        Assert.Empty(interview.Progress.Answers);
        Assert.IsType<Turn.Asked>(interview.Says(new string('x', 4000)).Last);
    }

    [Fact]
    public void Words_are_kept_as_said_with_emoji_and_right_to_left_text()
    {
        var interview = Interview.Of(Story).Says("  It broke 💥 — שלום, and nobody knew.  ");

        Assert.Equal(new Value.Words("It broke 💥 — שלום, and nobody knew."), interview.Path.Value("story"));
    }

    [Fact]
    public void Going_back_shows_the_earlier_answer_and_keeps_it_until_there_is_a_new_one()
    {
        var interview = Interview.Of($"{Rating}, {Story}").Says("4").GoesBack().IsAsked("works");

        Assert.Equal(new Value.Point(4), interview.Prompt!.Earlier);
        Assert.False(interview.Prompt.CanGoBack);
        interview.Does(new Reply.Onward()).IsAsked("story");
        Assert.Equal(new Value.Point(4), interview.Path.Value("works"));
    }

    [Fact]
    public void There_is_nothing_before_the_first_question() =>
        Interview.Of(Rating).GoesBack().Hears("This is the first question.");

    [Fact]
    public void Only_what_has_been_answered_can_be_changed() =>
        Interview.Of($"{Rating}, {Story}").Changes("story").Hears("You have not been asked that, so there is nothing to change.");

    [Fact]
    public void After_the_end_an_answer_can_still_be_changed_and_the_end_comes_back()
    {
        var interview = Interview.Of(Rating).Says("4");
        Assert.IsType<Turn.Finished>(interview.Last);

        interview.Changes("works").IsAsked("works").Says("5");

        Assert.IsType<Turn.Finished>(interview.Last);
        Assert.Equal(["works: all"], interview.AnswersOnThePath());
        interview.Says("more").Hears("You have answered everything. You can still change an answer or withdraw.");
    }

    [Fact]
    public void A_pause_keeps_the_place_and_any_answer_ends_it()
    {
        var interview = Interview.Of($"{Rating}, {Story}").Does(new Reply.Pause());

        Assert.IsType<Turn.Paused>(interview.Last);
        Assert.True(interview.Progress.Paused);
        Assert.False(interview.Says("3").Progress.Paused);
        interview.Does(new Reply.Pause()).Does(new Reply.Resume()).IsAsked("story");
    }

    [Fact]
    public void Whoever_is_on_both_sides_answers_from_one_and_stays_of_the_bridge_group()
    {
        var interview = Interview.Of($$"""
            {{Written.Role}},
            { "id": "guess", "type": "scale", "scale": "five", "ask": "And {other_side|the others}?" }
            """);

        interview.Says("both").Hears("As whom today?");
        Assert.Null(interview.Path.Side);
        interview.Says("A maker").Hears("And people who use it?");

        Assert.Equal("upstream", interview.Path.Side);
        Assert.True(interview.Path.Both);
    }

    [Fact]
    public void Whoever_takes_both_back_is_of_one_side_and_the_lens_is_off_the_path_yet_kept()
    {
        var interview = Interview.Of($"{Written.Role}, {Rating}").Says("both").Says("A user").Changes("role").Says("I make it");

        interview.IsAsked("works");
        Assert.Equal(("upstream", false), (interview.Path.Side, interview.Path.Both));
        Assert.Equal(["role: I make it"], interview.AnswersOnThePath());
        Assert.True(interview.Progress.Answers.ContainsKey("lens"));

        interview.Changes("role").Says("both").IsAsked("works");
        Assert.Equal("downstream", interview.Path.Side);
    }

    [Fact]
    public void Whoever_skips_the_lens_has_no_side() =>
        Assert.Null(Interview.Of($"{Written.Role}, {Rating}").Says("both").Skips().Path.Side);

    [Fact]
    public void An_item_whose_condition_no_longer_holds_leaves_the_path_and_comes_back_answered()
    {
        var interview = Interview.Of($$"""
            {{Rating}},
            { "id": "why", "type": "text", "if": { "works": { "gte": 4 } }, "ask": "Why?" },
            { "id": "then", "type": "text", "if": { "why": { "answered": true } }, "ask": "And then?" }
            """).Says("5").Says("Because it can.").Says("Nothing.");

        interview.Changes("works").Says("2");
        Assert.IsType<Turn.Finished>(interview.Last);
        Assert.Equal(["works: little"], interview.AnswersOnThePath());

        interview.Changes("works").Says("4");
        Assert.IsType<Turn.Finished>(interview.Last);
        Assert.Equal(["works: much", "why: Because it can.", "then: Nothing."], interview.AnswersOnThePath());
    }

    [Fact]
    public void No_at_a_gate_ends_it_and_yes_later_goes_on()
    {
        var interview = Interview.Of($$"""{{Rating}}, { "id": "more", "type": "gate", "ask": "More?", "yes": "Go on", "no": "Finish" }, {{Story}}""").Says("3");
        Assert.Equal((2, 2), (interview.Prompt!.Number, interview.Prompt.About));

        interview.Says("finish.").Hears("Thank you.");
        Assert.IsType<Turn.Finished>(interview.Last);

        interview.Changes("more").Says("go on").IsAsked("story");
        Assert.Equal((3, 3), (interview.Prompt!.Number, interview.Prompt.About));
    }

    [Fact]
    public void Probes_fire_in_the_order_of_the_file_and_no_more_than_allowed()
    {
        var interview = Interview.Of(Story).Says("I burned out.", "busfactor", "burnout");

        interview.Hears("A little more?").Says("I was alone.").Hears("What would have helped?").Says("Help.");

        Assert.IsType<Turn.Finished>(interview.Last);
    }

    [Fact]
    public void A_probe_that_an_improved_answer_no_longer_fires_is_not_asked()
    {
        var interview = Interview.Of(Story).Says("It broke.").IsAsked("story#short").GoesBack().IsAsked("story");

        interview.Says("It broke on a Sunday and nobody was there.");

        Assert.IsType<Turn.Finished>(interview.Last);
    }

    [Fact]
    public void A_probe_can_be_left_empty() =>
        Assert.IsType<Turn.Finished>(Interview.Of(Story).Says("It broke.").Says("").Last);

    [Fact]
    public void A_skipped_story_fires_no_probe() => Assert.IsType<Turn.Finished>(Interview.Of(Story).Skips().Last);

    [Fact]
    public void An_answer_that_sounds_like_distress_gets_help_and_no_probe() =>
        Interview.Of($"{Story}, {Rating}").SaysInDistress("Bad.").Hears("Here is who you can talk to.", "Should PyPI just work?");

    [Fact]
    public void Distress_in_the_answer_to_a_probe_is_met_with_help_too() =>
        Interview.Of($"{Story}, {Rating}").Says("Bad.", "burnout").IsAsked("story#short").SaysInDistress("Worse.")
            .Hears("Here is who you can talk to.", "Should PyPI just work?");

    [Fact]
    public void What_was_heard_stays_with_an_answer_until_it_is_given_anew()
    {
        var interview = Interview.Of($"{Story}, {Rating}").Says("One two three four five.", "burnout").IsAsked("story#strain").Says("Sleep.");
        Assert.Equal("burnout", Assert.Single(interview.Progress.Heard["story"].Codes).Code);

        interview.Changes("story").Says("One two three four five.");

        Assert.Empty(interview.Progress.Heard);
        interview.IsAsked("works");
    }

    [Fact]
    public void A_ranking_is_asked_again_when_what_it_ranked_is_no_longer_picked()
    {
        var interview = Interview.Of("""
            { "id": "good", "type": "pick", "most": 3, "ask": "Which?", "options": { "a": "A", "b": "B", "c": "C" } },
            { "id": "first", "type": "rank", "from": "good", "top": 2, "ask": "Which most?" }
            """).Chooses("a", "b").Chooses("b", "a");
        Assert.IsType<Turn.Finished>(interview.Last);

        interview.Changes("good").Chooses("a", "c").IsAsked("first");
        Assert.Null(interview.Path.Value("first"));
        Assert.True(interview.Progress.Answers.ContainsKey("first"));

        interview.Changes("good").Chooses("b", "a", "c");
        Assert.IsType<Turn.Finished>(interview.Last);
        Assert.Equal(["good: A, B, C", "first: B, A"], interview.AnswersOnThePath());
    }

    [Fact]
    public void With_one_thing_picked_there_is_nothing_to_rank() =>
        Assert.IsType<Turn.Finished>(Interview.Of("""
            { "id": "good", "type": "pick", "ask": "Which?", "options": { "a": "A", "b": "B" } },
            { "id": "first", "type": "rank", "from": "good", "ask": "Which most?" }
            """).Chooses("b").Last);

    [Fact]
    public void Whoever_holds_both_halves_of_a_tension_is_asked_about_it_in_the_items_short_words() =>
        Interview.Of("""
            { "id": "focus", "type": "scale", "scale": "five", "ask": "Focus?", "short": "Own work first" },
            { "id": "aware", "type": "pair", "scale": "five", "own": "Aware?", "other": "And they?", "short": "Know what goes on" },
            { "id": "both", "type": "text", "if": { "holds": "pull" }, "ask": "Both {pull.a} and {pull.b}?" }
            """, seed: 3).Chooses("4").Chooses("5").Chooses("5").Hears("Both Own work first and Know what goes on?");

    [Fact]
    public void Places_say_their_fallback_where_an_answer_is_missing_and_quote_long_words_in_part()
    {
        var items = """
            { "id": "a", "type": "text", "ask": "A?", "optional": true },
            { "id": "b", "type": "text", "ask": "You said {a|nothing}. \\{b} is {c}?" }
            """;
        Interview.Of(items.Replace(" is {c}", "", StringComparison.Ordinal)).Skips().Hears("You said nothing. {b}?");
        Interview.Of(items.Replace(" is {c}", "", StringComparison.Ordinal)).Says("much").Hears("You said much. {b}?");
        Interview.Of(items.Replace(" is {c}", "", StringComparison.Ordinal)).Says(new string('x', 300))
            .Hears($"You said {new string('x', 200)}…. {{b}}?");
    }

    [Fact]
    public void The_core_is_done_when_every_core_question_is_answered_or_skipped()
    {
        var interview = Interview.Of("""
            { "id": "a", "type": "text", "core": true, "ask": "A?" },
            { "id": "b", "type": "text", "core": true, "ask": "B?" },
            { "id": "c", "type": "text", "ask": "C?" }
            """).Says("yes");
        Assert.False(interview.Path.CoreDone);

        Assert.True(interview.Skips().Path.CoreDone);
    }

    [Fact]
    public void A_question_shown_again_can_go_back_as_far_as_from_its_own_place()
    {
        var interview = Interview.Of($"{Rating}, {Story}").Says("3");

        Assert.False(Prompting.At(interview.Flow, interview.Progress, "works", Interview.Facts)!.CanGoBack);
        Assert.Null(Prompting.At(interview.Flow, interview.Progress, "story#short", Interview.Facts));
    }

    [Fact]
    public void A_notice_after_the_last_question_is_read_before_the_closing_words() =>
        Interview.Of($$"""{{Rating}}, { "id": "bye", "type": "notice", "ask": "One more thing." }""").Says("3").Hears("One more thing.", "Thank you.");
}
