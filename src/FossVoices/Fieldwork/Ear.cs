using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Flows;
using Heard = FossVoices.Flows.Heard;

namespace FossVoices.Fieldwork;

/// <summary>Listens to an answer while it is given, so that a probe can follow. Microseconds, no I/O.</summary>
internal sealed class Ear(Lexicon lexicon)
{
    private readonly LexiconCoder _coder = new(lexicon);
    private readonly Distress _distress = new();

    public LexiconCoder Coder => _coder;

    /// <summary>What the lexicon hears; null where the reply holds no words, or more than an answer may have.</summary>
    public Heard? Hear(Reply reply)
    {
        if (reply is not Reply.Said(var text) || text.Length > FlowEngine.LongestAnswer)
            return null;

        // Only what is plainly asserted may set off a probe: "I am not burnt out" is about burnout, but asks for no help with it.
        var codes = _coder.Suggest(text)
            .Select(s => new HeardCode(s.Code, s.Polarity == Polarity.Asserted ? s.Confidence : Math.Min(s.Confidence, 0.5)))
            .ToImmutableArray();
        return new Heard(codes, _distress.IsHeardIn(text), _coder.Version);
    }
}
