using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Coding;

namespace FossVoices.Benchmarks;

/// <summary>Learning 24 codes from 2,000 answers and giving them to others, beside scikit-learn's liblinear on the same answers.</summary>
internal static class LearningBenchmark
{
    private const int Train = 2000;
    private const int Test = 2000;

    private const string ScikitLearn = """
        import json, sys, time, numpy
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.multiclass import OneVsRestClassifier
        given = json.load(sys.stdin)
        has = numpy.array(given["has"])
        began = time.process_time()
        vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        model = OneVsRestClassifier(LogisticRegression(solver="liblinear", class_weight="balanced"))
        model.fit(vectors.fit_transform(given["train"]), has)
        trained = time.process_time() - began
        began = time.process_time()
        said = model.predict(vectors.transform(given["test"]))
        predicted = time.process_time() - began
        gold = numpy.array(given["gold"])
        both = int((said & gold).sum())
        print(json.dumps({"train": trained, "predict": predicted, "f1": 2 * both / int(said.sum() + gold.sum())}))
        """;

    public static async Task<int> RunAsync()
    {
        var corpus = new Corpus(seed: 11);
        var lexicon = new LexiconCoder(new Lexicon(corpus.Codebook));
        var blind = new LexiconCoder(new Lexicon(new Codebook("blind", 1, [.. corpus.Codebook.Codes.Select(code => code with { Indicators = [] })])));
        var (train, test) = (Answers(corpus, lexicon, Train), Answers(corpus, lexicon, Test));
        LinearCoder.Learn(blind, new Examples([], [.. train.Take(200)], LearnFrom: 8));

        var began = LexiconBenchmark.Cpu();
        var coder = LinearCoder.Learn(blind, new Examples([], train, LearnFrom: 8));
        var trained = LexiconBenchmark.Cpu() - began;
        began = LexiconBenchmark.Cpu();
        var said = test.Select(answer => coder.Suggest(answer.Text).Select(suggestion => suggestion.Code).ToImmutableArray()).ToArray();
        var predicted = LexiconBenchmark.Cpu() - began;
        var f1 = F1(test, said);
        Console.WriteLine($"linear coder: {trained:0.000} s of CPU to learn {Corpus.Codes} codes from {Train} answers and to calibrate by cross-validation, {predicted * 1e6 / Test:0} µs to code one, micro-F1 {f1:0.000}");

        if (await Peer.RunAsync("sklearn", "python3-sklearn", ScikitLearn, new { train = train.Select(a => a.Text), has = train.Select(Row), test = test.Select(a => a.Text), gold = test.Select(Row) }) is { } peer)
        {
            var (theirs, theirPrediction) = (peer.GetProperty("train").GetDouble(), peer.GetProperty("predict").GetDouble());
            Console.WriteLine($"scikit-learn, liblinear: {theirs:0.000} s, {theirPrediction * 1e6 / Test:0} µs, micro-F1 {peer.GetProperty("f1").GetDouble():0.000}; the linear coder learns {theirs / trained:0.0} times as fast and codes {theirPrediction / predicted:0.0} times as fast");
        }

        return 0;

        int[] Row(GoldAnswer answer) => [.. corpus.Codebook.Codes.Select(code => answer.Codes.Contains(code.Id) ? 1 : 0)];
    }

    private static ImmutableArray<GoldAnswer> Answers(Corpus corpus, LexiconCoder lexicon, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => (Id: $"a{i}", Text: corpus.Answer())).Select(answer => new GoldAnswer(
            answer.Id, answer.Text, [.. lexicon.Suggest(answer.Text).Select(suggestion => suggestion.Code)], [], $"speaker {answer.Id[^1]}")),
    ];

    private static double F1(ImmutableArray<GoldAnswer> gold, ImmutableArray<string>[] said)
    {
        var both = gold.Zip(said).Sum(pair => pair.Second.Count(pair.First.Codes.Contains));
        return 2.0 * both / (gold.Sum(answer => answer.Codes.Count) + said.Sum(codes => codes.Length));
    }
}
