using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Coding;

namespace FossVoices.Tests.Coding;

/// <summary>A codebook in one line, and what its lexicon hears.</summary>
internal sealed class Hearing
{
    private readonly LexiconCoder _coder;

    private Hearing(params ImmutableArray<Code> codes) => _coder = new LexiconCoder(new Lexicon(new Codebook("test", 1, codes)));

    public static Hearing Of(params ImmutableArray<Code> codes) => new(codes);

    public static Hearing For(string phrase, ImmutableArray<string> near = default, ImmutableArray<string> not = default, double? confidence = null, int within = Nearby.DefaultWithin) =>
        new(Code("x", Indicator("x.1", [phrase], near, not, confidence, within)));

    public static Code Code(string id, params ImmutableArray<Indicator> indicators) => new() { Id = id, Label = id, Brief = id, Indicators = indicators };

    public static Indicator Indicator(
        string id, ImmutableArray<string> any, ImmutableArray<string> near = default, ImmutableArray<string> not = default, double? confidence = null, int within = Nearby.DefaultWithin) =>
        new(id, any, near.IsDefault ? null : new Nearby(near, within), not.IsDefault ? [] : not, confidence);

    public ImmutableArray<Suggestion> In(string text) => _coder.Suggest(text);

    /// <summary>The words that carry each suggestion, in the order of the codebook.</summary>
    public string[] WordsIn(string text) => [.. In(text).Select(s => text.Substring(s.Start, s.Length))];

    public string[] CodesIn(string text) => [.. In(text).Select(s => s.Code)];
}
