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

    internal const double Cost = 0.5;

    private const int AlgorithmVersion = 2;
    private const int MostWords = 5;

    /// <summary>A fold with fewer examples than this on its learning side says nothing about the code.</summary>
    private const int FewestInFold = 2;

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

    /// <param name="lexicon">Its confidences are learned from as well.</param>
    /// <param name="answers">What people gave; codes on which they differ are left out.</param>
    /// <param name="learnFrom">The examples that a code needs.</param>
    public static LinearCoder Learn(LexiconCoder lexicon, ImmutableArray<GoldAnswer> answers, int learnFrom)
    {
        var terms = new TermReader();
        return Learn(lexicon, terms, CodedReading.Of(answers, lexicon, terms), answers, learnFrom).Coder;
    }

    /// <returns>
    /// The coder, and for every answer and code the probability it gets from a coder that did not learn from its fold; null where that one would be silent.
    /// </returns>
    internal static (LinearCoder Coder, double?[,] OutOfFold) Learn(
        LexiconCoder lexicon, TermReader terms, ImmutableArray<CodedReading> coded, ImmutableArray<GoldAnswer> answers, int learnFrom)
    {
        var codes = lexicon.Lexicon.Codes.Length;
        var learned = Enumerable.Range(0, codes).Where(code => coded.Count(answer => answer.Has[code] == true) >= learnFrom).ToArray();
        var features = AnswerFeatures.Of(lexicon, [.. coded.Select(answer => answer.Reading)]);
        var vectors = coded.Select(answer => features.Vector(answer.Reading)).ToArray();
        var duals = learned.ToDictionary(code => code, _ => new double[coded.Length]);
        var weights = learned.ToDictionary(code => code, code => Train(coded, vectors, features.Count, code, static _ => true, duals[code]));
        var outOfFold = Scores(lexicon, coded, learned, duals);
        var models = new CodeModel?[codes];
        foreach (var code in learned)
        {
            var calibration = Calibrate(coded, outOfFold, code);
            for (var i = 0; i < coded.Length; i++)
                outOfFold[i, code] = outOfFold[i, code] is { } score ? calibration?.Probability([score]) : null;
            if (calibration is not null)
                models[code] = new CodeModel(weights[code], calibration);
        }

        return (new LinearCoder(lexicon, terms, features, [.. models], VersionOf(lexicon, answers, learnFrom)), outOfFold);
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
        return [.. _models.Select(model => model?.Calibration.Probability([vector.Dot(model.Weights)]))];
    }

    /// <summary>Where the words stand that speak most for a code, the strongest first; where none was learned, what the lexicon hears.</summary>
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

        if (count == 0)
            return reading.Lexicon[code]?.Evidence ?? [];
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

    /// <summary>The score of every answer by a machine that learned from the other folds.</summary>
    /// <param name="duals">By code, how much each answer pulled when all were learned from: near where each fold ends, so it begins there.</param>
    private static double?[,] Scores(LexiconCoder lexicon, ImmutableArray<CodedReading> coded, int[] codes, Dictionary<int, double[]> duals)
    {
        var scores = new double?[coded.Length, lexicon.Lexicon.Codes.Length];
        foreach (var fold in coded.Select(answer => answer.Fold).Distinct().Order())
        {
            var features = AnswerFeatures.Of(lexicon, [.. coded.Where(answer => answer.Fold != fold).Select(answer => answer.Reading)]);
            var vectors = coded.Select(answer => features.Vector(answer.Reading)).ToArray();
            foreach (var code in codes)
            {
                if (coded.Count(answer => answer.Fold != fold && answer.Has[code] == true) < FewestInFold)
                    continue;
                var weights = Train(coded, vectors, features.Count, code, answer => answer.Fold != fold, [.. duals[code]]);
                for (var i = 0; i < coded.Length; i++)
                {
                    if (coded[i].Fold == fold)
                        scores[i, code] = vectors[i].Dot(weights);
                }
            }
        }

        return scores;
    }

    /// <param name="dual">By answer: where to begin, and where it ended.</param>
    private static double[] Train(ImmutableArray<CodedReading> coded, SparseVector[] vectors, int features, int code, Func<CodedReading, bool> from, double[] dual)
    {
        var chosen = Enumerable.Range(0, coded.Length).Where(i => coded[i].Has[code] is not null && from(coded[i])).ToArray();
        double[] pulls = [.. chosen.Select(i => dual[i])];
        var weights = SupportVectors.Train([.. chosen.Select(i => vectors[i])], [.. chosen.Select(i => coded[i].Has[code] == true)], features, Cost, pulls);
        for (var i = 0; i < chosen.Length; i++)
            dual[chosen[i]] = pulls[i];
        return weights;
    }

    /// <summary>Platt's targets keep the curve from certainty. Null where a higher score means the code less often: nothing was learned then.</summary>
    private static Logistic? Calibrate(ImmutableArray<CodedReading> coded, double?[,] scores, int code)
    {
        var cells = Enumerable.Range(0, coded.Length).Where(i => scores[i, code] is not null && coded[i].Has[code] is not null).ToArray();
        var positives = cells.Count(i => coded[i].Has[code] == true);
        if (positives == 0 || positives == cells.Length)
            return null;

        var (yes, no) = ((positives + 1.0) / (positives + 2), 1.0 / (cells.Length - positives + 2));
        var fitted = Logistic.Fit([.. cells.Select(i => new[] { scores[i, code]!.Value })], [.. cells.Select(i => coded[i].Has[code] == true ? yes : no)], ridge: 1e-3);
        return fitted.Weights[1] > 0 ? fitted : null;
    }

    private static string VersionOf(LexiconCoder lexicon, ImmutableArray<GoldAnswer> answers, int learnFrom)
    {
        using var hash = new ContentHash();
        hash.Add(lexicon.Version).Add(learnFrom).Add(Cost).Add(AnswerFeatures.LexiconWeight);
        foreach (var answer in answers)
        {
            hash.Add(answer.Id).Add(answer.Text).Add(answer.Speaker)
                .Add([.. answer.Codes.Order(StringComparer.Ordinal)]).Add([.. answer.Disputed.Order(StringComparer.Ordinal)]);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Name}-{AlgorithmVersion}-{hash.Hex().AsSpan(0, 16)}");
    }

    private sealed record CodeModel(double[] Weights, Logistic Calibration);
}
