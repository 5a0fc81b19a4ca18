namespace FossVoices.Coding;

/// <summary>
/// Numbers for the word forms that a lexicon asks about, and a memory of which number every word seen so far has, so that a word is
/// stemmed once.
/// Complete when the lexicon is compiled; the memory only makes later answers faster and changes none.
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>The number of a word that no phrase asks about.</summary>
    public const int Unknown = 0;

    /// <summary>
    /// More distinct words than a language's common ones: past this, new words are stemmed each time, so that hostile texts cannot
    /// fill the memory.
    /// </summary>
    private const int MostRemembered = 60_000;

    private readonly Stemmer _stemmer = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly WordMemory<Numbers> _seen = new(MostRemembered);

    /// <summary>One more than the largest number.</summary>
    public int Size => _numbers.Count + 1;

    /// <summary>The numbers of a word's forms, adding those that are new. Only while compiling.</summary>
    public Numbers Learn(string word)
    {
        foreach (var form in _stemmer.FormsOf(word))
            _numbers.TryAdd(form, _numbers.Count + 1);
        return Find(word);
    }

    /// <summary>The numbers of a word as it stands in a text.</summary>
    public Numbers NumbersOf(ReadOnlySpan<char> word)
    {
        if (_seen.TryGet(word, out var known))
            return known;

        var numbers = Find(word);
        _seen.Add(word, numbers);
        return numbers;
    }

    private Numbers Find(ReadOnlySpan<char> word)
    {
        var forms = _stemmer.FormsOf(word);
        return forms.Length switch
        {
            0 => default,
            1 => new Numbers(1, _numbers.GetValueOrDefault(forms[0])),
            _ => new Numbers(2, _numbers.GetValueOrDefault(forms[0]), _numbers.GetValueOrDefault(forms[1])),
        };
    }

    /// <summary>None, one or two numbers: a light word has none, <c>can't</c> has two.</summary>
    internal readonly record struct Numbers(byte Count, int First = Unknown, int Second = Unknown);
}
