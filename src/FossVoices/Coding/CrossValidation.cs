using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>How well coders that learn do with people they have not learned from.</summary>
internal static class CrossValidation
{
    /// <summary>Judges each coder and the pipeline on every answer that people coded, after learning from practice and from the other people's (see <see cref="Folds"/>).</summary>
    public static ImmutableArray<CoderScore> Of(LexiconCoder lexicon, Examples examples)
    {
        var answers = examples.People;
        var folds = Folds.Of(answers);
        var given = Names.Select(_ => new HashSet<string>[answers.Length]).ToArray();
        foreach (var fold in folds.Distinct().Order())
        {
            var coders = Pipeline(lexicon, examples with { People = [.. answers.Where((_, i) => folds[i] != fold)] });
            for (var i = 0; i < answers.Length; i++)
            {
                for (var coder = 0; folds[i] == fold && coder < coders.Length; coder++)
                    given[coder][i] = coders[coder].Coder.Suggest(answers[i].Text).Select(suggestion => suggestion.Code).ToHashSet(StringComparer.Ordinal);
            }
        }

        return [.. Names.Select((name, coder) => CoderScore.Of(name, lexicon.Lexicon.Codebook, answers, [.. given[coder]]))];
    }

    /// <summary>The coders that are judged, the pipeline as a whole last.</summary>
    public static ImmutableArray<(string Name, ICoder Coder)> Pipeline(LexiconCoder lexicon, Examples examples)
    {
        var (linear, combined) = CombinedCoder.Learn(lexicon, examples);
        ICoder[] coders = [new AuthorCoder(lexicon.Lexicon), new LexiconCoder(lexicon.Lexicon, hearsTags: false), linear, combined];
        return [.. Names.Zip(coders)];
    }

    private static readonly ImmutableArray<string> Names = [AuthorCoder.Name, LexiconCoder.Name, LinearCoder.Name, CombinedCoder.Name];
}
