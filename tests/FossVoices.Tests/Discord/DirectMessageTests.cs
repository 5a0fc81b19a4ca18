using FossVoices.Discord;

namespace FossVoices.Tests.Discord;

/// <summary>Answering by writing to the bot, where the operator switched it on.</summary>
public sealed class DirectMessageTests
{
    [Fact]
    public async Task What_is_written_to_the_bot_is_the_answer_to_the_question_that_stands()
    {
        await using var program = await InDiscord.StartAsync(direct: true);
        var ada = await ToTheStoryAsync(program);

        await ada.PressAsync(Act.Direct);
        Assert.Contains("Tell us of one evening there", ada.Message.Text, StringComparison.Ordinal);
        Assert.Contains("Write your answer here as a message", ada.Message.Text, StringComparison.Ordinal);
        await program.Discord.WriteAsync(ada.Person, "We sat there until the lamps went out, and somebody sang.");
        await LoopbackBot.Until(() => ada.Message.Text.Contains("Would you answer one more?", StringComparison.Ordinal));

        Assert.Equal(1, await program.CountAsync("select count(*) from answer where address = 'story' and words is not null"));
        await ada.PressAsync("Go on"); // buttons work there, too
        Assert.True(ada.IsAsked);
        Assert.All(program.Discord.Log, request => Assert.True(request.Status < 400, $"{request.Method} {request.Path}: {request.Status} {request.Body}"));
    }

    [Fact]
    public async Task The_same_message_told_of_twice_after_a_restart_is_one_answer_and_one_reply()
    {
        await using var program = await InDiscord.StartAsync(direct: true);
        var ada = await ToTheStoryAsync(program);
        await ada.PressAsync(Act.Direct);
        var id = await program.Discord.WriteAsync(ada.Person, "We sat there until the lamps went out, and somebody sang.");
        await LoopbackBot.Until(() => ada.Message.Text.Contains("Would you answer one more?", StringComparison.Ordinal));
        var answers = await program.CountAsync("select count(*) from answer");
        var said = program.Discord.Seen(program.Discord.DirectMessages(ada.Person)!, ada.Person).Count;

        await program.RestartAsync();
        await program.Discord.WriteAsync(ada.Person, "We sat there until the lamps went out, and somebody sang.", id);
        await LoopbackBot.Until(() => program.Discord.Log.Count(r => r.Method == "POST" && r.Path.EndsWith("/messages", StringComparison.Ordinal) && (string?)r.Body?["nonce"] == id) == 2);

        Assert.Equal(answers, await program.CountAsync("select count(*) from answer"));
        Assert.Equal(said, program.Discord.Seen(program.Discord.DirectMessages(ada.Person)!, ada.Person).Count);
    }

    [Fact]
    public async Task Closed_direct_messages_are_taken_kindly_and_the_form_is_there_with_the_draft()
    {
        await using var program = await InDiscord.StartAsync(direct: true);
        var ada = await ToTheStoryAsync(program, closed: true);

        await ada.PressAsync(Act.Direct);

        Assert.Contains("and that is fine", ada.Message.Text, StringComparison.Ordinal);
        Assert.Null(ada.Offered(Act.Direct));
        await ada.WriteAsync("We sat there until the lamps went out.");
        Assert.Equal(1, await program.CountAsync("select count(*) from answer where address = 'story'"));
    }

    [Fact]
    public async Task Somebody_who_reads_French_is_asked_in_French_there()
    {
        await using var program = await InDiscord.StartAsync(studies: Path.Combine(Repository.Root, "surveys"), direct: true);
        await program.InviteAsync();
        var ada = new Guest(program, "Ada", "fr");
        await ada.AgreeAsync();
        while (ada.Offered(Act.Direct) is null)
        {
            if (ada.Message.Buttons.Contains("Continuer"))
                await ada.PressAsync("Continuer");
            else
                await ada.AnswerAsync();
        }

        await ada.PressAsync(Act.Direct);

        Assert.Contains("Écrivez votre réponse ici", ada.Message.Text, StringComparison.Ordinal);
        var before = ada.Message.Id;
        await program.Discord.WriteAsync(ada.Person, "En 2019, une mise à jour a cassé notre chaîne et personne ne savait qui prévenir ; nous avons cherché une journée entière avant de trouver.");
        await LoopbackBot.Until(() => ada.Message.Id != before);
        Assert.Contains("Passer", ada.Message.Buttons);
    }

    [Fact]
    public async Task Somebody_with_nothing_to_answer_is_told_so()
    {
        await using var program = await InDiscord.StartAsync(direct: true);
        var ada = await ToTheStoryAsync(program);
        await ada.PressAsync(Act.Direct);
        await program.Discord.CommandAsync(ada.Person, program.Channel, "voices withdraw");
        var own = program.Discord.Seen(program.Channel, ada.Person).Last(message => message.OnlyFor == ada.Person.Id);
        await program.Discord.ClickAsync(ada.Person, own, "Delete them");
        await LoopbackBot.Until(() => own.Text.Contains("Deleted", StringComparison.Ordinal));

        await program.Discord.WriteAsync(ada.Person, "Hello?");

        await LoopbackBot.Until(() => ada.Message.Text.Contains("No question of a study waits for you here", StringComparison.Ordinal));
        Assert.Equal(0, await program.CountAsync("select count(*) from answer"));
    }

    [Fact]
    public async Task Unless_it_is_switched_on_no_message_is_asked_for_and_none_is_offered()
    {
        await using var program = await InDiscord.StartAsync();
        var ada = await ToTheStoryAsync(program);

        Assert.Null(ada.Offered(Act.Direct));
        Assert.Equal(1, (int)Assert.Single(program.Discord.Gateway.Identified)["intents"]!);
    }

    private static async Task<Guest> ToTheStoryAsync(InDiscord program, bool closed = false)
    {
        await program.InviteAsync();
        var ada = new Guest(program, program.Discord.AddPerson("Ada", closed: closed));
        await ada.AgreeAsync();
        while (!ada.Message.Text.Contains("Tell us of one evening there", StringComparison.Ordinal))
            await ada.AnswerAsync("7");
        return ada;
    }
}
