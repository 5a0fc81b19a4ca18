namespace FossVoices.Tests.Teams;

/// <summary>Whoever withdraws finds no card in the chat that still shows an answer.</summary>
public sealed class LeavingTests
{
    private const string Words = "Words that nobody else would use.";

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task Every_card_that_shows_an_answer_is_taken_away_also_after_a_restart(bool isTyped, bool hasRestarted)
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        while (ada.IsAsked)
        {
            if (isTyped)
                await ada.TypeAsync(Typed(ada));
            else
                await ada.AnswerAsync(IsNumber(ada) ? "7" : Words);
        }

        // On a card that showed none so far.
        await program.Teams.ClickAsync(ada.Person, ada.Messages.First(message => message.CardFor(ada.Person)?.Doing("mine") is not null), "mine");
        await ada.TypeAsync("my-answers");
        Assert.Contains(Words, ada.Read(), StringComparison.Ordinal);
        Assert.NotEqual(0, await program.CountAsync("select count(*) from trace"));
        if (hasRestarted)
            await program.RestartAsync();

        if (isTyped)
            await ada.TypeAsync("/voices withdraw yes", says: false);
        else
            await ConfirmAsync(ada);

        await program.UntilAsync(() => !ada.Read().Contains(Words, StringComparison.Ordinal), "an end of what was said");
        await program.UntilAsync(() => ada.Read().Contains("Deleted.", StringComparison.Ordinal), "a word that it is done");
        Assert.DoesNotContain(ada.Messages, message => message.CardFor(ada.Person)?.Doing("change") is not null);
        Assert.Equal(0, await program.CountAsync("select count(*) from trace"));
        Assert.Equal(0, await program.CountAsync("select count(*) from session"));
    }

    [Fact]
    public async Task What_the_store_remembers_of_cards_is_sealed()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        var id = ada.Question!.Id;
        await ada.AnswerAsync();

        Assert.Equal(1, await program.CountAsync("select count(*) from trace"));
        Assert.Equal(0, await program.CountAsync($"select count(*) from trace where instr(message, '{id}') > 0 or instr(trace, '{id}') > 0"));
    }

    [Fact]
    public async Task A_card_that_Teams_does_not_let_go_keeps_nobody_from_leaving()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        await ada.AnswerAsync();
        await ada.AnswerAsync();
        program.Teams.Faults.Plan("DELETE ", new ConnectorFault.Refuses(403));

        await ConfirmAsync(ada);

        await program.UntilAsync(() => program.Teams.Log.Count(request => request.Method == "DELETE") == 2, "two tries");
        Assert.Equal(0, await program.CountAsync("select count(*) from session"));
        Assert.Contains("could not be taken away", program.Log.ToString(), StringComparison.Ordinal);
    }

    private static async Task ConfirmAsync(TeamsGuest ada)
    {
        await ada.TypeAsync("delete");
        await ada.PressAsync("delete", says: false);
    }

    private static bool IsNumber(TeamsGuest ada) => InputOf(ada) is "Input.Number";

    private static string InputOf(TeamsGuest ada) => ada.Question!.CardFor(ada.Person)!.Inputs.Select(CardView.TypeOf).First();

    private static string Typed(TeamsGuest ada) => InputOf(ada) switch
    {
        "Input.ChoiceSet" => ada.Question!.CardFor(ada.Person)!.Inputs is { Length: > 1 } ? "2 1" : "1",
        "Input.Number" => "7",
        _ => Words,
    };
}
