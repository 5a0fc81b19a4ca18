using System.Collections.Immutable;
using System.Text;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace FossVoices.Coding;

/// <summary>
/// The forms under which words are compared: lower case, contractions undone, irregular forms and spellings brought together, then
/// the stem of the English Snowball
/// stemmer (Porter 2001). Words in other scripts keep their letters. Thread-safe; callers keep what they were told, for asking costs
/// a lock.
/// </summary>
internal sealed class Stemmer
{
    /// <summary>
    /// Changes whenever the same word may get another form: it is part of the version of every coder that compares stems.
    /// </summary>
    public const int Version = 1;

    /// <summary>Nobody says a word of this length; the stemmer is quadratic.</summary>
    private const int LongestWord = 40;

    private readonly EnglishStemmer _snowball = new();
    private readonly Lock _lock = new();

    /// <summary>
    /// The forms of one word: none for a word that carries no meaning of its own, two for a contraction such as <c>can't</c>.
    /// </summary>
    public ImmutableArray<string> FormsOf(ReadOnlySpan<char> word)
    {
        var plain = Plain(word);
        if (EnglishForms.Contractions.TryGetValue(plain, out var forms))
            return forms;

        var apostrophe = plain.LastIndexOf('\'');
        if (apostrophe > 0)
        {
            // "who's", "they've" and "Ana's" are the word before the apostrophe; "O'Brien" is one word.
            var tail = plain[(apostrophe + 1)..];
            plain = tail is "s" or "re" or "m" or "ve" or "d" or "ll"
                ? plain[..apostrophe]
                : plain.Replace("'", "", StringComparison.Ordinal);
        }

        return EnglishForms.Light.Contains(plain) ? [] : [Stem(EnglishForms.Brought(plain))];
    }

    private static string Plain(ReadOnlySpan<char> word)
    {
        var plain = new StringBuilder(word.Length);
        foreach (var c in word)
            plain.Append(Words.IsApostrophe(c) ? '\'' : char.ToLowerInvariant(c));
        return plain.ToString().Normalize(NormalizationForm.FormC);
    }

    private string Stem(string word)
    {
        if (word.Length is < 3 or > LongestWord || EnglishForms.AsTheyAre.Contains(word))
            return word;

        lock (_lock)
        {
            _snowball.SetCurrent(word);
            _snowball.Stem();
            return _snowball.Current;
        }
    }
}
