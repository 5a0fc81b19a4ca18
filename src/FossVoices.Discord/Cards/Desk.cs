using FossVoices.Channels;
using FossVoices.Reports;

namespace FossVoices.Discord.Cards;

/// <summary>In whose name cards are made: the study and flow, and the language.</summary>
/// <param name="Language">What the person reads.</param>
/// <param name="Chosen">The language that the person chose, carried on from click to click; null where Discord's own is followed.</param>
internal sealed record Desk(Way Way, string Language, string? Chosen)
{
    /// <summary>Whether one can answer by an ordinary message.</summary>
    public Direct Direct { get; init; }

    public CustomId Id(Act act, Asked? asked = null, int? choice = null) => new(act, Way.Code, asked, choice, Chosen);

    public string Say(string key, params ReadOnlySpan<(string Name, string Value)> places) => Sentences.Say(Language, key, places);

    /// <summary>A text of a study or of a person, in which nothing becomes markup, a mention or a link. Its lines stay.</summary>
    public static string Plain(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Markdown.Escaped));
}

/// <summary>Whether somebody can answer by an ordinary message to the bot.</summary>
internal enum Direct
{
    /// <summary>The bot reads no messages.</summary>
    Not,

    /// <summary>On asking for it.</summary>
    Offered,

    /// <summary>This is the place to write.</summary>
    Here,
}
