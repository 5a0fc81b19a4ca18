using FossVoices.Flows;

namespace FossVoices.Fieldwork;

/// <summary>What the conversation itself says to people, beside what studies say; in the files beside this one.</summary>
internal static class Sentences
{
    internal static Wording Wording { get; } = Wording.Of(typeof(Sentences).Assembly, "FossVoices.Fieldwork.Sentences");

    public static string Say(string? language, string key, params ReadOnlySpan<(string Name, string Value)> places) =>
        Wording.Say(language ?? Wording.Original, key, places);
}
