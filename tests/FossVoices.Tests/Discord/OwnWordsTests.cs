using System.Text.Json.Nodes;
using FossVoices.Discord;
using FossVoices.Host.Commands;
using FossVoices.Sessions;

namespace FossVoices.Tests.Discord;

/// <summary>What somebody sees and decides of the own answers, in Discord.</summary>
public sealed class OwnWordsTests
{
    private const string Story = "We sat there with Maria Keller until the lamps went out, and somebody sang for us.";

    [Theory]
    [InlineData("Gateway")]
    [InlineData("Http")]
    public async Task Answers_that_do_not_fit_into_a_message_come_as_a_file_with_all_of_them(string transport)
    {
        await using var program = await InDiscord.StartAsync(Enum.Parse<Transport>(transport));
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        var long_ = string.Join(' ', Enumerable.Repeat("We sat there until the lamps went out.", 60));
        while (ada.IsAsked)
            await ada.AnswerAsync(ada.Message.Text.Contains("evening", StringComparison.Ordinal) ? long_ : "7");

        await Guest.SettleAsync(program.Discord.CommandAsync(ada.Person, program.Channel, "voices mydata"));

        var (name, bytes) = Assert.Single(ada.Message.Files);
        Assert.Equal("my-answers-garden-visit.json", name);
        Assert.Contains(ada.Message.Content["components"]!.AsArray(), c => (int)c!["type"]! == 13 && (string?)c["file"]?["url"] == $"attachment://{name}");
        Assert.Contains(JsonNode.Parse(bytes)!["answers"]!.AsArray(), answer => (string?)answer!["answer"] == long_);
        Assert.Contains("The file has every answer in full", ada.Message.Text, StringComparison.Ordinal);
        Assert.All(program.Discord.Log, request => Assert.True(request.Status < 400, $"{request.Method} {request.Path}: {request.Status} {request.Body}"));
    }

    [Fact]
    public async Task Answers_that_fit_come_without_a_file()
    {
        await using var program = await InDiscord.StartAsync();
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        await ada.AnswerAllAsync();

        await Guest.SettleAsync(program.Discord.CommandAsync(ada.Person, program.Channel, "voices mydata"));

        Assert.Empty(ada.Message.Files);
    }

    [Theory]
    [InlineData("QuoteYes", "approved")]
    [InlineData("QuoteNo", "refused")]
    public async Task A_quote_is_shown_to_its_author_alone_who_says_yes_or_no(string act, string state)
    {
        using var talk = new MadeStudy(study => study["default_flow"] = "talk");
        await using var program = await InDiscord.StartAsync(studies: talk.Folder);
        var ada = await WithQuoteAsync(program);

        await ada.PressAsync(Act.Quote);
        Assert.Contains("May these words of yours be posted", ada.Message.Text, StringComparison.Ordinal);
        Assert.Contains("until the lamps went out", ada.Message.Text, StringComparison.Ordinal);
        await ada.PressAsync(Enum.Parse<Act>(act));

        Assert.Equal(1, await program.CountAsync($"select count(*) from quote where state = '{state}'"));
    }

