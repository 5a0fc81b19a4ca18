using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>An answer to learn from: read, and with what people said of each code of the lexicon; null where they differ or did not decide.</summary>
/// <param name="IsReal">Whether a person said it; it is practice otherwise.</param>
/// <param name="Fold">For cross-validation (see <see cref="Folds"/>).</param>
internal sealed record CodedReading(AnswerReading Reading, ImmutableArray<bool?> Has, bool IsReal, int Fold)
{
    public static ImmutableArray<CodedReading> Of(Examples examples, LexiconCoder lexicon, TermReader terms)
    {
        var folds = Folds.Of(examples);
        ImmutableArray<CodedReading> coded =
        [
            .. examples.All.Select((answer, i) => new CodedReading(
                AnswerReading.Of(answer.Text, lexicon, terms),
                [.. lexicon.Lexicon.Codes.Select(code => answer.Disputed.Contains(code.Id) ? null : (bool?)answer.Codes.Contains(code.Id))],
                i >= examples.Practice.Length,
                folds[i])),
        ];
        terms.HasLearned();
        return coded;
    }
}
