using System.Collections.Immutable;
using FossVoices.Codebooks;

namespace FossVoices.Coding;

/// <summary>Puts what a language model suggested beside what the pipeline did, with the reasons of both.</summary>
internal static class LlmBeside
{
    /// <param name="pipeline">What hashtags, lexicon and linear coder made of an answer.</param>
    /// <param name="model">What the model suggested for it.</param>
    /// <param name="codebook">Gives the order.</param>
    public static ImmutableArray<Suggestion> Of(ImmutableArray<Suggestion> pipeline, ImmutableArray<Suggestion> model, Codebook codebook)
    {
        if (model.IsEmpty)
            return pipeline;
        var heard = pipeline.ToDictionary(suggestion => suggestion.Code, StringComparer.Ordinal);
        var seen = model.ToDictionary(suggestion => suggestion.Code, StringComparer.Ordinal);
        return
        [
            .. codebook.Given.Select(code => (heard.GetValueOrDefault(code.Id), seen.GetValueOrDefault(code.Id))).Select(both => both switch
            {
                (null, var alone) => alone,
                (var alone, null) => alone,
                var (one, other) => one with { Confidence = Coding.Confidence.Together(one.Confidence, other.Confidence), Evidence = [.. one.Evidence, .. other.Evidence] },
            }).OfType<Suggestion>(),
        ];
    }
}
