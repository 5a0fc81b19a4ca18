using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Coding;

/// <summary>
/// Puts lexicon and linear coder together. What decides is how often the lexicon and the linear coder were right (see <see cref="Stacking"/>): with real answers, for answers
/// like those; with practice, for others. While people have coded too little, nobody knows which the answers will be like, and practice is hard on indicators: then the
/// two count as independent witnesses, whose log odds add up, less the log odds that any answer has the code, which both contain (naive Bayes). A tag typed by the author
/// always stands. Not thread-safe.
/// </summary>
internal sealed class CombinedCoder : ICoder
{
    public const string Name = "combined";

    private const int AlgorithmVersion = 3;

    /// <summary>Beside practice, fewer real answers than this say too little of how the indicators do with them.</summary>
    private const int FewestReal = 50;

    private readonly LexiconCoder _lexicon;
    private readonly LinearCoder _linear;
    private readonly TermReader _terms;
    private readonly ImmutableArray<double> _usual;
    private readonly Experts? _experts;

    /// <param name="usual">For every code the log odds that an answer has it.</param>
    /// <param name="experts">Null while people have coded too little beside practice.</param>
    private CombinedCoder(LexiconCoder lexicon, LinearCoder linear, TermReader terms, ImmutableArray<double> usual, Experts? experts)
    {
        (_lexicon, _linear, _terms, _usual, _experts) = (lexicon, linear, terms, usual, experts);
        Version = string.Create(CultureInfo.InvariantCulture, $"{Name}-{AlgorithmVersion}-{linear.Version}");
    }

    string ICoder.Name => Name;

    public string Version { get; }

    /// <summary>The linear coder and the whole pipeline, which is the lexicon alone where no code has enough examples to learn from.</summary>
    public static (LinearCoder Linear, ICoder Pipeline) Learn(LexiconCoder lexicon, Examples examples)
    {
        var terms = new TermReader();
        var coded = CodedReading.Of(examples, lexicon, terms);
        var set = new LearningSet(coded);
        var (linear, outOfFold) = LinearCoder.Learn(lexicon, terms, coded, set, examples);
        if (!linear.HasLearned)
            return (linear, lexicon);

        var experts = examples.Practice.IsEmpty || examples.People.Length >= FewestReal ? Experts.Learn(coded, outOfFold, set) : null;
        return (linear, new CombinedCoder(lexicon, linear, terms, [.. lexicon.Lexicon.Codes.Select((_, code) => Usual(coded, code))], experts));
    }

    public ImmutableArray<Suggestion> Suggest(ReadOnlySpan<char> text)
    {
        var reading = AnswerReading.Of(text, _lexicon, _terms);
        var learned = _linear.Probabilities(reading);
        var real = _experts?.Real(reading) ?? 0;
        var threshold = _experts?.Threshold(real) ?? Confidence.Suggested;
        var suggestions = ImmutableArray.CreateBuilder<Suggestion>();
        for (var code = 0; code < learned.Length; code++)
        {
            var heard = reading.Lexicon[code];
            var tagged = heard?.Confidence >= Confidence.Tag;
            var probability = tagged ? Confidence.Tag : _experts?.Probability(reading, code, learned[code], real) ?? Together(heard, learned[code], _usual[code]);
            if (!tagged && probability < threshold)
                continue;

            // The indicators first: they say why in words that a person wrote down.
            ImmutableArray<Evidence> evidence = [.. heard?.Evidence ?? [], .. _linear.Evidence(reading, code)];
            if (!evidence.IsEmpty)
                suggestions.Add(new Suggestion(_lexicon.Lexicon.Codes[code].Id, probability, evidence));
        }

        return suggestions.ToImmutable();
    }

    private static double Together(Suggestion? heard, double? learned, double usual) =>
        learned is { } probability ? Logistic.Sigmoid(Stacking.Odds(heard?.Confidence ?? 0) + Stacking.Odds(probability) - usual) : heard?.Confidence ?? 0;

    private static double Usual(ImmutableArray<CodedReading> coded, int code) =>
        Stacking.Odds((coded.Count(answer => answer.Has[code] == true) + 1.0) / (coded.Count(answer => answer.Has[code] is not null) + 2));
}
