using System.Text;
using System.Text.RegularExpressions;
using FossVoices.Discord;

namespace FossVoices.Tests.Discord;

/// <summary>Whole surveys in Discord, through the real program and a Discord on loopback.</summary>
public sealed class SurveyTests
{
    [Theory]
    [InlineData("Gateway")]
    [InlineData("Http")]
    public async Task Somebody_answers_from_the_invitation_to_the_end_and_every_answer_is_kept(string transport)
    {
        await using var program = await InDiscord.StartAsync(Enum.Parse<Transport>(transport));
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");

        await ada.AgreeAsync();
        Assert.Contains("Your receipt", ada.Message.Text, StringComparison.Ordinal);
        var asked = await ada.AnswerAllAsync();

        Assert.True(asked > 5);
        Assert.Contains("Your answers", ada.Message.Text, StringComparison.Ordinal);
        Assert.Equal(asked, await program.CountAsync("select count(*) from answer"));
        Assert.Equal(1, await program.CountAsync("select count(*) from session where finished_at is not null"));
        Assert.All(program.Discord.Log, request => Assert.True(request.Status < 400, $"{request.Method} {request.Path}: {request.Status} {request.Body}"));
        Assert.Equal("", program.Log.ToString());
    }

    [Fact]
    public async Task What_somebody_reads_from_the_invitation_to_the_own_answers()
    {
        await using var program = await InDiscord.StartAsync();
        var read = new StringBuilder();
        Read(await program.InviteAsync());
        var ada = new Guest(program, "Ada");
        await ada.StartAsync();
        Read(ada.Message);
        await ada.AgreeAsync();
        while (ada.IsAsked)
        {
            Read(ada.Message);
            await ada.AnswerAsync("7");
        }

        Read(ada.Message);
        await ada.PressAsync(Act.Mine);
        Read(ada.Message);
        await ada.PressAsync(Act.Withdraw);
        Read(ada.Message);
        await ada.PressAsync(Act.Delete);
        Read(ada.Message);

        Golden.Match(read.ToString());

        void Read(LoopbackMessage message) => read.Append(Regex.Replace(
            $"{message.Text}\n{string.Join(' ', message.Buttons.Select(label => $"[{label}]"))}{(message.CustomIds.Count > message.Buttons.Count ? " [Choose … ▾]" : "")}\n\n────\n\n",
            "`[0-9a-z-]{19}`|until [0-9]+ [A-Z][a-z]+ [0-9]{4}", "‹›", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Nothing_is_kept_before_agreeing()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");

        await ada.StartAsync();
        await ada.PressAsync(Act.Decline);

        Assert.Equal(0, await program.CountAsync("select count(*) from session"));
        Assert.Contains("Nothing has been kept", ada.Message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_click_after_a_restart_goes_on_where_one_was()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        await ada.AnswerAsync();

        await program.RestartAsync();
        await ada.AnswerAsync();

        Assert.Equal(2, await program.CountAsync("select count(*) from answer"));
    }

    [Fact]
    public async Task Start_on_the_invitation_again_goes_on_where_one_was_and_old_messages_are_told_so()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        var old = ada.Message;
        var first = old.CustomIds[0];
        await ada.StartAsync();
        await ada.AnswerAsync();

        await program.Discord.ClickAsync(ada.Person, old, first);

        Assert.Equal(1, await program.CountAsync("select count(*) from answer"));
        Assert.Contains("already moved on", old.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_touches_the_answers_of_somebody_else()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var (ada, eve) = (new Guest(program, "Ada"), new Guest(program, "Eve"));
        await ada.AgreeAsync();
        await eve.AgreeAsync();
        var stolen = ada.Message.CustomIds[0];

        // Eve's client sends what Ada's button carries.
        eve.Message.Content["components"] = ada.Message.Content["components"]!.DeepClone();
        await program.Discord.ClickAsync(eve.Person, eve.Message, stolen);

        Assert.Equal(0, await program.CountAsync("select count(*) from answer"));
    }

    [Fact]
    public async Task Own_answers_are_read_changed_and_deleted()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        await ada.AnswerAllAsync();

        await program.Discord.CommandAsync(ada.Person, program.Channel, "voices mydata");
        Assert.Contains("are kept under a pseudonym until", ada.Message.Text, StringComparison.Ordinal);
        await ada.PressAsync(Act.Change, "0");
        Assert.True(ada.IsAsked);
        await ada.AnswerAsync();
        await program.Discord.CommandAsync(ada.Person, program.Channel, "voices withdraw");
        await ada.PressAsync(Act.Delete);

        Assert.Contains("Deleted", ada.Message.Text, StringComparison.Ordinal);
        Assert.Equal(0, await program.CountAsync("select count(*) from answer"));
        Assert.Equal(0, await program.CountAsync("select count(*) from session"));
    }

    [Fact]
    public async Task Only_people_who_may_manage_the_server_open_a_study()
    {
        await using var program = await InDiscord.StartAsync();
        var admin = program.Discord.AddPerson("Abe", permissions: 1 << 3);
        var member = program.Discord.AddPerson("Mia");

        await Assert.ThrowsAsync<InvalidOperationException>(() => program.Discord.CommandAsync(member, program.Channel, "voices-study open"));
        await program.Discord.CommandAsync(admin, program.Channel, "voices-study open");

        Assert.Contains("Start", program.Invitation.Buttons);
    }

    [Fact]
    public async Task A_pause_is_kept_and_resumed_on_another_day()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        await ada.AnswerAsync();

        await ada.PressAsync(Act.Pause);
        Assert.Contains("Paused", ada.Message.Text, StringComparison.Ordinal);
        program.Discord.ExpireTokens();
        await ada.StartAsync();
        await ada.PressAsync(Act.Resume);

        Assert.True(ada.IsAsked);
    }

    /// <summary>From the invitation to the end: lists, forms, going on behind a gate, and the own answers at last.</summary>
    [Fact]
    public async Task Many_people_at_once_each_get_through_the_whole_survey()
    {
        var people = Environment.GetEnvironmentVariable("FOSSVOICES_LONG") == "1" ? 1000 : 40;
        await using var program = await InDiscord.StartAsync();
        program.Discord.Deadline = TimeSpan.FromMinutes(5); // The people and their Discord share this machine with the bot.
        await program.InviteAsync();

        var asked = await Task.WhenAll(Enumerable.Range(0, people).Select(async i =>
        {
            var guest = new Guest(program, $"Guest {i}");
            await guest.AgreeAsync();
            var answered = await guest.AnswerAllAsync($"{i % 24}");
            Assert.Contains("Your answers", guest.Message.Text, StringComparison.Ordinal);
            return answered;
        }));

        Assert.All(asked, answered => Assert.InRange(answered, 6, 9));
        Assert.Equal(people, await program.CountAsync("select count(*) from session where finished_at is not null"));
        Assert.Equal(asked.Sum(), await program.CountAsync("select count(*) from answer"));
        Assert.Equal(people, await program.CountAsync("select count(distinct respondent) from answer join session using (study, session)"));
        Assert.Equal("", program.Log.ToString());
    }

    [Fact]
    public async Task A_connection_that_is_cut_loses_no_answer()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();

        await program.Discord.DisconnectAsync(new Disconnect.Cut());
        await ada.AnswerAsync();
        await program.Discord.DisconnectAsync(new Disconnect.PleaseReconnect());
        await ada.AnswerAsync();

        Assert.Equal(2, await program.CountAsync("select count(*) from answer"));
    }

    [Fact]
    public async Task Somebody_whose_Discord_is_French_is_asked_by_the_bot_in_French()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var ada = new Guest(program, "Ada", "fr");

        await program.Discord.CommandAsync(ada.Person, program.Channel, "voices help");

        Assert.Contains("participe ou reprend", ada.Message.Text, StringComparison.Ordinal);
    }
}
