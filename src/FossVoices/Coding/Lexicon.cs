using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Codebooks;
using FossVoices.Definitions;

namespace FossVoices.Coding;

/// <summary>
/// A codebook's indicators and tags, compiled for hearing. Immutable, shared between threads, and the same for the same codebook.
/// </summary>
internal sealed class Lexicon
{
    /// <summary>Changes whenever the same indicators may be heard elsewhere.</summary>
    public const int AlgorithmVersion = 2;

    private readonly Vocabulary _vocabulary = new();
    private readonly PhraseTree _phrases;
    private readonly PolarityCues _polarity;
    private readonly ImmutableArray<Mark> _marks;
    private readonly ImmutableArray<Compiled> _indicators;
    private readonly int _no;
    private readonly int _one;
    private readonly int _nobody;
    private readonly int _you;
    private readonly int _know;

    /// <exception cref="ArgumentException">A phrase cannot be read; <see cref="CodebookFile"/> reports that kindly.</exception>
    public Lexicon(Codebook codebook)
    {
        Codebook = codebook;
        Codes = [.. codebook.Given];
        Version = VersionOf(codebook);
        (_no, _one, _nobody) = (_vocabulary.Learn("no").First, _vocabulary.Learn("one").First, _vocabulary.Learn("nobody").First);
        (_you, _know) = (_vocabulary.Learn("you").First, _vocabulary.Learn("know").First);
        _polarity = new PolarityCues(_vocabulary);

        var tree = new PhraseTree.Builder(_vocabulary);
        var marks = ImmutableArray.CreateBuilder<Mark>();
        var indicators = ImmutableArray.CreateBuilder<Compiled>();
        foreach (var code in codebook.Codes)
        {
            if (codebook.Counted(code) is not { } counted)
                continue;
            foreach (var indicator in code.Indicators)
            {
                Add(indicator.Any, Role.Any, indicator);
                Add(indicator.Near?.Any ?? [], Role.Near, indicator);
                Add(indicator.Not, Role.Not, indicator);
                indicators.Add(new Compiled(Codes.IndexOf(counted), indicator));
            }
        }

        _marks = marks.ToImmutable();
        _indicators = indicators.ToImmutable();
        _phrases = tree.Build();

        void Add(ImmutableArray<string> phrases, Role role, Indicator indicator)
        {
            foreach (var text in phrases)
            {
                var (phrase, wrong) = Phrase.Read(text.Replace("no one", "nobody", StringComparison.OrdinalIgnoreCase));
                if (phrase is null)
                    throw new ArgumentException($"Indicator '{indicator.Id}', phrase '{text}': {wrong}.", nameof(codebook));
                var words = tree.Add(phrase, marks.Count);
                var loose = indicator.Near is not null || phrase.Steps.Any(step => step is Phrase.Step.Gap);
                marks.Add(new Mark(indicators.Count, role, indicator.Confidence ?? Confidence.Of(words, loose)));
            }
        }
    }

    private enum Role : byte
    {
        Any,
        Near,
        Not,
    }

    public Codebook Codebook { get; }

    /// <summary>The codes that can be heard; <see cref="Heard.Code"/> counts in them.</summary>
    public ImmutableArray<Code> Codes { get; }

    /// <summary>Same version, same hearing: the algorithm and a hash of all that can be heard.</summary>
    public string Version { get; }

    /// <summary>Adds whatever the text holds, in no order that means anything.</summary>
    public void Hear(ReadOnlySpan<char> text, ref Rented<Heard> heard)
    {
        var words = new Rented<HeardWord>((text.Length / 4) + 8);
        var hits = new Rented<Hit>(64);
        Listen(text, ref words, ref heard);
        for (var first = 0; first < words.Count; first++)
        {
            if (words.Span[first].Number != Vocabulary.Unknown)
                _phrases.FindAt(words.Span, first, ref hits);
        }

        for (var i = 0; i < hits.Count; i++)
        {
            var hit = hits.Span[i];
            var mark = _marks[hit.Mark];
            if (mark.Role != Role.Any || !Counts(hits.Span, i, mark.Indicator))
                continue;
            var (start, end) = (words.Span[hit.From].Start, words.Span[hit.To].End);
            var polarity = _polarity.Of(words.Span, hit.From);
            var confidence = Confidence.Under(polarity, mark.Confidence);
            heard.Add(new Heard(_indicators[mark.Indicator].Code, mark.Indicator, start, end - start, polarity, confidence));
        }

        hits.Dispose();
        words.Dispose();
    }

    /// <summary>The id of an indicator, as evidence names it.</summary>
    public string IndicatorId(int indicator) => indicator == Heard.ByTag ? AuthorCoder.Tag : _indicators[indicator].Indicator.Id;

