using FossVoices.Discord;
using FossVoices.Flows;
using DiscordSentences = FossVoices.Discord.Sentences;

namespace FossVoices.Tests.Discord;

public sealed class DiscordSettingsTests
{
    private const string Key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    public static TheoryData<string> Languages { get; } = [.. DiscordSentences.Wording.Languages];

    [Fact]
    public void Discord_is_off_where_nothing_is_set() => Assert.Null(Read([], out _));

    [Fact]
    public void A_token_alone_switches_the_gateway_on()
    {
        var settings = Read([("Token", " a.b.c ")], out var wrong);

        Assert.Null(wrong);
        Assert.Equal(Transport.Gateway, settings!.Transport);
        Assert.Equal("a.b.c", settings.Token.Reveal());
        Assert.Equal(DiscordSettings.PublicApi, settings.Api);
    }

    [Theory]
    [InlineData("Guild=1", "half configured: 'FossVoices:Discord:Token' is missing")]
    [InlineData("Token=a.b.c;Transport=http", "'FossVoices:Discord:PublicKey' must hold the application's public key")]
    [InlineData("Token=a.b.c;Transport=http;PublicKey=xyz", "'FossVoices:Discord:PublicKey' must hold the application's public key")]
    [InlineData("Token=a.b.c;PublicKey=" + Key, "Discord delivers either way but not both")]
    [InlineData("Token=a.b.c;Transport=carrier", "must be 'gateway' (the bot connects to Discord) or 'http'")]
    [InlineData("Token=00112233445566778899aabbccddeeff", "is no bot token: those have three parts")]
    [InlineData("Token=Bot a.b.c", "is no bot token: those have three parts")]
    [InlineData("Token=a.b.c;DirectMessages=perhaps", "'FossVoices:Discord:DirectMessages' must be true or false")]
    [InlineData("Token=a.b.c;Transport=http;DirectMessages=true;PublicKey=" + Key, "needs the transport 'gateway'")]
    [InlineData("Token=a.b.c;Tokn=b", "There is no setting 'FossVoices:Discord:Tokn'")]
    public void What_is_half_configured_is_said_in_one_sentence(string set, string said)
    {
        var settings = Read([.. set.Split(';').Select(pair => (pair.Split('=')[0], pair.Split('=')[1]))], out var wrong);

        Assert.Null(settings);
        Assert.Contains(said, wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_shows_itself_to_nobody() =>
        Assert.DoesNotContain("a.b.c", Read([("Token", "a.b.c")], out _)!.ToString(), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_says_every_sentence_with_the_same_places(string language)
    {
        var (original, translated) = (DiscordSentences.Wording.Sentences(Wording.Original), DiscordSentences.Wording.Sentences(language));

        Assert.Equal(original.Keys, translated.Keys);
        Assert.All(original, sentence => Assert.Equal(sentence.Value, translated[sentence.Key]));
    }

    private static DiscordSettings? Read((string Key, string Value)[] set, out string? wrong) =>
        DiscordSettings.Read(key => set.FirstOrDefault(pair => pair.Key == key).Value, set.Select(pair => pair.Key), out wrong);
}
