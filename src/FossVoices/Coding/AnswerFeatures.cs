using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>
/// What a learning coder looks at in an answer: its stems and pairs of stems, weighted by how few answers hold them (tf-idf, Salton and Buckley 1988). What the lexicon
/// hears is none of it: the two are weighed against each other later (see <see cref="Stacking"/>), for the lexicon may fit some people better than others.
/// </summary>
internal sealed class AnswerFeatures
{
    /// <summary>The first feature is always one: its weight is the intercept.</summary>
    private const int Constant = 0;

    private const int FirstTerm = 1;

    /// <summary>A term of a single answer teaches nothing about others.</summary>
    private const int FewestAnswers = 2;

    /// <summary>By the number of a term its feature, 0 for none, and how rare it is.</summary>
    private readonly int[] _features;

    private readonly double[] _rarity;

    private AnswerFeatures(int[] features, double[] rarity, int count) => (_features, _rarity, Count) = (features, rarity, count);

    public int Count { get; }

    /// <summary>Takes up the terms of the answers to learn from.</summary>
    public static AnswerFeatures Of(IReadOnlyCollection<AnswerReading> answers)
    {
        var numbers = answers.Select(answer => answer.Counts.IsEmpty ? 0 : answer.Counts[^1].Number + 1).DefaultIfEmpty(0).Max();
        var holding = new int[numbers];
        foreach (var answer in answers)
        {
            foreach (var (number, _) in answer.Counts)
                holding[number]++;
        }

        var (features, rarity, next) = (new int[numbers], new double[numbers], FirstTerm);
        for (var number = 0; number < numbers; number++)
        {
            if (holding[number] >= FewestAnswers)
                (features[number], rarity[number]) = (next++, 1 + Math.Log((1.0 + answers.Count) / (1 + holding[number])));
        }

        return new AnswerFeatures(features, rarity, next);
    }

    public SparseVector Vector(AnswerReading answer)
    {
        var features = ImmutableArray.CreateBuilder<int>(answer.Counts.Length + 1);
        var values = ImmutableArray.CreateBuilder<double>(answer.Counts.Length + 1);
        Add(Constant, 1);
        var (from, squares) = (values.Count, 0.0);
        foreach (var (number, count) in answer.Counts)
        {
            if (FeatureOf(number) is not { } feature)
                continue;
            var weight = _rarity[number] * (count == 1 ? 1 : 1 + Math.Log(count));
            squares += weight * weight;
            Add(feature, weight);
        }

        var length = Math.Sqrt(squares);
        for (var i = from; i < values.Count; i++)
            values[i] /= length;
        return new SparseVector(features.DrainToImmutable(), values.DrainToImmutable());

        void Add(int feature, double value)
        {
            features.Add(feature);
            values.Add(value);
        }
    }

    /// <summary>The feature of a term; null for one that was not learned from.</summary>
    public int? FeatureOf(int number) => (uint)number < (uint)_features.Length && _features[number] is > 0 and var feature ? feature : null;
}

/// <summary>An answer as a learning coder reads it.</summary>
/// <param name="Terms">In the order of the text.</param>
/// <param name="Counts">How often each known term stands in it, by rising numbers.</param>
/// <param name="Lexicon">For every code of the lexicon what it hears, weak cues included; null where it hears nothing.</param>
/// <param name="Words">How many words carry meaning.</param>
internal sealed record AnswerReading(ImmutableArray<Term> Terms, ImmutableArray<(int Number, int Count)> Counts, ImmutableArray<Suggestion?> Lexicon, int Words)
{
    public static AnswerReading Of(ReadOnlySpan<char> text, LexiconCoder lexicon, TermReader terms)
    {
        text = text[..Math.Min(text.Length, LexiconCoder.LongestText)];
        var codes = lexicon.Lexicon.Codes;
        var heard = new Suggestion?[codes.Length];
        var code = 0;
        foreach (var suggestion in lexicon.Suggest(text, atLeast: 0)) // In the order of the codebook.
        {
            while (codes[code].Id != suggestion.Code)
                code++;
            heard[code] = suggestion;
        }

        var read = terms.Read(text);
        return new AnswerReading(read, CountsOf(read), [.. heard], read.Count(term => !term.IsPair));
    }

    private static ImmutableArray<(int Number, int Count)> CountsOf(ImmutableArray<Term> terms)
    {
        var numbers = new int[terms.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = terms[i].Number;
        Array.Sort(numbers);
        var counts = ImmutableArray.CreateBuilder<(int, int)>(numbers.Length);
        for (int from = 0, to; from < numbers.Length; from = to)
        {
            to = from + 1;
            while (to < numbers.Length && numbers[to] == numbers[from])
                to++;
            if (numbers[from] != TermReader.Unknown)
                counts.Add((numbers[from], to - from));
        }

        return counts.DrainToImmutable();
    }
}
