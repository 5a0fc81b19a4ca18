using FossVoices.Teams;

namespace FossVoices.Tests.Teams;

/// <summary>A channel hears how many take part, and of nobody when.</summary>
public sealed class TurnoutTests
{
    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(9, 10, 0)]
    [InlineData(10, 10, 10)]
    [InlineData(19, 10, 10)]
    [InlineData(57, 5, 55)]
    public void It_moves_in_steps_of_the_minimum_group(long persons, int group, int said) => Assert.Equal(said, Turnout.Step(persons, group));

    [Fact]
    public async Task The_invitation_says_nothing_of_a_few_and_then_how_many_at_least()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        for (var i = 1; i <= 12; i++)
        {
            var guest = new TeamsGuest(program, $"Guest {i}");
            await guest.AgreeAsync();
            if (i < 10)
                Assert.DoesNotContain("take part so far", Seen(), StringComparison.Ordinal);
        }

        await program.UntilAsync(() => Seen().Contains("10 people or more take part so far.", StringComparison.Ordinal), "a count");
        Assert.InRange(program.Invitation.Edits, 1, 2); // Not once a click.
        Assert.Empty(program.Refused);

        string Seen() => string.Join('\n', program.Teams.Seen(LoopbackTeams.In(program.Channel)).Select(message => message.Card?.Text ?? ""));
    }
}
