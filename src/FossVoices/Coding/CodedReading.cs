using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>An answer to learn from: read, and with what people said of each code of the lexicon; null where they differ or did not decide.</summary>
internal sealed record CodedReading(AnswerReading Reading, ImmutableArray<bool?> Has, int Fold)
{
    public static ImmutableArray<CodedReading> Of(ImmutableArray<GoldAnswer> answers, LexiconCoder lexicon, TermReader terms)
    {
        var folds = Folds.Of(answers);
        ImmutableArray<CodedReading> coded =
        [
            .. answers.Select((answer, i) => new CodedReading(
                AnswerReading.Of(answer.Text, lexicon, terms),
                [.. lexicon.Lexicon.Codes.Select(code => answer.Disputed.Contains(code.Id) ? null : (bool?)answer.Codes.Contains(code.Id))],
                folds[i])),
        ];
        terms.HasLearned();
        return coded;
    }
}
