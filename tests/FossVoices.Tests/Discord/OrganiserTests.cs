using System.Text.Json.Nodes;

namespace FossVoices.Tests.Discord;

/// <summary>Organisers' commands, their rights, and what is offered while one types.</summary>
public sealed class OrganiserTests
{
    [Fact]
    public async Task A_schedule_is_seen_set_and_stopped_and_outlives_a_restart()
    {
        await using var program = await InDiscord.StartAsync();

        Assert.Contains("no reports are posted on a schedule", await SayAsync(program, null), StringComparison.Ordinal);
        Assert.Contains("from now on, reports are posted at `0 9 * * MON`", await SayAsync(program, "0 9 * * MON"), StringComparison.Ordinal);
        await program.RestartAsync();
        Assert.Contains("reports are posted at `0 9 * * MON`", await SayAsync(program, null), StringComparison.Ordinal);
        Assert.Contains("is no time that I know", await SayAsync(program, "whenever"), StringComparison.Ordinal);
        Assert.Contains("no more reports", await SayAsync(program, "stop"), StringComparison.Ordinal);
        Assert.Contains("no reports are posted on a schedule", await SayAsync(program, null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_shown_to_the_organiser_alone_before_it_is_posted_and_corrected_where_it_stands()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();

        var preview = await ReportAsync(program, "preview");
        Assert.Contains("has been posted nowhere", preview.Text, StringComparison.Ordinal);
        Assert.Contains("Nobody has answered here yet.", preview.Text, StringComparison.Ordinal);
        Assert.Equal(program.Organiser.Id, preview.OnlyFor);
        Assert.Equal((1, 0, 0), (
            await program.CountAsync("select count(*) from snapshot"), await program.CountAsync("select count(*) from snapshot where posted_at is not null"),
            await program.CountAsync("select count(*) from outbox where kind = 'report'")));
        Assert.Contains("There is nothing to correct", (await ReportAsync(program, "correct")).Text, StringComparison.Ordinal);

        Assert.Contains("Report 1 is on its way", (await ReportAsync(program, null)).Text, StringComparison.Ordinal);
        await LoopbackBot.Until(() => program.Discord.Seen(program.Channel).Any(message => message.Text.Contains("(report 1)", StringComparison.Ordinal)));
        Assert.Contains("There is nothing to correct", (await ReportAsync(program, "correct")).Text, StringComparison.Ordinal);
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        Assert.Contains("Report 2 ", (await ReportAsync(program, "preview")).Text, StringComparison.Ordinal);
        Assert.Contains("Report 3 takes the place of report 1", (await ReportAsync(program, "correct")).Text, StringComparison.Ordinal);
        await LoopbackBot.Until(() => program.Discord.Seen(program.Channel).Any(message => message.Text.Contains("Corrected, in place of report 1", StringComparison.Ordinal)));
        Assert.DoesNotContain(program.Discord.Seen(program.Channel), message => message.Text.Contains("(report 1)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("close")]
    [InlineData("status")]
    [InlineData("report")]
    [InlineData("schedule")]
    public async Task The_bot_itself_refuses_whoever_may_not_manage_the_server_though_the_server_shows_the_command(string word)
    {
        await using var program = await InDiscord.StartAsync();
        var member = program.Discord.AddPerson("Mia");
        program.Discord.ShowToEveryone("voices-study");

        var given = await program.Discord.CommandAsync(member, program.Channel, $"voices-study {word}");
        await given.Settled.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("for organisers", given.Message!.Text, StringComparison.Ordinal);
        Assert.Equal(member.Id, given.Message.OnlyFor);
        Assert.Equal(0, await program.CountAsync("select count(*) from place"));
    }

    [Fact]
    public async Task A_study_whose_file_names_its_servers_is_run_from_no_other()
    {
        using var elsewhere = new MadeStudy(study => study["report"] = JsonNode.Parse("""{ "channels": ["discord:123456789/1"] }"""));
        await using var program = await InDiscord.StartAsync(studies: elsewhere.Folder);

        var given = await program.Discord.CommandAsync(program.Organiser, program.Channel, "voices-study open");
        await given.Settled.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("run from another server", given.Message!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_servers_of_a_study_that_reports_them_apart_get_each_its_own_report_and_status()
    {
        using var apart = new MadeStudy(study => (study["places"]!["pool"], study["privacy"]!["minimum_group"]) = (false, 5));
        await using var program = await InDiscord.StartAsync(studies: apart.Folder);
        var elsewhere = program.Discord.AddChannel("elsewhere", LoopbackWorld.OtherGuild);
        LoopbackChannel[] channels = [program.Channel, elsewhere];
        foreach (var (channel, view) in channels.Zip((string[])["not at all", "fully"]))
        {
            await program.InviteAsync(channel);
            for (var i = 0; i < 10; i++)
            {
                var guest = new Guest(program, $"{channel.Name} {i}") { Channel = channel };
                await guest.AgreeAsync();
                await guest.PressAsync(i % 2 == 0 ? "I look after it" : "I come to sit there");
                await guest.PressAsync(view);
            }
        }

        var reports = new List<string>();
        foreach (var channel in channels)
        {
            var given = await program.Discord.CommandAsync(program.Organiser, channel, "voices-study report");
            await given.Settled.WaitAsync(TestContext.Current.CancellationToken);
            await LoopbackBot.Until(() => program.Discord.Seen(channel).Any(IsReport));
            reports.Add(program.Discord.Seen(channel).Single(IsReport).Text);
            var status = await program.Discord.CommandAsync(program.Organiser, channel, "voices-study status");
            await status.Settled.WaitAsync(TestContext.Current.CancellationToken);
            Assert.Contains("10", status.Message!.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("20", status.Message.Text, StringComparison.Ordinal);
        }

        Assert.All(channels, channel => Assert.Single(program.Discord.Seen(channel), IsReport)); // Neither got the other's.
        Assert.Contains("Held by neither:** “It should be open at night”", reports[0], StringComparison.Ordinal);
        Assert.Contains("Held by both sides:** “It should be open at night”", reports[1], StringComparison.Ordinal);

        static bool IsReport(LoopbackMessage message) => message.Text.Contains("counts only people who began in this Discord server", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Studies_and_times_are_offered_while_one_types_in_ones_own_language()
    {
        await using var program = await InDiscord.StartAsync();
        var organiser = program.Discord.AddPerson("Odile", "fr", permissions: 1 << 5);

        var studies = await program.Discord.TypeAsync(organiser, program.Channel, "voices-study open", "study", "gar");
        var times = await program.Discord.TypeAsync(organiser, program.Channel, "voices-study schedule", "when", "lundi");

        Assert.Equal("garden", (string?)Assert.Single(studies.Choices!)!["value"]);
        Assert.Equal(["0 9 * * MON", "lundi"], times.Choices!.Select(choice => (string?)choice!["value"]));
    }

    [Fact]
    public async Task Organisers_commands_have_names_in_French_and_those_that_consent_texts_name_have_not()
    {
        await using var program = await InDiscord.StartAsync();

        var (study, voices) = (Command(program, "voices-study"), Command(program, "voices"));

        Assert.Equal(["ouvrir", "fermer", "état", "rapport", "mots", "calendrier"], study["options"]!.AsArray().Select(option => (string?)option!["name_localizations"]?["fr"]));
        Assert.All(voices["options"]!.AsArray(), option => Assert.Null(option!["name_localizations"]));
        Assert.All(voices["options"]!.AsArray(), option => Assert.NotNull(option!["description_localizations"]?["fr"]));
    }

    private static JsonObject Command(InDiscord program, string name) => program.Discord.Commands.Single(command => (string?)command["name"] == name);

    private static async Task<LoopbackMessage> ReportAsync(InDiscord program, string? how)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (how is not null)
            options["how"] = how;
        var given = await program.Discord.CommandAsync(program.Organiser, program.Channel, "voices-study report", options);
        await given.Settled.WaitAsync(TestContext.Current.CancellationToken);
        return given.Message!;
    }

    private static async Task<string> SayAsync(InDiscord program, string? when)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (when is not null)
            options["when"] = when;
        var given = await program.Discord.CommandAsync(program.Organiser, program.Channel, "voices-study schedule", options);
        await given.Settled.WaitAsync(TestContext.Current.CancellationToken);
        return given.Message!.Text;
    }
}
