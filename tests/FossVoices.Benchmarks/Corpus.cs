using System.Collections.Immutable;
using FossVoices.Codebooks;

namespace FossVoices.Benchmarks;

/// <summary>Made-up answers of about forty words and a codebook of 200 phrases, always the same for the same seed.</summary>
internal sealed class Corpus
{
    public const int Words = 40;
    public const int Phrases = 200;
    public const int Codes = 24;
    private const string Letters = "aeiou";
    private const string Others = "bcdfglmnprstvw";

    private static readonly string[] s_endings = ["", "s", "ed", "ing", "er", "ly"];

    private readonly Random _chance;
    private readonly string[] _words;

    public Corpus(int seed)
    {
        _chance = new Random(seed);
        _words = [.. Enumerable.Range(0, 3000).Select(_ => Word())];
        Indicators = [.. Enumerable.Range(0, Phrases).Select(_ => string.Join(' ', Enumerable.Range(0, 1 + _chance.Next(4)).Select(_ => _words[_chance.Next(_words.Length)])))];
        Codebook = new Codebook("made-up", 1,
        [
            .. Enumerable.Range(0, Codes).Select(code => new Code
            {
                Id = $"code{code}", Label = $"Code {code}", Brief = "Made up.",
                Indicators = [.. Indicators.Where((_, i) => i % Codes == code).Select((phrase, i) => new Indicator($"code{code}.{i}", [phrase], null, []))],
            }),
        ]);
    }

    public ImmutableArray<string> Indicators { get; }

    public Codebook Codebook { get; }

    /// <summary>An answer: common words, and a phrase now and then, inflected as people do.</summary>
    public string Answer()
    {
        var said = new List<string>(Words + 4);
        while (said.Count < Words)
        {
            if (_chance.Next(12) == 0)
                said.AddRange(Indicators[_chance.Next(Indicators.Length)].Split(' ').Select(Inflected));
            else
                said.Add(Inflected(Common()) + (_chance.Next(9) == 0 ? "," : _chance.Next(9) == 0 ? "." : ""));
        }

        return string.Join(' ', said);
    }

    /// <summary>Few words are said often and many seldom, as in any language.</summary>
    private string Common() => _words[(int)(_words.Length * Math.Pow(_chance.NextDouble(), 3))];

    private string Inflected(string word) => word + s_endings[_chance.Next(3) == 0 ? _chance.Next(s_endings.Length) : 0];

    private string Word() => string.Concat(Enumerable.Range(0, 2 + _chance.Next(3)).Select(_ => $"{Others[_chance.Next(Others.Length)]}{Letters[_chance.Next(Letters.Length)]}")) + Others[_chance.Next(Others.Length)];
}
