using System.Text.Json.Nodes;
using FossVoices.Discord;
using FossVoices.Host.Commands;

namespace FossVoices.Tests.Discord;

/// <summary>Whoever is to stand in a report in words is asked in Discord how, and says yes or no with a button.</summary>
public sealed class QuotedWordsTests
{
    private const string Story = "The rain came through the roof, and we sang until the lamps went out.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Gateway")]
    [InlineData("Http")]
    public async Task A_yes_is_kept_and_nothing_more_is_asked(string transport)
    {
        using var released = Releasing();
        await using var program = await InDiscord.StartAsync(Enum.Parse<Transport>(transport), released.Folder);
        var ada = await QuotedAsync(program);

        Assert.Contains(Story, ada.Message.Text, StringComparison.Ordinal);
        await ada.PressAsync(Act.WordsYes);

        Assert.Contains("Done. It holds from now on.", ada.Message.Text, StringComparison.Ordinal);
        Assert.Equal(1, await program.CountAsync("select count(*) from told where quoted = 1 and answered_at is not null"));
        Assert.Equal(1, await program.CountAsync("select count(*) from own_words where release = 'anonymous'"));
        Assert.All(program.Discord.Log, request => Assert.True(request.Status < 400, $"{request.Method} {request.Path}: {request.Status} {request.Body}"));
    }

    [Fact]
    public async Task A_no_takes_the_words_out_of_the_report_and_back_to_counting()
    {
        using var released = Releasing();
        await using var program = await InDiscord.StartAsync(studies: released.Folder);
        var ada = await QuotedAsync(program);

        await ada.PressAsync(Act.WordsNo);

        Assert.Null(ada.Offered(Act.WordsYes));
        Assert.Null(ada.Offered(Act.WordsNo));
        Assert.Equal(0, await program.CountAsync("select count(*) from told"));
        Assert.Equal(1, await program.CountAsync("select count(*) from own_words where release = 'count'"));
    }

    [Fact]
    public async Task Other_words_are_accepted_as_they_were_read_and_not_as_they_were_changed_meanwhile()
    {
        using var released = Releasing();
        await using var program = await InDiscord.StartAsync(studies: released.Folder);
        var ada = await ReleasedAsync(program, "in other words");
        await ProposeAsync(program, "Somebody spoke of the rain.");
        await SeeAsync(program, ada);
        Assert.Contains("Somebody spoke of the rain.", ada.Message.Text, StringComparison.Ordinal);

        await ProposeAsync(program, "Somebody complained of the rain.");
        await ada.PressAsync(Act.WordsYes); // On the card of before.
        Assert.Equal(0, await program.CountAsync("select count(*) from paraphrase where state = 'accepted'"));

        Assert.Contains("Somebody complained of the rain.", ada.Message.Text, StringComparison.Ordinal);
        await ada.PressAsync(Act.WordsYes);
        Assert.Equal(1, await program.CountAsync("select count(*) from paraphrase where state = 'accepted'"));
        await ada.PressAsync(Act.WordsNo);
        Assert.Equal(1, await program.CountAsync("select count(*) from paraphrase where state = 'refused'"));
    }

    internal static MadeStudy Releasing() => new(study =>
    {
        study["default_flow"] = "talk";
        study["release"] = JsonNode.Parse("""{ "text": "Others will read what you release, here and on the web.", "offer": ["paraphrase", "anonymous"] }""");
    });

    internal static async Task CodeAsync(string data, string studies) => Assert.Equal(ExitCode.Fine, await Verbs.RunAsync(
        ["code", "garden", "--data", data, "--studies", studies], new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, TimeProvider.System), Cancellation));

    /// <summary>Writes other words in place of the one answer, as a researcher does.</summary>
    internal static async Task ProposeAsync(string data, string text)
    {
        await using var station = await Station.OpenAsync(data, TimeProvider.System, Cancellation);
        var (row, _) = Assert.Single(await station.Released.AllAsync("garden", wave: null, Cancellation));
        Assert.True(await station.Paraphrases.ProposeAsync("garden", row.Session, row.Address, text, "max", Cancellation));
    }

    private static Task ProposeAsync(InDiscord program, string text) => ProposeAsync(program.Data, text);

    /// <summary>Ada has told a story and released it.</summary>
    private static async Task<Guest> ReleasedAsync(InDiscord program, string level)
    {
        await program.InviteAsync();
        var ada = new Guest(program, "Ada");
        await ada.AgreeAsync();
        await ada.PressAsync("I look after it");
        await ada.AnswerAsync(Story);
        await SeeAsync(program, ada);
        await ada.PressAsync(level);
        return ada;
    }

    /// <summary>And a report in words is drawn, in which it stands.</summary>
    private static async Task<Guest> QuotedAsync(InDiscord program)
    {
        var ada = await ReleasedAsync(program, "word for word, without a name");
        await CodeAsync(program.Data, program.Studies);
        var drawn = await program.Discord.CommandAsync(program.Organiser, program.Channel, "voices-study words");
        await drawn.Settled.WaitAsync(Cancellation);
        Assert.Contains("is drawn: 1 excerpts", drawn.Message!.Text, StringComparison.Ordinal);
        await SeeAsync(program, ada);
        return ada;
    }

    private static Task SeeAsync(InDiscord program, Guest guest) => Guest.SettleAsync(program.Discord.CommandAsync(guest.Person, program.Channel, "voices words"));
}
