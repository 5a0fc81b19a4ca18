using FossVoices.Flows;

namespace FossVoices.Teams;

/// <summary>What the bot itself says in Teams, beside what studies say; in the files beside this one.</summary>
internal static class Sentences
{
    internal static Wording Wording { get; } = Wording.Of(typeof(Sentences).Assembly, "FossVoices.Teams.Sentences");

    public static string Say(string language, string key, params ReadOnlySpan<(string Name, string Value)> places) => Wording.Say(language, key, places);

    /// <summary>The sentence for one, or the one for any other number.</summary>
    public static string Count(string language, string key, int number) =>
        Say(language, number == 1 ? $"{key}_one" : $"{key}_many", ("count", number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
