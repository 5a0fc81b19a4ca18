using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>A stem, or two neighbouring ones, at a place in a text. Start and length are UTF-16 code units of the text as given.</summary>
/// <param name="Number">The same for the same stems; <see cref="TermReader.Unknown"/> for what was not learned from.</param>
internal readonly record struct Term(int Number, bool IsPair, int Start, int Length);

/// <summary>
/// Reads the terms of a text: stems, and pairs of stems that follow each other within a clause. It numbers the terms that it comes across until it is told that this was all
/// there is to learn from. Not thread-safe: it remembers words.
/// </summary>
internal sealed class TermReader
{
    public const int Unknown = -1;

    /// <summary>More distinct words than a language's common ones, so that hostile texts cannot fill the memory.</summary>
    private const int MostRemembered = 60_000;

    private readonly Stemmer _stemmer = new();
    private readonly Dictionary<string, int[]> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _stems = new(StringComparer.Ordinal);
    private readonly Dictionary<(int, int), int> _pairs = [];
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _knownSpans;
    private bool _learned;

    public TermReader() => _knownSpans = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    private int Next => _stems.Count + _pairs.Count;

    /// <summary>From now on terms that are new are all unknown.</summary>
    public void HasLearned() => _learned = true;

    /// <returns>In the order of the text.</returns>
    public ImmutableArray<Term> Read(ReadOnlySpan<char> text)
    {
        var terms = ImmutableArray.CreateBuilder<Term>(text.Length / 3);
        Term? last = null;
        var words = new Words(text);
        while (words.MoveNext())
        {
            var word = words.Current;
            if (word.Before >= Pause.Clause)
                last = null;
            if (word.IsTag)
                continue; // A typed tag is the author's own code and no hint to learn words from.

            foreach (var number in NumbersOf(words.Letters))
            {
                var term = new Term(number, IsPair: false, word.Start, word.Length);
                terms.Add(term);
                if (last is { } before)
                    terms.Add(new Term(NumberOf(before.Number, number), IsPair: true, before.Start, word.End - before.Start));
                last = term;
            }
        }

        return terms.DrainToImmutable();
    }

    private int[] NumbersOf(ReadOnlySpan<char> word)
    {
        if (_knownSpans.TryGetValue(word, out var known))
            return known;

        int[] numbers = [.. _stemmer.FormsOf(word).Select(NumberOf)];
        if (_known.Count < MostRemembered)
            _knownSpans[word] = numbers;
        return numbers;
    }

    private int NumberOf(string stem)
    {
        if (_stems.TryGetValue(stem, out var number))
            return number;
        return _learned ? Unknown : _stems[stem] = Next;
    }

    private int NumberOf(int first, int second)
    {
        if (_pairs.TryGetValue((first, second), out var number))
            return number;
        return _learned ? Unknown : _pairs[(first, second)] = Next;
    }
}
