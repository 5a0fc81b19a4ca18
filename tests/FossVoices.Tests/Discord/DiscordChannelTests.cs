using System.Text;
using FossVoices.Channels;
using FossVoices.Discord;
using FossVoices.Discord.Rest;
using Microsoft.Extensions.Logging.Abstractions;

namespace FossVoices.Tests.Discord;

/// <summary>What the bot says unasked, in a Discord on loopback.</summary>
public sealed class DiscordChannelTests
{
    private static readonly Post.Report s_report = new("pypi", "en", 3, "**What was found**", "{}", [.. Encoding.ASCII.GetBytes("a picture")], "Two bars.");

    [Fact]
    public async Task A_report_is_posted_once_with_its_picture_and_what_it_shows()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        var channel = discord.AddChannel("general");
        var bot = BotIn(discord);

        var first = Assert.IsType<Arrival.Delivered>(await SendAsync(bot, $"{LoopbackWorld.Guild}/{channel.Id}", s_report, "nonce-of-24-characters-a"));
        var again = Assert.IsType<Arrival.Delivered>(await SendAsync(bot, channel.Id, s_report, "nonce-of-24-characters-a"));

        var message = Assert.Single(discord.Seen(channel));
        Assert.Equal(first, again);
        Assert.Equal("**What was found**", message.Text);
        Assert.Equal("a picture", Encoding.ASCII.GetString(message.Files["report.png"]));
        Assert.Equal("Two bars.", (string?)message.Content["attachments"]![0]!["description"]);
    }

    [Fact]
    public async Task A_correction_takes_the_place_of_the_report()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        var channel = discord.AddChannel("general");
        var bot = BotIn(discord);
        var sent = Assert.IsType<Arrival.Delivered>(await SendAsync(bot, channel.Id, s_report, "nonce-of-24-characters-b"));

        Assert.IsType<Arrival.Delivered>(await bot.EditAsync(
            channel.Id, sent.Message, s_report with { Markdown = "**Corrected**" }, TestContext.Current.CancellationToken));

        Assert.Equal("**Corrected**", Assert.Single(discord.Seen(channel)).Text);
    }

    [Fact]
    public async Task A_channel_that_is_gone_is_told_apart_from_one_that_is_barred()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        var (barred, bot) = (discord.AddChannel("barred"), BotIn(discord));
        barred.Refuses = new LoopbackRefusal(403, 50013, "Missing Permissions");

        var forbidden = Assert.IsType<Arrival.Refused>(await SendAsync(bot, barred.Id, s_report, "nonce-of-24-characters-c"));
        var gone = Assert.IsType<Arrival.Refused>(await SendAsync(bot, "12345", s_report, "nonce-of-24-characters-d"));

        Assert.Equal(Hindrance.Forbidden, forbidden.Hindrance);
        Assert.Contains("Attach Files", forbidden.Why, StringComparison.Ordinal);
        Assert.Equal(Hindrance.PlaceGone, gone.Hindrance);
    }

    [Fact]
    public async Task A_reminder_goes_by_direct_message_and_not_to_those_who_take_none()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        var (open, closed, bot) = (discord.AddPerson("Ada"), discord.AddPerson("Bob", closed: true), BotIn(discord));
        var reminder = new Post.Reminder("pypi", "en", "survey", "Still open until Friday.", "Go on", "No more");

        Assert.IsType<Arrival.Delivered>(await SendAsync(bot, open.Id, reminder, "nonce-of-24-characters-e"));
        var refused = Assert.IsType<Arrival.Refused>(await SendAsync(bot, closed.Id, reminder, "nonce-of-24-characters-f"));

        Assert.Contains("Still open", Assert.Single(discord.Seen(discord.DirectMessages(open)!, open)).Text, StringComparison.Ordinal);
        Assert.Equal(Hindrance.Forbidden, refused.Hindrance);
    }

    [Fact]
    public async Task Nobody_is_mentioned_whatever_a_text_says()
    {
        await using var discord = await LoopbackDiscord.StartAsync();
        var (channel, bot) = (discord.AddChannel("general"), BotIn(discord));

        await SendAsync(bot, channel.Id, new Post.Notice("pypi", "en", "@everyone look at [this](https://evil.example)"), "nonce-of-24-characters-g");

        Assert.DoesNotContain("@everyone", Assert.Single(discord.Seen(channel)).Text, StringComparison.Ordinal);
        Assert.Equal("[]", discord.Log[^1].Body!["allowed_mentions"]!["parse"]!.ToJsonString());
    }

    private static Task<Arrival> SendAsync(DiscordChannel bot, string address, Post post, string nonce) =>
        bot.SendAsync(address, post, nonce, TestContext.Current.CancellationToken);

    private static DiscordChannel BotIn(LoopbackDiscord discord) => new(new DiscordRest(
        DiscordRest.Client(discord.Api, new Uri("https://voices.example"), "1.0"), new BotToken(LoopbackWorld.Token), TimeProvider.System, () => 0.5, NullLogger<DiscordRest>.Instance));
}
