using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Codebooks;
using FossVoices.Definitions;

namespace FossVoices.Coding;

/// <summary>
/// Gives the codes whose hashtags the author typed. Nobody is surer of what an answer is about than who wrote it, so this coder stands by itself: it changes with the tags of
/// the codebook and with nothing else.
/// </summary>
internal sealed class AuthorCoder(Lexicon lexicon) : ICoder
{
    public const string Name = "author";

    /// <summary>Why a code was given: the tag stands there.</summary>
    public const string Tag = "tag";

    private const int AlgorithmVersion = 1;

    string ICoder.Name => Name;

    public string Version { get; } = VersionOf(lexicon.Codebook);

    public ImmutableArray<Suggestion> Suggest(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, LexiconCoder.LongestText)];
        if (!text.Contains('#'))
            return [];

        var heard = new Rented<Heard>(16);
        try
        {
            lexicon.Hear(text, ref heard);
            heard.RemoveAll(static hit => hit.Indicator != Heard.ByTag);
            return
            [
                .. heard.Span.ToArray().GroupBy(hit => hit.Code).OrderBy(code => code.Key).Select(code => new Suggestion(
                    lexicon.Codes[code.Key].Id, Confidence.Tag,
                    [.. code.OrderBy(hit => hit.Start).Select(hit => new Evidence(Tag, hit.Start, hit.Length, Polarity.Asserted, Confidence.Tag))])),
            ];
        }
        finally
        {
            heard.Dispose();
        }
    }

    private static string VersionOf(Codebook codebook)
    {
        using var hash = new ContentHash();
        return string.Create(CultureInfo.InvariantCulture, $"{Name}-{AlgorithmVersion}-{hash.Add(CodebookDiff.TagsOf(codebook)).Hex().AsSpan(0, 16)}");
    }
}
