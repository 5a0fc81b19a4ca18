namespace FossVoices.Tests.Teams;

/// <summary>Several simple questions on one card, with the study that comes with the program.</summary>
public sealed class SeveralTests
{
    private static readonly string s_bundled = Path.Combine(Repository.Root, "surveys");

    [Fact]
    public async Task Several_questions_are_answered_on_one_card_and_those_left_open_are_skipped()
    {
        await using var program = await InTeams.StartAsync(studies: s_bundled);
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        while (ada.Last.CardFor(ada.Person)!.Doing("several") is null)
            await ada.AnswerAsync();
        var answers = await program.CountAsync("select count(*) from answer");

        await ada.PressAsync("several", says: false);
        var given = ada.Filled(ada.Last, "");
        Assert.InRange(given.Count, 3, 5);
        await ada.PressAsync("together", given: given.Remove(given.Keys.Max(StringComparer.Ordinal)!));

        Assert.Equal(answers + given.Count, await program.CountAsync("select count(*) from answer"));
        Assert.Equal(1, await program.CountAsync("select count(*) from answer where kind = 'skipped'"));
        Assert.True(ada.IsAsked);
        Assert.Empty(program.Refused);
    }
}
