using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Coding;

namespace FossVoices.Tests.Coding;

/// <summary>Invented answers in which a few words give a code away, some of them unknown to the lexicon.</summary>
internal static class LearningCoders
{
    private static readonly string[] Starts = ["last year", "in our village", "for the club", "as ever", "on Mondays", "this spring", "back then", "most weeks"];

    /// <summary>The lexicon knows one word for each code.</summary>
    public static LexiconCoder Lexicon { get; } = new(new Lexicon(new FossVoices.Codebooks.Codebook("toy", 1,
    [
        Hearing.Code("garden", Hearing.Indicator("garden.1", ["garden"], confidence: 0.7)),
        Hearing.Code("music", Hearing.Indicator("music.1", ["music"], confidence: 0.7)),
    ])));

    /// <summary>So many answers about each code and about neither, by four people; words that the lexicon does not know decide.</summary>
    public static ImmutableArray<GoldAnswer> Answers(int each) =>
    [
        .. Enumerable.Range(0, each).SelectMany(i => new[]
        {
            Answer($"g{i}", $"{Starts[i % 8]} we watered the tulips beside the greenhouse", i, "garden"),
            Answer($"m{i}", $"{Starts[i % 8]} we rehearsed the cello before the concert", i, "music"),
            Answer($"n{i}", $"{Starts[i % 8]} we painted the fence behind the house", i),
        }),
    ];

    /// <summary>Answers that people coded, and no practice.</summary>
    public static Examples From(ImmutableArray<GoldAnswer> people, int learnFrom) => new([], people, learnFrom);

    public static GoldAnswer Answer(string id, string text, int speaker, params string[] codes) =>
        new(id, text, [.. codes], [], $"speaker {speaker % 4}");
}