    [Fact]
    public async Task Parts_of_a_quote_and_more_words_are_hidden_at_its_authors_wish()
    {
        using var talk = new MadeStudy(study => study["default_flow"] = "talk");
        await using var program = await InDiscord.StartAsync(studies: talk.Folder);
        var ada = await WithQuoteAsync(program);
        await ada.PressAsync(Act.Quote);

        var opened = await ada.PressAsync(Act.QuoteHide);
        await Guest.SettleAsync(program.Discord.SubmitModalAsync(opened, new Dictionary<string, string>(StringComparer.Ordinal) { ["also"] = "sang for us" }));

        await using var station = await Station.OpenAsync(program.Data, TimeProvider.System, TestContext.Current.CancellationToken);
        var quote = Assert.Single(await station.Quotes.AllAsync("garden", TestContext.Current.CancellationToken));
        Assert.Equal("approved", quote.State);
        Assert.DoesNotContain("sang for us", quote.Shown, StringComparison.Ordinal);
        Assert.Contains("until the lamps went out", quote.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_one_time_code_is_entered_in_a_form_and_attests_the_side()
    {
        using var attesting = new MadeStudy(study => study["attestation"] = JsonNode.Parse("""{ "upstream": { "codes": true } }"""));
        await using var program = await InDiscord.StartAsync(studies: attesting.Folder);
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        await ada.PressAsync("I look after it");
        var code = OneTimeCode.Of(new byte[10]);
        await using (var station = await Station.OpenAsync(program.Data, TimeProvider.System, TestContext.Current.CancellationToken))
            await station.Codes.KeepAsync("garden", "upstream", "", [code], TestContext.Current.CancellationToken);

        var opened = await program.Discord.CommandAsync(ada.Person, program.Channel, "voices code");
        var sent = await program.Discord.SubmitModalAsync(opened, new Dictionary<string, string>(StringComparer.Ordinal) { ["words"] = code.Text });
        await sent.Settled.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("your side is confirmed", ada.Message.Text, StringComparison.Ordinal);
        Assert.Equal(1, await program.CountAsync("select count(*) from session where attested = 1"));
    }

    [Fact]
    public Task A_role_that_the_study_names_attests_the_side_and_no_role_is_kept() => AttestAsync(
        study => study["attestation"] = JsonNode.Parse("""{ "upstream": { "discord_roles": ["700000000000000001"] } }"""), role: "700000000000000001", attested: 1);

    [Fact]
    public Task A_role_named_by_its_name_counts_in_a_server_that_the_study_file_names() => AttestAsync(
        study =>
        {
            study["attestation"] = JsonNode.Parse("""{ "upstream": { "discord_roles": ["Maintainer"] } }""");
            study["report"] = JsonNode.Parse($$"""{ "channels": ["discord:{{LoopbackWorld.Guild}}/1"] }""");
        },
        role: null, attested: 1);

    [Fact]
    public Task A_role_of_the_right_name_in_any_other_server_shows_nothing() => AttestAsync(
        study => study["attestation"] = JsonNode.Parse("""{ "upstream": { "discord_roles": ["Maintainer"] } }"""), role: null, attested: 0);

    /// <param name="role">The id of the person's role; null for that of the role called Maintainer.</param>
    private static async Task AttestAsync(Action<JsonObject> change, string? role, int attested)
    {
        using var attesting = new MadeStudy(change);
        await using var program = await InDiscord.StartAsync(studies: attesting.Folder);
        var named = program.Discord.AddRole("Maintainer");
        await program.InviteAsync();
        var (ada, bo) = (new Guest(program, program.Discord.AddPerson("Ada", roles: role ?? named)), new Guest(program, "Bo"));
        foreach (var guest in new[] { ada, bo })
        {
            await guest.AgreeAsync();
            await guest.PressAsync("I look after it");
        }

        Assert.Equal(attested, await program.CountAsync("select count(*) from session where attested = 1"));
        Assert.Equal(attested, await program.CountAsync("select coalesce(sum(counted), 0) from tally where attested = 1 and about = 'answer' and name = 'role'"));
        var kept = await File.ReadAllTextAsync(Path.Combine(program.Data, "fossvoices.db"), System.Text.Encoding.Latin1, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(role ?? named, kept, StringComparison.Ordinal);
    }

    private static async Task<Guest> WithQuoteAsync(InDiscord program)
    {
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.StartAsync();
        await ada.PressAsync(Act.Agree);
        await ada.PressAsync("Yes, without my name");
        await ada.PressAsync("I look after it");
        await ada.AnswerAsync(Story);
        await using (var station = await Station.OpenAsync(program.Data, TimeProvider.System, TestContext.Current.CancellationToken))
        {
            var answer = Assert.Single(await station.Quotes.QuotableAsync("garden", code: null, TestContext.Current.CancellationToken));
            Assert.NotNull(await station.Quotes.ProposeAsync("garden", "q1", answer.Session, answer.Address, Story, ["Maria Keller"], TestContext.Current.CancellationToken));
        }

        await Guest.SettleAsync(program.Discord.CommandAsync(ada.Person, program.Channel, "voices mydata"));
        Assert.Contains("One quote waits for you", ada.Message.Buttons);
        return ada;
    }
}
