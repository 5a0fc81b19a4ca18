using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>A stem, or two neighbouring ones, at a place in a text. Start and length are UTF-16 code units of the text as given.</summary>
internal readonly record struct Term(string Form, int Start, int Length);

/// <summary>Reads the terms of a text: stems, and pairs of stems that follow each other within a clause. Not thread-safe: it remembers words.</summary>
internal sealed class TermReader
{
    private readonly Stemmer _stemmer = new();
    private readonly Dictionary<string, ImmutableArray<string>> _known = new(StringComparer.Ordinal);

    /// <returns>In the order of the text.</returns>
    public ImmutableArray<Term> Read(ReadOnlySpan<char> text)
    {
        var terms = ImmutableArray.CreateBuilder<Term>();
        Term? last = null;
        var words = new Words(text);
        while (words.MoveNext())
        {
            var word = words.Current;
            if (word.Before >= Pause.Clause)
                last = null;
            if (word.IsTag)
                continue; // A typed tag is the author's own code and no hint to learn words from.

            foreach (var form in FormsOf(words.Letters))
            {
                var term = new Term(form, word.Start, word.Length);
                terms.Add(term);
                if (last is { } before)
                    terms.Add(new Term($"{before.Form} {form}", before.Start, word.End - before.Start));
                last = term;
            }
        }

        return terms.ToImmutable();
    }

    private ImmutableArray<string> FormsOf(ReadOnlySpan<char> word)
    {
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(word, out var forms))
            lookup[word] = forms = _stemmer.FormsOf(word);
        return forms;
    }
}
