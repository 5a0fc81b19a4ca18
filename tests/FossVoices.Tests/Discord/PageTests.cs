using System.Text.Json.Nodes;
using FossVoices.Discord;

namespace FossVoices.Tests.Discord;

/// <summary>Several questions in one form, with the study that comes with the program.</summary>
public sealed class PageTests
{
    private static readonly string s_bundled = Path.Combine(Repository.Root, "surveys");

    [Theory]
    [InlineData("I work on it")]
    [InlineData("I use it or build on it")]
    [InlineData("Both")]
    public async Task The_core_takes_at_most_twelve_taps(string role)
    {
        await using var program = await InDiscord.StartAsync(studies: s_bundled);
        var ada = await ToTheGateAsync(program, role);

        // A tap a question: form pages, which take two more, are for what comes after the core.
        Assert.Equal(role == "Both" ? 11 : 10, ada.Taps);
        Assert.Equal(ada.Taps, await program.CountAsync("select count(*) from answer"));
        Assert.Equal(1, await program.CountAsync("select count(*) from session where core_at is not null"));
    }

    [Fact]
    public async Task Several_questions_are_answered_on_one_page_with_fewer_waits_and_two_taps_more()
    {
        await using var program = await InDiscord.StartAsync(studies: s_bundled);
        var ada = await ToTheGateAsync(program);
        await ToAPageAsync(ada);
        var (taps, revision, answers) = (ada.Taps, await RevisionAsync(program), await program.CountAsync("select count(*) from answer"));

        var opened = await ada.OpenPageAsync();
        var groups = Guest.Groups(opened);
        await ada.SendPageAsync(opened);

        Assert.InRange(groups.Length, 4, 5);
        Assert.Equal(taps + groups.Length + 2, ada.Taps);
        Assert.Equal(answers + groups.Length, await program.CountAsync("select count(*) from answer"));
        Assert.Equal(revision + 1, await RevisionAsync(program));
        Assert.True(ada.IsAsked);
        Assert.All(program.Discord.Log, request => Assert.True(request.Status < 400, $"{request.Method} {request.Path}: {request.Status} {request.Body}"));
    }

    [Fact]
    public async Task What_is_left_open_on_a_page_is_skipped_and_can_be_answered_later()
    {
        await using var program = await InDiscord.StartAsync(studies: s_bundled);
        var ada = await ToTheGateAsync(program);
        await ToAPageAsync(ada);

        await ada.SendPageAsync(await ada.OpenPageAsync(), 1);

        Assert.Equal(1, await program.CountAsync("select count(*) from answer where kind = 'skipped'"));
    }

    [Fact]
    public async Task A_page_that_was_shown_before_something_else_was_answered_is_told_so()
    {
        await using var program = await InDiscord.StartAsync(studies: s_bundled);
        var ada = await ToTheGateAsync(program);
        await ToAPageAsync(ada);
        var opened = await ada.OpenPageAsync();
        await ada.AnswerAsync();
        var answers = await program.CountAsync("select count(*) from answer");

        await ada.SendPageAsync(opened);

        Assert.Equal(answers, await program.CountAsync("select count(*) from answer"));
        Assert.Contains("already moved on", ada.Message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_told_of_again_after_a_restart_is_taken_once()
    {
        await using var program = await InDiscord.StartAsync(studies: s_bundled);
        var ada = await ToTheGateAsync(program);
        await ToAPageAsync(ada);
        var sent = await ada.SendPageAsync(await ada.OpenPageAsync());
        var (answers, revision) = (await program.CountAsync("select count(*) from answer"), await RevisionAsync(program));

        await program.RestartAsync();
        await program.Discord.TellAgainAsync(sent);
        await LoopbackBot.Until(() => program.Discord.Log.Count(request => request.Path.Contains(sent.Id, StringComparison.Ordinal)) == 2);

        Assert.Equal(answers, await program.CountAsync("select count(*) from answer"));
        Assert.Equal(revision, await RevisionAsync(program));
    }

    [Fact]
    public async Task A_value_that_cannot_be_refuses_the_page_and_says_which_question_it_was()
    {
        await using var program = await InDiscord.StartAsync(studies: s_bundled);
        var ada = await ToTheGateAsync(program);
        await ToAPageAsync(ada);
        var opened = await ada.OpenPageAsync();
        var groups = Guest.Groups(opened);
        var answers = await program.CountAsync("select count(*) from answer");

        await Guest.SettleAsync(program.Discord.ForgeAsync(opened, new JsonObject
        {
            ["custom_id"] = opened.Modal!["custom_id"]!.DeepClone(),
            ["components"] = new JsonArray([.. groups.Select((group, i) => new JsonObject
            {
                ["type"] = 18,
                ["component"] = new JsonObject { ["type"] = 21, ["custom_id"] = group["custom_id"]!.DeepClone(), ["value"] = i == 2 ? "99" : "1" },
            })]),
        }));

        Assert.Equal(answers, await program.CountAsync("select count(*) from answer"));
        var third = opened.Modal!["components"]!.AsArray().Where(c => (int)c!["type"]! == 18).ElementAt(2)!;
        Assert.Contains((string?)third["description"] ?? (string)third["label"]!, ada.Message.Text.Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Nothing of this page was kept", ada.Message.Text, StringComparison.Ordinal);
    }

    private static async Task<Guest> ToTheGateAsync(InDiscord program, string role = "I use it or build on it")
    {
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        ada.CountAnew();
        await ada.PressAsync(role);
        while (!ada.Message.Buttons.Contains("Go on"))
            await ada.AnswerAsync();
        return ada;
    }

    /// <summary>Past the gate, to the first question that is offered together with others.</summary>
    private static async Task ToAPageAsync(Guest ada)
    {
        await ada.PressAsync("Go on");
        while (ada.Offered(Act.Together) is null)
            await ada.AnswerAsync();
    }

    private static Task<long> RevisionAsync(InDiscord program) => program.CountAsync("select max(revision) from session");
}
