using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>Coded answers as vectors: all of them to learn from, and for every fold those outside it, so that what was learned can be judged by answers not learned from.</summary>
internal sealed class LearningSet
{
    internal const double Cost = 0.5;

    /// <summary>A fold with fewer examples than this on its learning side says nothing.</summary>
    private const int FewestInFold = 2;

    private readonly ImmutableArray<CodedReading> _coded;
    private readonly SparseVector[] _vectors;
    private readonly ImmutableArray<(int Fold, AnswerFeatures Features, SparseVector[] Vectors)> _folds;

    public LearningSet(ImmutableArray<CodedReading> coded)
    {
        _coded = coded;
        Features = AnswerFeatures.Of([.. coded.Select(answer => answer.Reading)]);
        _vectors = Vectors(Features);
        _folds =
        [
            .. coded.Select(answer => answer.Fold).Distinct().Order().Select(fold =>
            {
                var features = AnswerFeatures.Of([.. coded.Where(answer => answer.Fold != fold).Select(answer => answer.Reading)]);
                return (fold, features, Vectors(features));
            }),
        ];
    }

    /// <summary>What to look at in an answer, as all of them have taught it.</summary>
    public AnswerFeatures Features { get; }

    /// <summary>Learns to tell the answers apart by something that can be said of each.</summary>
    /// <param name="has">Whether it is so of an answer; null where that is not known.</param>
    /// <returns>The weights of the features, and for every answer the score by a machine that did not learn from its fold; null where that one had too little to learn from.</returns>
    public (double[] Weights, double?[] OutOfFold) Learn(Func<CodedReading, bool?> has)
    {
        var classes = _coded.Select(has).ToArray();
        var duals = new double[_coded.Length];
        var weights = Train(classes, _vectors, Features.Count, static _ => true, duals);
        var scores = new double?[_coded.Length];
        foreach (var (fold, features, vectors) in _folds)
        {
            if (_coded.Where((answer, i) => answer.Fold != fold && classes[i] == true).Take(FewestInFold).Count() < FewestInFold)
                continue;
            // How much each answer pulled when all were learned from is near where the fold will end, so it begins there.
            var learned = Train(classes, vectors, features.Count, answer => answer.Fold != fold, [.. duals]);
            for (var i = 0; i < scores.Length; i++)
            {
                if (_coded[i].Fold == fold)
                    scores[i] = vectors[i].Dot(learned);
            }
        }

        return (weights, scores);
    }

    private SparseVector[] Vectors(AnswerFeatures features) => [.. _coded.Select(answer => features.Vector(answer.Reading))];

    /// <param name="dual">By answer: where to begin, and where it ended.</param>
    private double[] Train(bool?[] classes, SparseVector[] vectors, int features, Func<CodedReading, bool> from, double[] dual)
    {
        var chosen = Enumerable.Range(0, _coded.Length).Where(i => classes[i] is not null && from(_coded[i])).ToArray();
        double[] pulls = [.. chosen.Select(i => dual[i])];
        var weights = SupportVectors.Train([.. chosen.Select(i => vectors[i])], [.. chosen.Select(i => classes[i] == true)], features, Cost, pulls);
        for (var i = 0; i < chosen.Length; i++)
            dual[chosen[i]] = pulls[i];
        return weights;
    }
}
