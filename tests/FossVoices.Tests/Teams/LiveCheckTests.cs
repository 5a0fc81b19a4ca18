using FossVoices.Host.Commands;
using FossVoices.Teams;

namespace FossVoices.Tests.Teams;

/// <summary><c>doctor --live</c> against the Teams on loopback.</summary>
public sealed class LiveCheckTests
{
    [Fact]
    public async Task Each_thing_the_bot_needs_is_tried_and_passes()
    {
        await using var teams = await LoopbackTeams.StartAsync();
        var olu = teams.AddPerson("Olu");

        var (exit, lines) = await RunAsync(teams, olu);

        Assert.Equal(ExitCode.Fine, exit);
        Assert.Equal(["token", "keys", "message", "answer", "card", "update"], lines.Select(line => line.What));
        Assert.All(lines, line => Assert.StartsWith("pass. ", line.Said, StringComparison.Ordinal));
        var seen = teams.Seen(teams.Chat(olu));
        Assert.Equal(2, seen.Length);
        Assert.Equal(1, seen[1].Edits);
        Assert.Contains("the test card was changed", seen[1].TextFor(olu), StringComparison.Ordinal);
        Assert.DoesNotContain(teams.Log, request => request.Status >= 400);
    }

    [Fact]
    public async Task A_wrong_secret_is_one_sentence_and_nobody_is_asked_to_write()
    {
        await using var teams = await LoopbackTeams.StartAsync();

        var (exit, lines) = await RunAsync(teams, teams.AddPerson("Olu"), ("Secret", "wrong"));

        Assert.Equal(ExitCode.ErrorsFound, exit);
        Assert.Equal([("token", "fail"), ("keys", "pass"), ("message", "not tried")], lines.Select(line => (line.What, line.Said.Split('.')[0])));
        Assert.Contains("Microsoft gives the bot no token", lines[0].Said, StringComparison.Ordinal);
        Assert.Contains("Invalid client secret", lines[0].Said, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", lines[0].Said, StringComparison.Ordinal);
        Assert.Empty(teams.Log);
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_are_one_sentence()
    {
        await using var teams = await LoopbackTeams.StartAsync();
        teams.Identity.IsDown = true;

        var (exit, lines) = await RunAsync(teams, teams.AddPerson("Olu"));

        Assert.Equal(ExitCode.ErrorsFound, exit);
        Assert.StartsWith("fail. ", lines.Single(line => line.What == "keys").Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_the_token_may_not_go_to_is_one_sentence_that_names_the_setting()
    {
        await using var teams = await LoopbackTeams.StartAsync();

        var (exit, lines) = await RunAsync(teams, teams.AddPerson("Olu"), ("ServiceHosts", "smba.trafficmanager.net"));

        Assert.Equal(ExitCode.ErrorsFound, exit);
        var message = Assert.Single(lines, line => line.What == "message").Said;
        Assert.StartsWith("fail. ", message, StringComparison.Ordinal);
        Assert.Contains(new Uri(teams.Address).Authority, message, StringComparison.Ordinal);
        Assert.Contains("'FossVoices:Teams:ServiceHosts'", message, StringComparison.Ordinal);
        Assert.Empty(teams.Log);
    }

    [Fact]
    public async Task A_tenant_that_is_not_heard_is_one_sentence_that_names_the_setting()
    {
        await using var teams = await LoopbackTeams.StartAsync();
        var far = teams.AddPerson("Olu", tenant: "99999999-2222-4333-8444-555555555555");

        var (_, lines) = await RunAsync(teams, far);

        Assert.Contains("'FossVoices:Teams:AllowedTenants'", Assert.Single(lines, line => line.What == "message").Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_without_the_app_is_one_sentence_and_no_card_is_tried()
    {
        await using var teams = await LoopbackTeams.StartAsync();

        var (exit, lines) = await RunAsync(teams, teams.AddPerson("Olu", hasApp: false));

        Assert.Equal(ExitCode.ErrorsFound, exit);
        Assert.Equal(
            [("message", "pass"), ("answer", "fail"), ("card", "not tried"), ("update", "not tried")],
            lines.Skip(2).Select(line => (line.What, line.Said.Split('.')[0])));
        Assert.Contains("the app is not installed there", lines.Single(line => line.What == "answer").Said, StringComparison.Ordinal);
        Assert.Single(teams.Log);
    }

    /// <summary>Runs it as the verb does. Whoever is asked to write does so at once.</summary>
    private static async Task<(int Exit, List<(string What, string Said)> Lines)> RunAsync(LoopbackTeams teams, TeamsPerson olu, params (string Key, string Value)[] changed)
    {
        var set = InTeams.Settings(teams);
        foreach (var (key, value) in changed)
            set[key] = value;
        var settings = TeamsSettings.Read(key => set.TryGetValue(key, out var value) ? [value] : [], set.Keys, out var wrong);
        Assert.Null(wrong);
        var lines = new List<(string, string)>();
        Task? writing = null;
        using var screen = new Screen(line =>
        {
            if (line.StartsWith("Teams, ", StringComparison.Ordinal))
                lines.Add((line["Teams, ".Length..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]));
            else if (line.StartsWith("Now write", StringComparison.Ordinal))
                writing = WriteAsync(new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..^1]));
        });
        var exit = await LiveDoctor.RunAsync(
            Settings.Default with { Urls = "http://127.0.0.1:0", Teams = settings }, channel: null, json: false, new Terminal(TextReader.Null, screen, TextWriter.Null, TimeProvider.System),
            TestContext.Current.CancellationToken);
        if (writing is not null)
            await writing;
        return (exit, lines);

        async Task WriteAsync(Uri endpoint)
        {
            teams.Delivery.Endpoint = endpoint;
            await teams.TypeAsync(olu, teams.Chat(olu), "Are you there?");
        }
    }

    /// <summary>What the operator reads.</summary>
    private sealed class Screen(Action<string> read) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public override Task WriteLineAsync(string? value)
        {
            read(value ?? "");
            return Task.CompletedTask;
        }
    }
}
