using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>
/// What is known of lexicon and linear coder from real answers and from practice, and which of the two an answer is to be judged by: a mixture of experts (Jacobs,
/// Jordan, Nowlan and Hinton 1991) with a gate that looks at the words.
/// </summary>
/// <param name="people">Learned from answers that people coded.</param>
/// <param name="practice">Learned from practice; null where there is none, or it could not be told from the real answers.</param>
/// <param name="likeness">How far an answer is like the real ones; null where <paramref name="practice"/> is.</param>
internal sealed class Experts(Stacking people, Stacking? practice, Likeness? likeness)
{
    /// <param name="coded">Some of them real.</param>
    /// <param name="outOfFold">For each answer and code what the linear coder said when it had not learned from it.</param>
    /// <param name="set">The same answers as vectors.</param>
    public static Experts Learn(ImmutableArray<CodedReading> coded, double?[][] outOfFold, LearningSet set)
    {
        var likeness = coded.All(answer => answer.IsReal) ? null : Likeness.Learn(set, coded);
        return likeness is null ? new Experts(Stacking.Learn(coded, outOfFold), null, null) : new Experts(From(real: true), From(real: false), likeness);

        Stacking From(bool real) => Stacking.Learn([.. coded.Where(answer => answer.IsReal == real)], [.. outOfFold.Where((_, i) => coded[i].IsReal == real)]);
    }

    /// <returns>From 0, like practice, to 1, like the real answers.</returns>
    public double Real(AnswerReading answer) => likeness?.Of(answer) ?? 1;

    /// <summary>From this probability on a code is suggested.</summary>
    /// <param name="real">What <see cref="Real"/> says of the answer.</param>
    public double Threshold(double real) => Mixed(real, people.Threshold, practice?.Threshold);

    /// <param name="learned">What the linear coder says; null where it is silent.</param>
    /// <param name="real">What <see cref="Real"/> says of the answer.</param>
    public double Probability(AnswerReading answer, int code, double? learned, double real) =>
        Mixed(real, people.Probability(answer, code, learned), practice?.Probability(answer, code, learned));

    private static double Mixed(double real, double people, double? practice) => (real * people) + ((1 - real) * (practice ?? people));
}
