using System.Diagnostics;
using FossVoices.Coding;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using Heard = FossVoices.Coding.Heard;

namespace FossVoices.Benchmarks;

/// <summary>What it costs to hear 200 stemmed phrases in an answer of 40 words, beside pyahocorasick on the same answers.</summary>
internal static class LexiconBenchmark
{
    private const int Answers = 20_000;
    private const int Rounds = 5;

    private const string PyAhoCorasick = """
        import ahocorasick, json, sys, time
        given = json.load(sys.stdin)
        automaton = ahocorasick.Automaton()
        for i, phrase in enumerate(given["phrases"]):
            automaton.add_word(phrase, (i, len(phrase)))
        automaton.make_automaton()
        best, hits = 1e9, 0
        for _ in range(given["rounds"]):
            began, hits = time.process_time(), 0
            for answer in given["answers"]:
                text = answer.lower()
                for end, (i, length) in automaton.iter(text):
                    start = end - length + 1
                    if (start == 0 or not text[start - 1].isalnum()) and (end + 1 == len(text) or not text[end + 1].isalnum()):
                        hits += 1
            best = min(best, time.process_time() - began)
        print(json.dumps({"seconds": best, "hits": hits}))
        """;

    public static async Task<int> RunAsync()
    {
        var corpus = new Corpus(seed: 7);
        var answers = Enumerable.Range(0, Answers).Select(_ => corpus.Answer()).ToArray();
        var lexicon = new Lexicon(corpus.Codebook);
        Hear(lexicon, answers);

        var (hits, best, bytes) = (0L, double.MaxValue, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var (allocated, began) = (GC.GetAllocatedBytesForCurrentThread(), Cpu());
            hits = Hear(lexicon, answers);
            best = Math.Min(best, Cpu() - began);
            bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        }

        Console.WriteLine($"lexicon, {Corpus.Phrases} stemmed phrases: {best * 1e6 / Answers:0.00} µs of CPU and {bytes / Answers} bytes for an answer of {Corpus.Words} words; {hits} hits");

        var ear = new Ear(lexicon);
        foreach (var answer in answers)
            GC.KeepAlive(ear.Hear(new Reply.Said(answer)));
        var probing = Cpu();
        foreach (var answer in answers)
            GC.KeepAlive(ear.Hear(new Reply.Said(answer)));
        Console.WriteLine($"what a probe is decided by, codes and distress: {(Cpu() - probing) * 1e6 / Answers:0.00} µs of CPU for an answer");

        if (await Peer.RunAsync("ahocorasick", "python3-ahocorasick", PyAhoCorasick, new { phrases = corpus.Indicators, answers, rounds = Rounds }) is { } peer)
        {
            var theirs = peer.GetProperty("seconds").GetDouble();
            Console.WriteLine($"pyahocorasick, the same phrases unstemmed: {theirs * 1e6 / Answers:0.00} µs, {peer.GetProperty("hits").GetInt64()} hits; the lexicon is {theirs / best:0.0} times as fast");
        }

        return 0;
    }

    private static long Hear(Lexicon lexicon, string[] answers)
    {
        var hits = 0L;
        var heard = new Rented<Heard>(256);
        foreach (var answer in answers)
        {
            lexicon.Hear(answer, ref heard);
            hits += heard.Count;
            heard.Clear();
        }

        heard.Dispose();
        return hits;
    }

    internal static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
