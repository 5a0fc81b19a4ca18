using System.Text.Json.Nodes;
using FossVoices.Tests.Discord;

namespace FossVoices.Tests.Teams;

/// <summary>What organisers say in Teams beside opening a study, and what a team shows.</summary>
public sealed class OrganisingTests
{
    [Fact]
    public async Task Reports_are_posted_on_a_schedule_that_an_organiser_sets_and_stops()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();

        Assert.Contains("no reports are posted on a schedule", await SaidAsync(program, program.Organiser, "voices-study schedule"), StringComparison.Ordinal);
        Assert.Contains("0 9 * * MON", await SaidAsync(program, program.Organiser, "voices-study schedule 0 9 * * MON"), StringComparison.Ordinal);
        Assert.Contains("no time that I know", await SaidAsync(program, program.Organiser, "voices-study schedule garden whenever"), StringComparison.Ordinal);
        Assert.Contains("reports are posted at 0 9 * * MON", await SaidAsync(program, program.Organiser, "voices-study schedule garden"), StringComparison.Ordinal);
        Assert.Contains("no more reports", await SaidAsync(program, program.Organiser, "voices-study schedule stop"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_shown_in_the_organisers_own_chat_before_it_is_posted_and_corrected_where_it_stands()
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var (organiser, channel) = (program.Organiser, LoopbackTeams.In(program.Channel));

        Assert.Contains("for organisers alone", await SaidAsync(program, organiser, "voices-study report preview"), StringComparison.Ordinal);
        await program.Teams.InstallAsync(organiser);
        await program.Teams.TypeAsync(organiser, program.Teams.Chat(organiser), "voices-study report preview");
        await program.UntilAsync(() => Texts(program.Teams.Chat(organiser)).Any(text => text.Contains("(report 1)", StringComparison.Ordinal)), "a preview");
        Assert.Contains(Texts(program.Teams.Chat(organiser)), text => text.Contains("has been posted nowhere", StringComparison.Ordinal));
        Assert.Equal(0, await program.CountAsync("select count(*) from snapshot where posted_at is not null"));
        Assert.Contains("There is nothing to correct", await SaidAsync(program, organiser, "voices-study report garden correct"), StringComparison.Ordinal);

        await program.Teams.TypeAsync(organiser, channel, "voices-study report");
        await program.UntilAsync(() => Texts(channel).Any(text => text.Contains("(report 1)", StringComparison.Ordinal)), "a report");
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        await program.Teams.TypeAsync(organiser, channel, "voices-study report correct");
        await program.UntilAsync(() => Texts(channel).Any(text => text.Contains("Corrected, in place of report 1", StringComparison.Ordinal)), "a correction");
        await program.UntilAsync(() => Texts(channel).Any(text => text.Contains("Report 2 takes the place of report 1", StringComparison.Ordinal)), "an answer");
        Assert.DoesNotContain(Texts(channel), text => text.Contains("(report 1)", StringComparison.Ordinal));

        IEnumerable<string> Texts(TeamsConversation conversation) => program.Teams.Seen(conversation).Select(message => message.TextFor(organiser));
    }

    [Theory]
    [InlineData("voices-study open")]
    [InlineData("/voices-study report")]
    [InlineData("voices-study schedule 0 9 * * MON")]
    public async Task Only_organisers_run_a_study(string command)
    {
        await using var program = await InTeams.StartAsync();
        await program.Teams.InstallAsync(program.Channel, program.Organiser);
        var eve = program.Teams.AddPerson("Eve");

        var said = await SaidAsync(program, eve, command);

        Assert.Contains("This command is for organisers", said, StringComparison.Ordinal);
        Assert.Contains(eve.Account, said, StringComparison.Ordinal);
        Assert.Equal(0, await program.CountAsync("select count(*) from place"));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_team_that_the_study_names_shows_its_members_side(bool isItsTeam, int attested)
    {
        var teams = await LoopbackTeams.StartAsync();
        var team = isItsTeam ? teams.AddChannel("maintainers").Id : "19:another@thread.tacv2";
        using var made = new MadeStudy(study => study["attestation"] = new JsonObject { ["upstream"] = new JsonObject { ["teams"] = new JsonArray { team } } });
        await using var program = await InTeams.StartAsync(teams, studies: made.Folder);
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();

        await ada.AnswerAllAsync();

        Assert.Equal(attested, await program.CountAsync("select count(*) from session where attested = 1"));
        Assert.Equal(1, await program.CountAsync("select count(*) from session where side = 'upstream'"));
    }

    [Fact]
    public async Task A_channel_that_the_study_names_is_known_once_the_bot_is_spoken_to_there()
    {
        var teams = await LoopbackTeams.StartAsync();
        var channel = teams.AddChannel("reports");
        using var made = new MadeStudy(study => study["report"] = new JsonObject { ["channels"] = new JsonArray { $"teams:{channel.Id}" } });
        await using var program = await InTeams.StartAsync(teams, studies: made.Folder);
        Assert.Equal(0, await program.CountAsync("select count(*) from place"));

        await teams.TypeAsync(teams.AddPerson("Ada"), LoopbackTeams.In(channel), "Are you there?");
        await program.UntilAsync(() => teams.Seen(LoopbackTeams.In(channel)).Any(), "an answer");

        Assert.Equal(1, await program.CountAsync("select count(*) from place"));
    }

    [Fact]
    public async Task Who_joins_from_a_team_is_counted_there_and_its_report_goes_nowhere_else()
    {
        using var apart = new MadeStudy(study => (study["places"]!["pool"], study["privacy"]!["minimum_group"]) = (false, 5));
        await using var program = await InTeams.StartAsync(studies: apart.Folder);
        var other = program.Teams.AddChannel("other");
        foreach (var (channel, people) in new[] { (program.Channel, 2), (other, 1) })
        {
            await program.InviteAsync(channel);
            for (var i = 0; i < people; i++)
            {
                var guest = new TeamsGuest(program, $"{channel.Name} {i}") { Channel = channel };
                await guest.AgreeAsync();
            }
        }

        Assert.Equal(1, await program.CountAsync("select count(*) from (select community from session where community <> '' group by community having count(*) = 2)"));
        Assert.Equal(1, await program.CountAsync("select count(*) from (select community from session where community <> '' group by community having count(*) = 1)"));
        Assert.Equal(3, await program.CountAsync("select count(*) from session s where exists (select 1 from place p where p.study = s.study and p.community = s.community)"));

        await program.Teams.TypeAsync(program.Organiser, LoopbackTeams.In(other), "/voices-study report");
        await program.UntilAsync(() => Reports(other) == 1, "the team's report");
        Assert.Equal(0, Reports(program.Channel));

        int Reports(TeamsChannel channel) => program.Teams.Seen(LoopbackTeams.In(channel)).Count(m => m.TextFor(program.Organiser).Contains("counts only people who began in this team", StringComparison.Ordinal));
    }

    /// <summary>What the bot says in the channel to a command.</summary>
    private static async Task<string> SaidAsync(InTeams program, TeamsPerson who, string command)
    {
        var channel = LoopbackTeams.In(program.Channel);
        var before = program.Teams.Seen(channel).Length;
        await program.Teams.TypeAsync(who, channel, command);
        await program.UntilAsync(() => program.Teams.Seen(channel).Length > before, $"an answer to '{command}'");
        return program.Teams.Seen(channel)[^1].TextFor(who);
    }
}
