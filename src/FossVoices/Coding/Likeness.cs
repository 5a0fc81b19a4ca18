namespace FossVoices.Coding;

/// <summary>
/// How far an answer is like the real ones that people have coded, rather than like practice: another linear machine over the same words.
/// </summary>
/// <param name="features">What to look at in an answer.</param>
/// <param name="weights">Of the features, for being real.</param>
/// <param name="curve">From a score to a probability.</param>
/// <param name="shift">Added to the log odds, so that real and practice are as likely before anything is read: how many of each there were to learn from is chance.</param>
internal sealed class Likeness(AnswerFeatures features, double[] weights, Logistic curve, double shift)
{
    /// <returns>Null where real answers and practice could not be told apart.</returns>
    public static Likeness? Learn(LearningSet set, IReadOnlyList<CodedReading> coded)
    {
        var (weights, outOfFold) = set.Learn(static answer => answer.IsReal);
        var real = coded.Count(answer => answer.IsReal);
        return Calibration.Of(outOfFold, [.. coded.Select(answer => (bool?)answer.IsReal)]) is { } curve
            ? new Likeness(set.Features, weights, curve, Math.Log((coded.Count - real) / (double)real))
            : null;
    }

    /// <returns>From 0, like practice, to 1, like the real answers.</returns>
    public double Of(AnswerReading answer) => Logistic.Sigmoid(curve.Weights[0] + (curve.Weights[1] * features.Vector(answer).Dot(weights)) + shift);
}
