namespace FossVoices.Tests.Teams;

/// <summary>Whoever is to stand in a report in words is asked in Teams how, says yes or no with a button, and can answer beside the words.</summary>
public sealed class QuotedWordsTests
{
    private const string Story = "The rain came through the roof, and we sang until the lamps went out.";
    private const string Yes = "Yes, like this";
    private const string No = "No, take it back";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_yes_is_kept_with_the_answer_that_stands_beside_it(bool hasOldClient)
    {
        using var released = Discord.QuotedWordsTests.Releasing();
        await using var program = await InTeams.StartAsync(studies: released.Folder);
        var ada = await QuotedAsync(program, hasOldClient);

        await PressAsync(ada, Yes, ("reply", "It has been mended since."));

        // An old client is not answered: the bot puts the card anew, in its own time.
        await program.UntilAsync(() => ada.Read().Contains("It has been mended since.", StringComparison.Ordinal), "a card with the answer on it");
        Assert.Equal(1, await program.CountAsync("select count(*) from told where quoted = 1 and answered_at is not null and reply is not null"));
        Assert.Empty(program.Refused);
    }

    [Fact]
    public async Task A_no_takes_the_words_out_of_the_report_and_back_to_counting()
    {
        using var released = Discord.QuotedWordsTests.Releasing();
        await using var program = await InTeams.StartAsync(studies: released.Folder);
        var ada = await QuotedAsync(program);

        await PressAsync(ada, No);

        Assert.Equal(0, await program.CountAsync("select count(*) from told"));
        Assert.Equal(1, await program.CountAsync("select count(*) from own_words where release = 'count'"));
        await ada.TypeAsync("/voices words");
        Assert.Null(ada.Last.CardFor(ada.Person)!.Doing("approve"));
    }

    [Fact]
    public async Task Other_words_are_accepted_as_they_were_read_and_not_as_they_were_changed_meanwhile()
    {
        using var released = Discord.QuotedWordsTests.Releasing();
        await using var program = await InTeams.StartAsync(studies: released.Folder);
        var ada = await ReleasedAsync(program, "paraphrase", hasOldClient: false);
        await Discord.QuotedWordsTests.ProposeAsync(program.Data, "Somebody spoke of the rain.");
        await ada.TypeAsync("/voices words");
        var before = ada.Last;

        await Discord.QuotedWordsTests.ProposeAsync(program.Data, "Somebody complained of the rain.");
        await program.Teams.ClickAsync(ada.Person, before, "approve", title: Yes);
        Assert.Equal(0, await program.CountAsync("select count(*) from paraphrase where state = 'accepted'"));

        await ada.TypeAsync("/voices words");
        Assert.Contains("Somebody complained of the rain.", ada.Last.TextFor(ada.Person), StringComparison.Ordinal);
        await PressAsync(ada, Yes);
        Assert.Equal(1, await program.CountAsync("select count(*) from paraphrase where state = 'accepted'"));
    }

    [Fact]
    public async Task Nobody_answers_for_another_with_a_card_that_was_passed_on()
    {
        using var released = Discord.QuotedWordsTests.Releasing();
        await using var program = await InTeams.StartAsync(studies: released.Folder);
        var ada = await QuotedAsync(program);
        var eve = program.Teams.AddPerson("Eve");

        await program.Teams.ClickAsync(eve, ada.Last, "approve", title: Yes);

        Assert.Equal(0, await program.CountAsync("select count(*) from told where answered_at is not null"));
    }

    /// <summary>Ada has told a story and released it.</summary>
    private static async Task<TeamsGuest> ReleasedAsync(InTeams program, string level, bool hasOldClient)
    {
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada", hasOldClient: hasOldClient);
        await ada.AgreeAsync();
        await ada.AnswerAsync();
        await ada.AnswerAsync(Story);
        await ada.TypeAsync("/voices words");
        await PressAsync(ada, title: null, "release", ("level", level));
        await program.UntilAsync(() => ada.Read().Contains("Done. It holds from now on.", StringComparison.Ordinal), "a word that it is kept");
        return ada;
    }

    /// <summary>And a report in words is drawn, in which it stands.</summary>
    private static async Task<TeamsGuest> QuotedAsync(InTeams program, bool hasOldClient = false)
    {
        var ada = await ReleasedAsync(program, "anonymous", hasOldClient);
        await Discord.QuotedWordsTests.CodeAsync(program.Data, program.Studies);
        await program.Teams.TypeAsync(program.Organiser, LoopbackTeams.In(program.Channel), "/voices-study words");
        await program.UntilAsync(() => program.Teams.Seen(LoopbackTeams.In(program.Channel)).Any(m => m.TextFor(program.Organiser).Contains("is drawn: 1 excerpts", StringComparison.Ordinal)), "a report");
        await ada.TypeAsync("/voices words");
        Assert.Contains(Story, ada.Last.TextFor(ada.Person), StringComparison.Ordinal);
        return ada;
    }

    private static Task<Clicked> PressAsync(TeamsGuest guest, string title, params (string Id, string Value)[] given) => PressAsync(guest, title, "approve", given);

    private static Task<Clicked> PressAsync(TeamsGuest guest, string? title, string verb, params (string Id, string Value)[] given) =>
        guest.PressAsync(verb, says: false, given.ToDictionary(its => its.Id, its => its.Value, StringComparer.Ordinal), title);
}
