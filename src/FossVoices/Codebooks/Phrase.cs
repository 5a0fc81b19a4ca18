using System.Collections.Immutable;

namespace FossVoices.Codebooks;

/// <summary>
/// A phrase as an indicator spells it, taken apart: words in a row, <c>a|b</c> for either word, <c>...</c> for a gap of up to
/// <see cref="Indicator.Reach"/> words.
/// </summary>
internal sealed record Phrase(ImmutableArray<Phrase.Step> Steps)
{
    /// <summary>One place in a phrase.</summary>
    internal abstract record Step
    {
        private Step()
        {
        }

        /// <param name="Words">One or more; any of them may stand here.</param>
        public sealed record OneOf(ImmutableArray<string> Words) : Step;

        public sealed record Gap : Step;
    }

    /// <summary>A phrase with more ways to be said than this is a mistake, and would cost memory.</summary>
    public const int MostWays = 2000;

    /// <returns>The phrase and null, or null and what is wrong with it.</returns>
    public static (Phrase? Phrase, string? Wrong) Read(string text)
    {
        var steps = ImmutableArray.CreateBuilder<Step>();
        var ways = 1L;
        foreach (var piece in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (piece is "..." or "…")
            {
                if (steps.Count == 0 || steps[^1] is Step.Gap)
                    return (null, "a gap needs a word before it");
                steps.Add(new Step.Gap());
                continue;
            }

            var words = piece.Split('|');
            if (!words.All(word => word.Any(char.IsLetterOrDigit)))
                return (null, "every word needs a letter or a digit");
            steps.Add(new Step.OneOf([.. words]));
            ways *= words.Length;
            if (ways > MostWays)
                return (null, $"this can be said in more than {MostWays} ways");
        }

        if (steps.Count == 0)
            return (null, "an empty phrase matches nothing");
        return steps[^1] is Step.Gap ? (null, "a gap needs a word after it") : (new Phrase(steps.ToImmutable()), null);
    }
}
