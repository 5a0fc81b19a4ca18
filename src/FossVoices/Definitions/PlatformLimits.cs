namespace FossVoices.Definitions;

/// <summary>How much of a text one platform shows, in UTF-16 code units, and what it shows where there is more. Each platform fills in its own.</summary>
/// <param name="Platform">Its name, as people call it.</param>
/// <param name="Question">The longest question or line to read.</param>
/// <param name="Button">The longest label of a button.</param>
/// <param name="Choice">The longest label in a list to choose from.</param>
/// <param name="Choices">The most entries of such a list; where there are more, people turn pages.</param>
/// <param name="Beyond">What is shown where a label is longer, to complete "people on PLATFORM …".</param>
public sealed record PlatformLimits(string Platform, int Question, int Button, int Choice, int Choices, string Beyond)
{
    /// <summary>What is shown where a question or a line to read is longer, to complete the same sentence.</summary>
    public string BeyondQuestion { get; init; } = "see it in several messages";
}
