using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>
/// Suggests codes for an answer by what the lexicon hears in it. For every code, the best hit of each indicator counts once; their
/// confidences are put together, and from one half on the code is suggested,
/// with every hit as evidence.
/// </summary>
/// <param name="lexicon">What to listen for.</param>
/// <param name="hearsTags">Whether hashtags typed by the author count too; not where <see cref="AuthorCoder"/> speaks for them.</param>
internal sealed class LexiconCoder(Lexicon lexicon, bool hearsTags = true) : ICoder
{
    /// <summary>The coder's name beside its suggestions.</summary>
    public const string Name = "lexicon";

    /// <summary>
    /// Hears nothing beyond this many UTF-16 code units: no answer is that long, and whoever sends it shall not keep others waiting.
    /// </summary>
    public const int LongestText = 200_000;

    public Lexicon Lexicon => lexicon;

    string ICoder.Name => Name;

    public string Version { get; } = hearsTags ? lexicon.Version : lexicon.Version.Replace("lexicon-", "lexicon-words-", StringComparison.Ordinal);

    /// <returns>The codes heard, in the order of the codebook; none for most short answers.</returns>
    public ImmutableArray<Suggestion> Suggest(ReadOnlySpan<char> text) => Suggest(text, Confidence.Suggested);

    /// <param name="text">The answer.</param>
    /// <param name="atLeast">The confidence from which on a code is suggested; a learning coder listens to cues below the usual one as well.</param>
    internal ImmutableArray<Suggestion> Suggest(ReadOnlySpan<char> text, double atLeast)
    {
        var heard = new Rented<Heard>(16);
        try
        {
            lexicon.Hear(text[..Math.Min(text.Length, LongestText)], ref heard);
            if (!hearsTags)
                heard.RemoveAll(static hit => hit.Indicator == Heard.ByTag);
            return heard.Count == 0 ? [] : Judge(heard.Span, atLeast);
        }
        finally
        {
            heard.Dispose();
        }
    }

    private ImmutableArray<Suggestion> Judge(Span<Heard> heard, double atLeast)
    {
        heard.Sort(static (a, b) =>
            a.Code != b.Code ? a.Code.CompareTo(b.Code)
            : a.Indicator != b.Indicator ? a.Indicator.CompareTo(b.Indicator)
            : a.Confidence != b.Confidence ? b.Confidence.CompareTo(a.Confidence)
            : a.Start != b.Start ? a.Start.CompareTo(b.Start)
            : b.Length.CompareTo(a.Length));

        var suggestions = ImmutableArray.CreateBuilder<Suggestion>();
        for (int from = 0, to; from < heard.Length; from = to)
        {
            to = from + 1;
            while (to < heard.Length && heard[to].Code == heard[from].Code)
                to++;
            if (Together(heard[from..to]) is var confidence && confidence >= atLeast)
                suggestions.Add(new Suggestion(lexicon.Codes[heard[from].Code].Id, confidence, Evidence(heard[from..to])));
        }

        return suggestions.ToImmutable();
    }

    /// <summary>
    /// The best hit of each indicator put together. Words that a stronger indicator of the same code has heard already are no evidence
    /// of their own, however many indicators list them.
    /// </summary>
    private static double Together(ReadOnlySpan<Heard> heard)
    {
        var confidence = 0.0;
        var counted = int.MinValue;
        for (var i = 0; i < heard.Length; i++)
        {
            if (heard[i].Indicator == counted || IsHeardBetter(heard, i))
                continue;
            confidence = Confidence.Together(confidence, heard[i].Confidence);
            counted = heard[i].Indicator;
        }

        return confidence;
    }

    private static bool IsHeardBetter(ReadOnlySpan<Heard> heard, int i)
    {
        for (var j = 0; j < heard.Length; j++)
        {
            if (heard[j].Indicator != heard[i].Indicator && heard[j].Start < heard[i].End && heard[i].Start < heard[j].End
                && (heard[j].Confidence > heard[i].Confidence || (heard[j].Confidence == heard[i].Confidence && j < i)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The strongest first. A hit inside another one of the same indicator says nothing new.</summary>
    private ImmutableArray<Evidence> Evidence(ReadOnlySpan<Heard> heard)
    {
        var evidence = new List<Evidence>(heard.Length);
        for (var i = 0; i < heard.Length; i++)
        {
            if (!IsInsideAnother(heard, i))
            {
                evidence.Add(new Evidence(
                    lexicon.IndicatorId(heard[i].Indicator), heard[i].Start, heard[i].Length, heard[i].Polarity, heard[i].Confidence));
            }
        }

        return [.. evidence.OrderByDescending(e => e.Confidence).ThenBy(e => e.Start).ThenByDescending(e => e.Length)];
    }

    private static bool IsInsideAnother(ReadOnlySpan<Heard> heard, int i)
    {
        for (var j = 0; j < heard.Length; j++)
        {
            if (j != i && heard[j].Indicator == heard[i].Indicator && heard[j].Start <= heard[i].Start && heard[j].End >= heard[i].End
                && (heard[j].Length > heard[i].Length || j < i))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A code that a coder sees in an answer, and why.</summary>
/// <param name="Code">The code's id.</param>
/// <param name="Confidence">From 0 to 1; see <see cref="Coding.Confidence"/>.</param>
/// <param name="Evidence">At least one, the strongest first.</param>
internal sealed record Suggestion(string Code, double Confidence, ImmutableArray<Evidence> Evidence)
{
    /// <summary>Of the strongest evidence, in UTF-16 code units of the text as given.</summary>
    public int Start => Evidence[0].Start;

    public int Length => Evidence[0].Length;

    public Polarity Polarity => Evidence[0].Polarity;
}

/// <summary>A place in the text that speaks for a code.</summary>
/// <param name="Indicator">The id of the indicator that matched, or <c>tag</c>.</param>
/// <param name="Start">In UTF-16 code units of the text as given.</param>
/// <param name="Confidence">Of this place alone.</param>
internal sealed record Evidence(string Indicator, int Start, int Length, Polarity Polarity, double Confidence);
