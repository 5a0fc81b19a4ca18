using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Definitions;

namespace FossVoices.Coding;

/// <summary>
/// Suggests codes as people gave them to other answers: for every code a linear support vector machine, its scores turned into
/// probabilities by cross-validation (Platt 1999). Silent for a code until it has enough examples. Not thread-safe.
/// </summary>
internal sealed class LinearCoder : ICoder
{
    public const string Name = "linear";

    /// <summary>The indicator of evidence that was learned. The words themselves stay in the answer: evidence is kept readable.</summary>
    public const string Learned = "learned";

    private const int AlgorithmVersion = 3;
    private const int MostWords = 5;

    private readonly LexiconCoder _lexicon;
    private readonly TermReader _terms;
    private readonly AnswerFeatures _features;
    private readonly ImmutableArray<CodeModel?> _models;

    private LinearCoder(LexiconCoder lexicon, TermReader terms, AnswerFeatures features, ImmutableArray<CodeModel?> models, string version)
    {
        (_lexicon, _terms, _features, _models, Version) = (lexicon, terms, features, models, version);
    }

    string ICoder.Name => Name;

    /// <summary>The algorithm, and a hash of its settings, of the lexicon and of all that it learned from.</summary>
    public string Version { get; }

    /// <summary>Whether it has learned any code at all.</summary>
    public bool HasLearned => _models.Any(model => model is not null);

    /// <param name="lexicon">Whose codes are learned.</param>
    public static LinearCoder Learn(LexiconCoder lexicon, Examples examples)
    {
        var terms = new TermReader();
        var coded = CodedReading.Of(examples, lexicon, terms);
        return Learn(lexicon, terms, coded, new LearningSet(coded), examples).Coder;
    }

    /// <param name="set">The same answers as vectors.</param>
    /// <returns>
    /// The coder, and for every answer and code the probability it gets from a coder that did not learn from its fold; null where that one would be silent.
    /// </returns>
    internal static (LinearCoder Coder, double?[][] OutOfFold) Learn(
        LexiconCoder lexicon, TermReader terms, ImmutableArray<CodedReading> coded, LearningSet set, Examples examples)
    {
        var codes = lexicon.Lexicon.Codes.Length;
        var models = new CodeModel?[codes];
        double?[][] outOfFold = [.. coded.Select(_ => new double?[codes])];
        for (var code = 0; code < codes; code++)
        {
            var number = code;
            if (coded.Count(answer => answer.Has[number] == true) < examples.LearnFrom)
                continue;
            var (weights, scores) = set.Learn(answer => answer.Has[number]);
            if (Calibration.Of(scores, [.. coded.Select(answer => answer.Has[number])]) is not { } curve)
                continue;
            models[code] = new CodeModel(weights, curve);
            for (var i = 0; i < coded.Length; i++)
                outOfFold[i][code] = scores[i] is { } score ? curve.Probability([score]) : null;
        }

        return (new LinearCoder(lexicon, terms, set.Features, [.. models], VersionOf(lexicon, examples)), outOfFold);
    }

    public ImmutableArray<Suggestion> Suggest(ReadOnlySpan<char> text)
    {
        var reading = AnswerReading.Of(text, _lexicon, _terms);
        var probabilities = Probabilities(reading);
        var suggestions = ImmutableArray.CreateBuilder<Suggestion>();
        for (var code = 0; code < probabilities.Length; code++)
        {
            if (probabilities[code] is >= Confidence.Suggested and var probability && Evidence(reading, code) is { IsEmpty: false } evidence)
                suggestions.Add(new Suggestion(_lexicon.Lexicon.Codes[code].Id, probability, evidence));
        }

        return suggestions.ToImmutable();
    }

    /// <summary>For every code of the lexicon how likely the answer has it; null while the code has too few examples.</summary>
    internal ImmutableArray<double?> Probabilities(AnswerReading reading)
    {
        var vector = _features.Vector(reading);
        return [.. _models.Select(model => model?.Curve.Probability([vector.Dot(model.Weights)]))];
    }

    /// <summary>Where the words stand that speak most for a code, the strongest first; empty where none does.</summary>
    internal ImmutableArray<Evidence> Evidence(AnswerReading reading, int code)
    {
        if (_models[code] is not { } model)
            return [];

        Span<(Term Term, double Weight)> heaviest = stackalloc (Term, double)[MostWords];
        var count = 0;
        foreach (var term in reading.Terms)
        {
            if (_features.FeatureOf(term.Number) is { } feature && model.Weights[feature] is > 0 and var weight)
                Keep(heaviest, ref count, term, weight);
        }

        var (whole, evidence) = (0.0, ImmutableArray.CreateBuilder<Evidence>(count));
        foreach (var (_, weight) in heaviest[..count])
            whole += weight;
        foreach (var (term, weight) in heaviest[..count])
            evidence.Add(new Evidence(Learned, term.Start, term.Length, Polarity.Asserted, weight / whole));
        return evidence.MoveToImmutable();
    }

    /// <summary>Puts a term among the heaviest so far, each once, where it stands first in the text.</summary>
    private static void Keep(Span<(Term Term, double Weight)> heaviest, ref int count, Term term, double weight)
    {
        var place = count;
        for (var i = count - 1; i >= 0 && heaviest[i].Weight <= weight; i--)
        {
            if (heaviest[i].Weight < weight)
                place = i;
            else if (heaviest[i].Term.Number == term.Number)
                return;
        }

        if (place >= heaviest.Length)
            return;
        count = Math.Min(count + 1, heaviest.Length);
        for (var i = count - 1; i > place; i--)
            heaviest[i] = heaviest[i - 1];
        heaviest[place] = (term, weight);
    }

    private static string VersionOf(LexiconCoder lexicon, Examples examples)
    {
        using var hash = new ContentHash();
        hash.Add(lexicon.Version).Add(examples.LearnFrom).Add(LearningSet.Cost).Add(examples.Practice.Length);
        foreach (var answer in examples.All)
        {
            hash.Add(answer.Id).Add(answer.Text).Add(answer.Speaker)
                .Add([.. answer.Codes.Order(StringComparer.Ordinal)]).Add([.. answer.Disputed.Order(StringComparer.Ordinal)]);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Name}-{AlgorithmVersion}-{hash.Hex().AsSpan(0, 16)}");
    }

    /// <param name="Curve">From a score to a probability.</param>
    private sealed record CodeModel(double[] Weights, Logistic Curve);
}
