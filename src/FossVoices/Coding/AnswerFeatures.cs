using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>
/// What a learning coder looks at in an answer: its stems and pairs of stems, weighted by how few answers hold them (tf-idf, Salton and
/// Buckley 1988), and how sure the lexicon is of each code, so that learning can weigh the indicators anew (stacking, Wolpert 1992).
/// </summary>
internal sealed class AnswerFeatures
{
    /// <summary>The first feature is always one: its weight is the intercept.</summary>
    private const int Constant = 0;

    private const int FirstCode = 1;

    /// <summary>All words of an answer together weigh one; so much weighs a code of which the lexicon is certain.</summary>
    internal const double LexiconWeight = 0.8;

    /// <summary>A term of a single answer teaches nothing about others.</summary>
    private const int FewestAnswers = 2;

    private readonly LexiconCoder _lexicon;
    private readonly Dictionary<string, (int Feature, double Rarity)> _terms;

    private AnswerFeatures(LexiconCoder lexicon, Dictionary<string, (int Feature, double Rarity)> terms) => (_lexicon, _terms) = (lexicon, terms);

    public int Count => FirstCode + _lexicon.Lexicon.Codes.Length + _terms.Count;

    /// <summary>Takes up the terms of the answers to learn from.</summary>
    public static AnswerFeatures Of(LexiconCoder lexicon, IReadOnlyCollection<AnswerReading> answers)
    {
        var next = FirstCode + lexicon.Lexicon.Codes.Length;
        var terms = answers
            .SelectMany(answer => answer.Terms.Select(term => term.Form).Distinct(StringComparer.Ordinal))
            .GroupBy(form => form, StringComparer.Ordinal)
            .Select(group => (Form: group.Key, Answers: group.Count()))
            .Where(term => term.Answers >= FewestAnswers)
            .OrderBy(term => term.Form, StringComparer.Ordinal)
            .ToDictionary(term => term.Form, term => (next++, 1 + Math.Log((1.0 + answers.Count) / (1 + term.Answers))), StringComparer.Ordinal);
        return new AnswerFeatures(lexicon, terms);
    }

    public SparseVector Vector(AnswerReading answer)
    {
        var weights = new SortedDictionary<int, double>();
        foreach (var group in answer.Terms.GroupBy(term => term.Form, StringComparer.Ordinal))
        {
            if (_terms.TryGetValue(group.Key, out var known))
                weights[known.Feature] = known.Rarity * (1 + Math.Log(group.Count()));
        }

        var length = Math.Sqrt(weights.Values.Sum(weight => weight * weight));
        var features = ImmutableArray.CreateBuilder<int>();
        var values = ImmutableArray.CreateBuilder<double>();
        Add(Constant, 1);
        for (var code = 0; code < answer.Lexicon.Length; code++)
        {
            if (answer.Lexicon[code] is { } heard)
                Add(FirstCode + code, LexiconWeight * heard.Confidence);
        }

        foreach (var (feature, weight) in weights)
            Add(feature, weight / length);
        return new SparseVector(features.ToImmutable(), values.ToImmutable());

        void Add(int feature, double value)
        {
            features.Add(feature);
            values.Add(value);
        }
    }

    /// <summary>The feature of a term; null for one that was not learned from.</summary>
    public int? FeatureOf(Term term) => _terms.TryGetValue(term.Form, out var known) ? known.Feature : null;
}

/// <summary>An answer as a learning coder reads it.</summary>
/// <param name="Terms">In the order of the text.</param>
/// <param name="Lexicon">For every code of the lexicon what it hears, weak cues included; null where it hears nothing.</param>
/// <param name="Words">How many words carry meaning.</param>
internal sealed record AnswerReading(ImmutableArray<Term> Terms, ImmutableArray<Suggestion?> Lexicon, int Words)
{
    public static AnswerReading Of(ReadOnlySpan<char> text, LexiconCoder lexicon, TermReader terms)
    {
        text = text[..Math.Min(text.Length, LexiconCoder.LongestText)];
        var heard = lexicon.Suggest(text, atLeast: 0).ToDictionary(suggestion => suggestion.Code, StringComparer.Ordinal);
        var read = terms.Read(text);
        var words = read.Count(term => !term.Form.Contains(' ', StringComparison.Ordinal));
        return new AnswerReading(read, [.. lexicon.Lexicon.Codes.Select(code => heard.GetValueOrDefault(code.Id))], words);
    }
}
