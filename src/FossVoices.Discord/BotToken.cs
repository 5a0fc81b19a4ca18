namespace FossVoices.Discord;

/// <summary>The bot's token. It shows itself to nobody: a log line or an exception that holds it says <c>(bot token)</c>.</summary>
internal sealed class BotToken(string value)
{
    private readonly string _value = value;

    /// <summary>The token itself, for the one header and the one gateway field that need it.</summary>
    public string Reveal() => _value;

    public override string ToString() => "(bot token)";
}
