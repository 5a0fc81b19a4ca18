namespace FossVoices.Discord;

/// <summary>The bot's token. It shows itself to nobody: a log line or an exception that holds it says <c>(bot token)</c>.</summary>
internal sealed class BotToken(string value)
{
    private readonly string _value = value;

    /// <summary>The token itself, for the one header and the one gateway field that need it.</summary>
    public string Reveal() => _value;

    /// <summary>Whether it has the form of one: the application's id, a time and a seal, divided by full stops.</summary>
    public static bool IsOne(string text) =>
        text.Split('.') is [{ Length: > 0 } id, { Length: > 0 } at, { Length: > 0 } seal]
        && (id + at + seal).All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    public override string ToString() => "(bot token)";
}
