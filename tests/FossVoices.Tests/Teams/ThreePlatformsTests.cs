using System.Text.Json.Nodes;
using FossVoices.Host.Commands;
using FossVoices.Tests.Discord;
using FossVoices.Tests.Web;

namespace FossVoices.Tests.Teams;

/// <summary>One study, one script, three places: what is stored is the same, as researchers get it.</summary>
public sealed class ThreePlatformsTests
{
    private static readonly string[] s_varying = ["session", "person", "seconds"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_answers_are_stored_whether_given_in_Discord_Teams_or_the_web()
    {
        using var folder = new Folder();
        var teams = await InTeamsAsync(folder);

        Assert.Equal(9, teams.Count);
        Assert.Equal(await OnTheWebAsync(folder), teams);
        Assert.Equal(await InDiscordAsync(folder), teams);
    }

    private static async Task<List<string>> InTeamsAsync(Folder folder)
    {
        await using var program = await InTeams.StartAsync();
        await program.InviteAsync();
        var ada = new TeamsGuest(program, "Ada");
        await ada.AgreeAsync();
        await ada.AnswerAllAsync();
        return await StoredAsync(program.Data, folder.File("teams"));
    }

    private static async Task<List<string>> InDiscordAsync(Folder folder)
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        await ada.AnswerAllAsync();
        return await StoredAsync(program.Data, folder.File("discord"));
    }

    private static async Task<List<string>> OnTheWebAsync(Folder folder)
    {
        await using var served = await Served.StartAsync();
        using var reader = new Reader(served);
        await reader.AgreeAsync();
        (string, string)[][] given =
        [
            [("choice", "upstream")], [("choice", "1")], [("choice", "bench"), ("do", "next")], [("number", "7"), ("do", "next")], [("text", "7"), ("do", "next")],
            [("text", "7"), ("do", "next")], [("choice", "yes")], [("text", "7"), ("do", "next")],
        ];
        foreach (var fields in given)
            Assert.Equal(200, (await reader.SendAsync(fields)).Status);
        return await StoredAsync(served.Data, folder.File("web"));
    }

    /// <summary>The answers as the export has them, without who, when and how long.</summary>
    private static async Task<List<string>> StoredAsync(string data, string to)
    {
        using var error = new StringWriter();
        var code = await Verbs.RunAsync(
            ["export", "garden", "--format", "jsonl", "--out", to, "--data", data, "--studies", Served.Garden], new Terminal(TextReader.Null, TextWriter.Null, error, TimeProvider.System), Token);
        Assert.Equal((0, ""), (code, error.ToString()));
        return [.. (await File.ReadAllLinesAsync(Path.Combine(to, "answers.jsonl"), Token)).Select(line =>
        {
            var row = JsonNode.Parse(line)!.AsObject();
            foreach (var name in s_varying)
                row.Remove(name);
            return row.ToJsonString();
        })];
    }
}
