using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Coding;

/// <summary>
/// Puts lexicon and linear coder together. What decides about a code is how sure the lexicon is, how often people agreed with the lexicon
/// on this very code, and what the linear coder says; their weights are the same for all codes and learned from answers that the
/// linear coder had not learned from (stacking, Wolpert 1992). So an indicator that people often reject needs the words around it to
/// agree, and a code that the lexicon often misses can be given on the words alone. A tag typed by the author always stands. Not thread-safe.
/// </summary>
internal sealed class CombinedCoder : ICoder
{
    public const string Name = "combined";

    private const int AlgorithmVersion = 2;

    private readonly LexiconCoder _lexicon;
    private readonly LinearCoder _linear;
    private readonly TermReader _terms;
    private readonly Stacking _stacking;

    private CombinedCoder(LexiconCoder lexicon, LinearCoder linear, TermReader terms, Stacking stacking)
    {
        (_lexicon, _linear, _terms, _stacking) = (lexicon, linear, terms, stacking);
        Version = string.Create(CultureInfo.InvariantCulture, $"{Name}-{AlgorithmVersion}-{linear.Version}");
    }

    string ICoder.Name => Name;

    public string Version { get; }

    /// <summary>The whole pipeline: the lexicon alone where no code has enough examples to learn from.</summary>
    public static ICoder Learn(LexiconCoder lexicon, ImmutableArray<GoldAnswer> answers, int learnFrom)
    {
        var terms = new TermReader();
        var coded = CodedReading.Of(answers, lexicon, terms);
        var (linear, outOfFold) = LinearCoder.Learn(lexicon, terms, coded, answers, learnFrom);
        return linear.HasLearned ? new CombinedCoder(lexicon, linear, terms, Stacking.Learn(coded, outOfFold)) : lexicon;
    }

    public ImmutableArray<Suggestion> Suggest(ReadOnlySpan<char> text)
    {
        var reading = AnswerReading.Of(text, _lexicon, _terms);
        var learned = _linear.Probabilities(reading);
        var suggestions = ImmutableArray.CreateBuilder<Suggestion>();
        for (var code = 0; code < learned.Length; code++)
        {
            var heard = reading.Lexicon[code];
            var tagged = heard?.Confidence >= Confidence.Tag;
            var probability = tagged ? Confidence.Tag : _stacking.Probability(reading, code, learned[code]);
            if (!tagged && probability < _stacking.Threshold)
                continue;

            // The indicators first: they say why in words that a person wrote down.
            ImmutableArray<Evidence> evidence = [.. heard?.Evidence ?? [], .. _linear.Evidence(reading, code).Where(e => e.Indicator == LinearCoder.Learned)];
            if (!evidence.IsEmpty)
                suggestions.Add(new Suggestion(_lexicon.Lexicon.Codes[code].Id, probability, evidence));
        }

        return suggestions.ToImmutable();
    }
}
