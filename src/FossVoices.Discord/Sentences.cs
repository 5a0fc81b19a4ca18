using FossVoices.Flows;

namespace FossVoices.Discord;

/// <summary>What the bot itself says in Discord, beside what studies say; in the files beside this one.</summary>
internal static class Sentences
{
    internal static Wording Wording { get; } = Wording.Of(typeof(Sentences).Assembly, "FossVoices.Discord.Sentences");

    public static string Say(string language, string key, params ReadOnlySpan<(string Name, string Value)> places) => Wording.Say(language, key, places);

    /// <summary>The sentence for one, or the one for any other number.</summary>
    public static string Count(string language, string key, int number) =>
        Say(language, number == 1 ? $"{key}_one" : $"{key}_many", ("count", number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
