using System.Text;
using System.Text.RegularExpressions;

namespace FossVoices.Tests.Teams;

/// <summary>Whole surveys in Teams, through the real program and a Teams on loopback.</summary>
public sealed partial class SurveyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Somebody_answers_from_the_invitation_to_the_end_and_every_answer_is_kept(bool hasOldClient)
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada", hasOldClient: hasOldClient);

        await ada.AgreeAsync();
        Assert.Contains("receipt", ada.Read(), StringComparison.OrdinalIgnoreCase);
        var asked = await ada.AnswerAllAsync();

        Assert.True(asked > 5);
        Assert.Equal(asked, await program.CountAsync("select count(*) from answer"));
        Assert.Equal(1, await program.CountAsync("select count(*) from session where finished_at is not null"));
        Assert.Empty(program.Refused);
        Assert.Equal("", program.Log.ToString());
    }

    [Fact]
    public async Task Somebody_who_presses_nothing_answers_it_all_by_typing()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");

        await ada.TypeAsync("/voices start");
        await program.UntilAsync(() => ada.Offers("agree"), "a question for consent");
        await ada.TypeAsync("I agree");
        foreach (var typed in new[] { "I look after it", "2", "Benches, Shade", "2 1", "7", "It was a long and warm evening.", "no" })
        {
            await program.UntilAsync(() => ada.IsAsked, "a question");
            await ada.TypeAsync(typed);
        }

        await program.UntilAsync(() => !ada.IsAsked, "an end");
        Assert.Equal(7, await program.CountAsync("select count(*) from answer where kind <> 'skipped'"));
        Assert.Equal(1, await program.CountAsync("select count(*) from session where finished_at is not null"));
    }

    [Fact]
    public async Task What_somebody_reads_from_the_invitation_to_the_own_answers()
    {
        await using var program = await InTeams.StartAsync();
        var ada = new TeamsGuest(program, "Ada");
        var read = new StringBuilder("In the channel\n\n").Append(Shown(await program.InviteAsync(), ada)).Append("\nIn the chat\n\n");

        await ada.JoinAsync();
        await ReadAsync("presses Take part", "agree");
        await ada.PressAsync("agree", given: ada.Filled(ada.Last, ""));
        while (ada.IsAsked)
        {
            await ReadAsync("is asked", "answer");
            await ada.AnswerAsync("7");
        }

        await ReadAsync("is at the end", "mine");
        read.Append("The chat above it has become\n\n");
        foreach (var message in ada.Messages[..^1])
            read.Append(Shown(message, ada));
        foreach (var verb in new[] { "mine", "withdraw", "delete" })
        {
            await ada.PressAsync(verb, says: false);
            read.Append(verb).Append("\n\n").Append(Shown(ada.Messages[^1], ada));
        }

        async Task ReadAsync(string what, string verb)
        {
            await program.UntilAsync(() => ada.Last.CardFor(ada.Person)?.Doing(verb) is not null, what);
            read.Append(Shown(ada.Last, ada));
        }

        Golden.Match(Varying().Replace(read.ToString(), "‹›"));
    }

    [Fact]
    public async Task Nothing_is_kept_before_agreeing()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");

        await ada.JoinAsync();
        await ada.PressAsync("decline", says: false);

        Assert.Equal(0, await program.CountAsync("select count(*) from session"));
    }

    [Fact]
    public async Task A_click_after_a_restart_goes_on_where_one_was()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        await ada.AnswerAsync();

        await program.RestartAsync();
        await ada.AnswerAsync();
        await ada.TypeAsync("Benches");

        Assert.Equal(3, await program.CountAsync("select count(*) from answer"));
    }

    [Theory]
    [InlineData("SameId", false)]
    [InlineData("NewId", false)]
    [InlineData("AtOnce", false)]
    [InlineData("SameId", true)]
    [InlineData("AtOnce", true)]
    public async Task What_is_told_twice_counts_once(string again, bool hasOldClient)
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada", hasOldClient: hasOldClient);
        program.Teams.Delivery.TellsAgain = Enum.Parse<TellsAgain>(again);

        await ada.AgreeAsync();
        await ada.AnswerAsync();
        await ada.AnswerAsync();

        Assert.Equal(2, await program.CountAsync("select count(*) from answer"));
        Assert.Equal(1, await program.CountAsync("select count(*) from session"));
        Assert.Single(ada.Messages, message => message.CardFor(ada.Person)?.Doing("answer") is not null);
    }

    [Theory]
    [InlineData("SameId")]
    [InlineData("AtOnce")]
    public async Task Words_that_are_told_twice_count_once(string again)
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        program.Teams.Delivery.TellsAgain = Enum.Parse<TellsAgain>(again);

        await ada.TypeAsync("2");
        await ada.TypeAsync("2");

        Assert.Equal(2, await program.CountAsync("select count(*) from answer"));
    }

    [Fact]
    public async Task On_two_devices_the_first_answer_counts_and_the_other_device_is_told()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        var onThePhone = ada.Question!.Frozen(ada.Person);
        await ada.AnswerAsync();

        var given = ada.Filled(onThePhone, "").ToDictionary(pair => pair.Key, pair => CardView.ChoicesOf(onThePhone.CardFor(ada.Person)!.Inputs[0])[1].Value, StringComparer.Ordinal);
        var clicked = await program.Teams.ClickAsync(ada.Person, onThePhone, "answer", given);

        Assert.Null(clicked.Error);
        Assert.Equal(1, await program.CountAsync("select count(*) from answer"));
        Assert.Equal(1, await program.CountAsync("select count(*) from answer where value = 'upstream'"));
    }

    [Fact]
    public async Task On_two_devices_at_the_same_time_one_answer_counts()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        var question = ada.Question!.Frozen(ada.Person);
        var choices = CardView.ChoicesOf(question.CardFor(ada.Person)!.Inputs[0]);

        await Task.WhenAll(choices.Select(choice => program.Teams.ClickAsync(
            ada.Person, question, "answer", new Dictionary<string, string>(StringComparer.Ordinal) { [(string)question.CardFor(ada.Person)!.Inputs[0]["id"]!] = choice.Value })));

        Assert.Equal(1, await program.CountAsync("select count(*) from answer"));
    }

    [Fact]
    public async Task An_answer_is_changed_by_the_line_that_reads_it_back()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        await ada.AnswerAsync();
        await ada.AnswerAsync();

        var readBack = ada.Messages.Last(message => message.CardFor(ada.Person)?.Doing("change") is not null);
        await program.Teams.ClickAsync(ada.Person, readBack, "change");
        var input = readBack.CardFor(ada.Person)!.Inputs[0];
        await program.Teams.ClickAsync(ada.Person, readBack, "answer", new Dictionary<string, string>(StringComparer.Ordinal) { [(string)input["id"]!] = CardView.ChoicesOf(input)[2].Value });

        Assert.Equal(2, await program.CountAsync("select count(*) from answer"));
        Assert.Equal(1, await program.CountAsync("select count(*) from answer where number = 3"));
    }

    [Fact]
    public async Task Nobody_touches_the_answers_of_somebody_else()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var (ada, eve) = (new TeamsGuest(program, "Ada"), new TeamsGuest(program, "Eve"));
        await ada.AgreeAsync();
        await eve.AgreeAsync();

        // Eve's client sends what Ada's card carries.
        var adas = ada.Question!;
        await program.Teams.ClickAsync(eve.Person, new TeamsMessage(eve.Last.Id, eve.Chat, adas.Activity), "answer", ada.Filled(adas, ""));

        Assert.Equal(0, await program.CountAsync("select count(*) from answer"));
    }

    [Fact]
    public async Task Somebody_without_the_app_is_told_so_with_a_link_and_takes_part_once_it_is_there()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada", hasApp: false);

        var clicked = await ada.JoinAsync();

        Assert.Null(clicked.Error);
        var seen = $"{clicked.Told}\n{program.Invitation.CardFor(ada.Person)!.Json.ToJsonString()}";
        Assert.Contains($"https://teams.microsoft.com/l/chat/0/0?users=28:{TeamsWorld.App}", seen, StringComparison.Ordinal);
        Assert.Empty(ada.Messages);
        await program.Teams.InstallAsync(ada.Person);
        await ada.TypeAsync("/voices start");
        Assert.True(ada.Offers("agree"));
    }

    [Fact]
    public async Task A_team_that_removed_the_bot_is_forgotten_and_gets_nothing_more()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        Assert.NotEqual(0, await program.CountAsync("select count(*) from place where gone_at is null"));

        await program.Teams.RemoveAsync(program.Channel, program.Organiser);

        Assert.Equal(0, await program.CountAsync("select count(*) from place where gone_at is null"));
        var ada = new TeamsGuest(program, "Ada");
        await ada.TypeAsync("/voices start");
        Assert.True(ada.Offers("agree")); // The chat goes on.
    }

    [Fact]
    public async Task Throttled_failing_and_lost_calls_lose_no_question_and_double_none()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        var before = ada.Messages.Length;

        program.Teams.Faults.Plan("/activities", new ConnectorFault.Refuses(429, RetryAfter: 1));
        await ada.AnswerAsync();
        program.Teams.Faults.Plan("/activities", new ConnectorFault.Refuses(412));
        await ada.AnswerAsync();
        program.Teams.Faults.Plan("/activities", new ConnectorFault.LosesReply());
        await ada.AnswerAsync();
        program.Teams.Faults.Plan("/activities", new ConnectorFault.DoneYetRefuses(504));
        await ada.AnswerAsync("7");
        program.Teams.Faults.Plan("/activities", new ConnectorFault.AnswersWithoutId());
        await ada.AnswerAsync("A long and warm evening it was.");

        Assert.Equal(5, ada.Messages.Length - before);
        Assert.Equal(5, await program.CountAsync("select count(*) from answer"));
        Assert.Equal(0, program.Teams.Faults.Waiting);
    }

    [Fact]
    public async Task A_question_whose_arrival_was_doubted_is_asked_once_when_it_is_answered_where_it_arrived()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        program.Teams.Faults.Plan("/activities", new ConnectorFault.LosesReply());
        await ada.AnswerAsync();
        // It arrived, and nobody was told; so it stands in place of the answered card, too.
        await program.UntilAsync(() => ada.Messages.Count(Asks) == 2, "the question twice");

        await ada.AnswerAsync();

        await program.UntilAsync(() => ada.Messages.Count(Asks) == 1, "one question");
        Assert.Equal(2, await program.CountAsync("select count(*) from answer"));
        Assert.Same(ada.Last, ada.Messages.Single(Asks));

        bool Asks(TeamsMessage message) => message.CardFor(ada.Person)?.Doing("answer") is not null;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_presses_the_invitation_twice_is_greeted_once(bool hasOldClient)
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada", hasOldClient: hasOldClient);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => program.Teams.ClickAsync(ada.Person, program.Invitation, "join")));
        await program.UntilAsync(() => ada.Offers("agree"), "a question for consent");
        await program.Teams.ClickAsync(ada.Person, program.Invitation, "join");
        await program.RestartAsync(); // Waits for what is under way.

        Assert.Single(ada.Messages);
    }

    [Fact]
    public async Task A_pause_is_kept_and_resumed_days_later()
    {
        var clock = new SkippingTime();
        await using var program = await InTeams.StartAsync(time: clock);
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        await ada.AnswerAsync();

        await ada.PressAsync("pause", says: false);
        clock.Skip(TimeSpan.FromDays(4));
        await ada.PressAsync("resume");

        Assert.True(ada.IsAsked);
        await ada.AnswerAsync();
        Assert.Equal(2, await program.CountAsync("select count(*) from answer"));
    }

    [Fact]
    public async Task Only_organisers_open_a_study()
    {
        await using var program = await InTeams.StartAsync();
        await program.Teams.InstallAsync(program.Channel, program.Organiser);

        await program.Teams.TypeAsync(program.Teams.AddPerson("Mia"), LoopbackTeams.In(program.Channel), "/voices-study open");
        await program.Teams.TypeAsync(program.Organiser, LoopbackTeams.In(program.Channel), "/voices-study open");

        await program.UntilAsync(() => program.Teams.Seen(LoopbackTeams.In(program.Channel)).Any(m => m.Card?.Doing("join") is not null), "an invitation");
        Assert.Single(program.Teams.Seen(LoopbackTeams.In(program.Channel)), m => m.Card?.Doing("join") is not null);
    }

    [Fact]
    public async Task Many_people_at_once_each_get_their_own_questions()
    {
        var (people, isLong) = Environment.GetEnvironmentVariable("FOSSVOICES_LONG") is "1" ? (1_000, true) : (25, false);
        await using var program = await InTeams.StartAsync();
        program.Patience = TimeSpan.FromMinutes(isLong ? 20 : 2);
        await program.InviteAsync();

        var asked = await Task.WhenAll(Enumerable.Range(0, people).Select(async i =>
        {
            var guest = new TeamsGuest(program, $"Guest {i}");
            await guest.AgreeAsync();
            return await guest.AnswerAllAsync();
        }));

        Assert.All(asked, questions => Assert.Equal(asked[0], questions));
        Assert.Equal(people, await program.CountAsync("select count(*) from session where finished_at is not null"));
        Assert.Equal(asked.Sum(), await program.CountAsync("select count(*) from answer"));
        Assert.Equal(people, await program.CountAsync("select count(distinct session) from answer"));
        Assert.Empty(program.Refused);
    }

    [Fact]
    public async Task Somebody_whose_Teams_is_French_is_answered_in_French()
    {
        await using var program = await InTeams.StartAsync(studies: Repository.Surveys);
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada", "fr-FR");

        await ada.TypeAsync("/voices help");

        Assert.Contains("Ce que vous pouvez dire", ada.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_secrets_nor_words_are_logged_and_the_token_goes_to_the_connector_alone()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        program.Teams.Faults.Plan("/activities", new ConnectorFault.Refuses(403), times: 2);
        await ada.PressAsync("answer", says: false, given: ada.Filled(ada.Question!, ""));
        await ada.TypeAsync("a-word-nobody-else-uses", says: false);

        Assert.DoesNotContain(TeamsWorld.Secret, program.Log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("a-word-nobody-else-uses", program.Log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(program.Teams.Log[0].Authorization, program.Log.ToString(), StringComparison.Ordinal);
        Assert.All(program.Teams.Log, request => Assert.StartsWith("Bearer loopback-", request.Authorization, StringComparison.Ordinal));
        Assert.InRange(program.Teams.Identity.TokensGiven, 1, 2);
    }

    private static string Shown(TeamsMessage message, TeamsGuest reader)
    {
        var card = message.CardFor(reader.Person);
        return $"{message.TextFor(reader.Person)}\n{(card is null ? "" : string.Join(' ', card.Buttons.Select(title => $"[{title}]")))}\n────\n\n";
    }

    [GeneratedRegex("(?<![0-9a-z-])[0-9a-z]{4}(-[0-9a-z]{4}){3}(?![0-9a-z-])|[0-9]+ [A-Z][a-z]+ 20[0-9]{2}|[A-Z][a-z]+ [0-9]+, 20[0-9]{2}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Varying();
}
