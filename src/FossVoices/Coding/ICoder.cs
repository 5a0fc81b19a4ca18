using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>A machine that suggests codes for an answer. A pure function of the text: same version, same suggestions.</summary>
internal interface ICoder
{
    /// <summary>The coder's name beside its suggestions.</summary>
    string Name { get; }

    string Version { get; }

    /// <returns>In the order of the codebook.</returns>
    ImmutableArray<Suggestion> Suggest(ReadOnlySpan<char> text);
}
