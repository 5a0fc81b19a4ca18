using System.Collections.Immutable;
using FossVoices.Studies;

namespace FossVoices.Host.Commands;

/// <summary>Where a language model elsewhere reads people's words, redacted as they are, the consent text has to say so.</summary>
internal static class LlmConsent
{
    private static readonly ImmutableArray<string> s_signs = ["language model", "third party", "ai service", "modèle de langue", "modèle de langage", "tiers"];

    /// <summary>A sentence for each flow with an open question whose consent text says nothing of it; none where the model is off, or on this machine.</summary>
    public static ImmutableArray<string> Missing(LlmSettings? settings, Study study) => settings is not { IsElsewhere: true } ? [] :
    [
        .. study.Flows.Values.Where(flow => !s_signs.Any(sign => flow.Consent.Text.Source.Contains(sign, StringComparison.OrdinalIgnoreCase)))
            .Select(flow => $"The language model at {settings.Url.Host} is on (FossVoices:Llm), and the consent text of '{study.Id}/{flow.Id}' does not say that a third party reads redacted words. " +
                "Say it there, with words such as 'language model', or take FossVoices:Llm out."),
    ];
}
