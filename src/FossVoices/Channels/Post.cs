using System.Collections.Immutable;

namespace FossVoices.Channels;

/// <summary>
/// Something to say in a place without having been asked. It exists only on its way: what is stored is a reference to what it says, so that a
/// withdrawal reaches it until the last moment. Texts are plain unless they say otherwise.
/// </summary>
public abstract record Post
{
    private Post(string study, string language) => (Study, Language) = (study, language);

    /// <summary>The study's id.</summary>
    public string Study { get; }

    /// <summary>The language of its texts, as a tag such as <c>en</c>.</summary>
    public string Language { get; }

    /// <summary>Asks a channel to take part.</summary>
    /// <param name="Flow">What <c>/voices start</c> and the button lead to.</param>
    /// <param name="Minutes">How long it takes.</param>
    /// <param name="Begin">The button's label.</param>
    public sealed record Invitation(string Study, string Language, string Flow, string Title, ImmutableArray<string> Text, int Minutes, string Begin) : Post(Study, Language);

    /// <summary>What a study found, as a snapshot or in released words. Nothing in it is a mention, a link or markup of anybody's but ours.</summary>
    /// <param name="Number">The report's number in its series.</param>
    /// <param name="Markdown">The whole message in at most 2,000 characters, in the Markdown that chats understand.</param>
    /// <param name="Card">An Adaptive Card as JSON, without the picture.</param>
    /// <param name="Picture">A PNG, to be shown with <paramref name="Alternative"/> as its alternative text; empty for none.</param>
    /// <param name="Alternative">At most 1,024 characters.</param>
    public sealed record Report(string Study, string Language, int Number, string Markdown, string Card, ImmutableArray<byte> Picture, string Alternative) : Post(Study, Language)
    {
        /// <summary>The wave whose series the number counts in; empty in a study without waves.</summary>
        public string Wave { get; init; } = "";

        /// <summary>Of which place it is, by the key that its pages are found by; null where it is of all.</summary>
        public string? Community { get; init; }
    }

    /// <summary>Tells one person, who asked for it when pausing, that the study is still open. There is never a second one.</summary>
    /// <param name="Resume">The label of the button that goes on.</param>
    /// <param name="Stop">The label of the button by which no more is wanted.</param>
    public sealed record Reminder(string Study, string Language, string Flow, string Text, string Resume, string Stop) : Post(Study, Language);

    /// <summary>A few lines to a place, such as feedback to the organisers.</summary>
    public sealed record Notice(string Study, string Language, string Text) : Post(Study, Language);
}
