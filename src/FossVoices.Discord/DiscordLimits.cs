using FossVoices.Definitions;
using FossVoices.Discord.Cards;

namespace FossVoices.Discord;

/// <summary>How much Discord shows of a study's texts, for <c>check</c>: what the cards do, by the numbers that they use.</summary>
internal static class DiscordLimits
{
    /// <summary>All texts of a message have 4,000 characters together; half of that leaves room for what stands around a question and for escapes.</summary>
    public static PlatformLimits Limits { get; } = new(
        "Discord", Question: Component.LongestText / 2, Button: Component.LongestButton, Choice: Component.LongestOption, Choices: Component.MostOptions, Beyond: "see its beginning and …")
    {
        BeyondQuestion = "may see its beginning and …",
    };
}
