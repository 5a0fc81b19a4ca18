using System.Collections.Immutable;
using FossVoices.Codebooks;

namespace FossVoices.Coding;

/// <summary>Parts answers for cross-validation so that nobody's words are judged by what was learned from that same person.</summary>
internal static class Folds
{
    private const int Most = 8;
    private const int FewestSpeakers = 3;
    private const int Dealt = 5;

    /// <summary>Practice answers first, then people's. Each practice answer was made up on its own: they are dealt out one by one.</summary>
    public static ImmutableArray<int> Of(Examples examples) => [.. examples.Practice.Select((_, i) => i % Dealt), .. Of(examples.People)];

    /// <returns>
    /// For every answer its fold, from 0. People stay whole, one fold each up to eight; where fewer than three people speak, answers are dealt out one by one.
    /// </returns>
    public static ImmutableArray<int> Of(ImmutableArray<GoldAnswer> answers)
    {
        var speakers = answers.Select(answer => answer.Speaker).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return speakers.Count >= FewestSpeakers && answers.All(answer => answer.Speaker is not null)
            ? [.. answers.Select(answer => speakers.IndexOf(answer.Speaker!) % Most)]
            : [.. answers.Select((_, i) => i % Dealt)];
    }
}