    /// <summary>Turns the text into words; known hashtags are heard at once and are not read as words too.</summary>
    private void Listen(ReadOnlySpan<char> text, ref Rented<HeardWord> words, ref Rented<Heard> heard)
    {
        var (clause, sentence) = (0, 0);
        var scan = new Words(text);
        while (scan.MoveNext())
        {
            var word = scan.Current;
            clause += word.Before >= Pause.Clause ? 1 : 0;
            sentence += word.Before == Pause.Sentence ? 1 : 0;
            if (word.IsTag)
            {
                scan.ContinueAt(HearTag(text, word, ref heard));
                continue;
            }

            var numbers = _vocabulary.NumbersOf(scan.Letters);
            if (numbers.Count == 0)
                continue;
            if (numbers.First == _one && words.Count > 0 && words.Span[^1] is var no && no.Number == _no && no.Sentence == sentence)
            {
                words.RemoveLast();
                words.Add(no with { Number = _nobody, End = word.End });
                continue;
            }

            DropFiller(ref words, clause);
            words.Add(new HeardWord(numbers.First, word.Start, word.End, clause, sentence));
            if (numbers.Count > 1)
                words.Add(new HeardWord(numbers.Second, word.Start, word.End, clause, sentence));
        }

        DropFiller(ref words, clause + 1);
    }

    /// <summary>A "you know" that ends its clause tells of nobody's knowing, so it is no word to any phrase.</summary>
    private void DropFiller(ref Rented<HeardWord> words, int nextClause)
    {
        if (words.Count > 1 && words.Span[^1] is var last && last.Number == _know && last.Clause != nextClause
            && words.Span[^2] is var before && before.Number == _you && before.Clause == last.Clause)
        {
            words.RemoveLast();
            words.RemoveLast();
        }
    }

    /// <returns>Where reading goes on: behind a tag of the codebook, or at the first letter of one that is none.</returns>
    private int HearTag(ReadOnlySpan<char> text, Word tag, ref Rented<Heard> heard)
    {
        // "#burnout-ish" is #burnout with something hung on.
        for (var spelt = text.Slice(tag.Start, tag.Length); spelt.Length > 1; spelt = spelt[..Math.Max(0, spelt.LastIndexOfAny('-', '_'))])
        {
            if (Codebook.Tagged(spelt.ToString()) is { } code && Codebook.Counted(code) is { } counted)
            {
                heard.Add(new Heard(Codes.IndexOf(counted), Heard.ByTag, tag.Start, spelt.Length, Polarity.Asserted, Confidence.Tag));
                return tag.Start + spelt.Length;
            }
        }

        return tag.Start + 1;
    }

    /// <summary>
    /// Whether what an indicator wants near a hit is near, and what it wants absent is absent. Hits stand in the order of their first
    /// word.
    /// </summary>
    private bool Counts(ReadOnlySpan<Hit> hits, int index, int indicator)
    {
        const int LongestPhrase = 40; // Words from a phrase's first to its last, gaps included: how far back a neighbour may begin.
        var (hit, near) = (hits[index], _indicators[indicator].Indicator.Near);
        var within = near?.Within ?? 0;
        var reach = Math.Max(within, Indicator.Reach);
        var found = near is null;

        for (var i = index; i >= 0 && hits[i].From >= hit.From - reach - LongestPhrase; i--)
        {
            if (Concerns(hits[i], ref found))
                return false;
        }

        for (var i = index + 1; i < hits.Length && hits[i].From <= hit.To + reach; i++)
        {
            if (Concerns(hits[i], ref found))
                return false;
        }

        return found;

        bool Concerns(Hit other, ref bool found)
        {
            var mark = _marks[other.Mark];
            if (mark.Indicator != indicator || mark.Role == Role.Any)
                return false;
            var distance = Math.Max(other.From - hit.To, hit.From - other.To); // 1 for words side by side, 0 and less where they overlap.
            if (mark.Role == Role.Not)
                return distance <= Indicator.Reach;
            found |= distance >= 1 && distance <= within;
            return false;
        }
    }

    private static string VersionOf(Codebook codebook)
    {
        using var hash = new ContentHash();
        foreach (var code in codebook.Codes)
        {
            if (codebook.Counted(code) is { } counted)
                hash.Add(counted.Id).Add(Codebook.IndicatorHash(code));
        }

        return string.Create(CultureInfo.InvariantCulture, $"lexicon-{AlgorithmVersion}.{Stemmer.Version}-{hash.Hex().AsSpan(0, 16)}");
    }

    private readonly record struct Mark(int Indicator, Role Role, double Confidence);

    private readonly record struct Compiled(int Code, Indicator Indicator);
}

/// <summary>One place where an indicator or a tag was heard.</summary>
/// <param name="Code">Its place in <see cref="Lexicon.Codes"/>.</param>
/// <param name="Indicator">For <see cref="Lexicon.IndicatorId"/>.</param>
/// <param name="Start">In UTF-16 code units of the text as given.</param>
/// <param name="Confidence">Of this hit alone, polarity considered.</param>
internal readonly record struct Heard(int Code, int Indicator, int Start, int Length, Polarity Polarity, double Confidence)
{
    /// <summary>Heard by a hashtag and not by an indicator.</summary>
    public const int ByTag = -1;

    public int End => Start + Length;
}
