using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FossVoices.Discord;
using FossVoices.Fieldwork;
using FossVoices.Host.Commands;

namespace FossVoices.Tests.Discord;

/// <summary>A round that lets in who was here before: whoever comes by another account types the receipt into a form.</summary>
public sealed class EntryTests
{
    [Fact]
    public async Task A_receipt_is_typed_into_a_form_a_wrong_one_is_told_kindly_and_it_is_carried_on_until_agreeing()
    {
        using var study = new MadeStudy(_ => { });
        await using var program = await InDiscord.StartAsync(studies: study.Folder);
        var receipt = await AnswerAsync(program);
        await BeginRoundAsync(program, study);
        var bo = new Guest(program, "Bo");

        await bo.StartAsync();
        Assert.Contains("type the receipt of the earlier round", bo.Message.Text, StringComparison.Ordinal);
        await EnterAsync(program, bo, "0000-0000-0000-0000");
        Assert.Contains("There is nothing under this receipt", bo.Message.Text, StringComparison.Ordinal);
        Assert.Equal(1, await program.CountAsync("select count(*) from session"));

        await EnterAsync(program, bo, receipt.ToUpperInvariant());
        Assert.Contains("You see what others said.", bo.Message.Text, StringComparison.Ordinal);
        await program.RestartAsync(); // What lets somebody in is carried by the buttons, and remembered nowhere.
        await bo.PressAsync(Act.Language);
        await bo.PressAsync(Act.Language);
        await bo.PressAsync(Act.Agree);
        await bo.PressAsync(Act.Quotes);

        Assert.Contains("Would you come again?", bo.Message.Text, StringComparison.Ordinal);
        Assert.Equal(1, await program.CountAsync("select count(distinct respondent) from session"));
        Assert.Equal(2, await program.CountAsync("select count(*) from session"));
    }

    [Fact]
    public async Task The_command_that_starts_takes_a_receipt_too()
    {
        using var study = new MadeStudy(_ => { });
        await using var program = await InDiscord.StartAsync(studies: study.Folder);
        var receipt = await AnswerAsync(program);
        await BeginRoundAsync(program, study);
        var bo = new Guest(program, "Bo");

        await program.Discord.CommandAsync(bo.Person, program.Channel, "voices start", new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = receipt });
        await bo.PressAsync(Act.Agree);
        await bo.PressAsync(Act.Quotes);

        Assert.Contains("Would you come again?", bo.Message.Text, StringComparison.Ordinal);
    }

    /// <summary>Ada answers one question of the first round. Returns her receipt.</summary>
    private static async Task<string> AnswerAsync(InDiscord program)
    {
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        var receipt = Regex.Match(ada.Message.Text, "(?<=`)[0-9a-z-]{19}(?=`)", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        await ada.AnswerAsync();
        return receipt;
    }

    private static async Task BeginRoundAsync(InDiscord program, MadeStudy study)
    {
        var (garden, flows) = (Path.Combine(study.Folder, "garden", "study.json"), Path.Combine(study.Folder, "garden", "flows"));
        var round = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(flows, "visit.json"), TestContext.Current.CancellationToken))!.AsObject();
        (round["id"], round["title"]) = ("round", "What others said");
        round["consent"]!["text"] = $"You see what others said.\n{round["consent"]!["text"]}";
        round["items"] = JsonNode.Parse("""
            [
              { "id": "again", "type": "choice", "ask": "Would you come again?", "options": { "yes": "Yes, I would", "no": "No, not again" } },
              { "id": "seen", "type": "mirror", "of": "visit.story", "other_side": 2, "own_side": 1, "ask": "What do you think now?" }
            ]
            """);
        await File.WriteAllTextAsync(Path.Combine(flows, "round.json"), round.ToJsonString(), TestContext.Current.CancellationToken);
        var changed = JsonNode.Parse(await File.ReadAllTextAsync(garden, TestContext.Current.CancellationToken))!.AsObject();
        changed["default_flow"] = "round";
        await File.WriteAllTextAsync(garden, changed.ToJsonString(), TestContext.Current.CancellationToken);
        await program.RestartAsync();

        var taken = Shelf.Take(study.Folder, "garden");
        using (var random = RandomNumberGenerator.Create())
        {
            await using var station = await Station.OpenAsync(program.Data, TimeProvider.System, TestContext.Current.CancellationToken);
            var rounds = new Rounds(station.Rounds, station.Database, new Lottery(random));
            var prepared = await rounds.PrepareAsync(taken, "", taken.Flows["round"], TestContext.Current.CancellationToken);
            Assert.True(await rounds.OpenAsync(taken, prepared, "max", TestContext.Current.CancellationToken));
        }

        await program.InviteAsync();
    }

    private static async Task EnterAsync(InDiscord program, Guest guest, string typed)
    {
        var opened = await guest.PressAsync(Act.Entry);
        await Guest.SettleAsync(program.Discord.SubmitModalAsync(opened, new Dictionary<string, string>(StringComparer.Ordinal) { ["words"] = typed }));
    }
}
