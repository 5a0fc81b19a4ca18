using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Storage;

namespace FossVoices.Fieldwork;

/// <summary>
/// Says what has to be looked for again in an answer that the same coder read by an older codebook. Only coders that look for each code by itself can leave the others out:
/// whatever has learned weighs all codes against each other and reads everything anew.
/// </summary>
/// <param name="kept">The codebooks that answers were read by; the last is the present one.</param>
internal sealed class Recoding(ImmutableArray<KeptCodebook> kept, ICoder coder)
{
    private readonly Dictionary<int, CodebookDiff?> _since = [];

    /// <returns>The codes to look for; null for all of them.</returns>
    public ImmutableHashSet<string>? Of(Uncoded answer)
    {
        if (coder is not LexiconCoder || answer.ReadBy is null || EngineOf(answer.ReadBy) != EngineOf(coder.Version) || Since(answer.Codebook) is not { } diff)
            return null;

        // Whether a tag is known decides whether its letters are read as words, for every code.
        return diff.TagsChanged && answer.Text.Contains('#', StringComparison.Ordinal) ? null : diff.Heard;
    }

    private CodebookDiff? Since(int number)
    {
        if (!_since.TryGetValue(number, out var diff))
            _since[number] = diff = kept.FirstOrDefault(book => book.Number == number) is { } then ? CodebookDiff.Between(then.Codebook, kept[^1].Codebook) : null;
        return diff;
    }

    /// <summary>The version without the hash of what it listens for.</summary>
    private static string EngineOf(string version) => version[..Math.Max(0, version.LastIndexOf('-'))];
}
