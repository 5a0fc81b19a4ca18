using FossVoices.Channels;
using FossVoices.Reports;

namespace FossVoices.Discord.Cards;

/// <summary>In whose name cards are made: the study and flow, and the language.</summary>
/// <param name="Language">What the person reads.</param>
/// <param name="Chosen">The language that the person chose, carried on from click to click; null where Discord's own is followed.</param>
internal sealed record Desk(Way Way, string Language, string? Chosen)
{
    /// <summary>Longer than any receipt or code.</summary>
    private const int LongestEntry = 24;

    /// <summary>Whether one can answer by an ordinary message.</summary>
    public Direct Direct { get; init; }

    /// <summary>The receipt or code by which the person comes in, letters and digits alone; null for none. What is made here carries it on.</summary>
    public string? Entry { get; init; }

    public CustomId Id(Act act, Asked? asked = null, int? choice = null) => new(act, Way.Code, asked ?? (Entry is null ? null : CustomId.Carrying(Entry)), choice, Chosen);

    /// <summary>As somebody typed it, without dashes and spaces; no longer than a component can carry.</summary>
    public Desk By(string? entry) => this with
    {
        Entry = string.IsNullOrWhiteSpace(entry) ? null : new string([.. entry.Where(char.IsAsciiLetterOrDigit).Take(LongestEntry)]),
    };

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
