using System.Buffers;
using System.Globalization;
using System.Text;

namespace FossVoices.Coding;

/// <summary>What stands between a word and the one before it.</summary>
internal enum Pause
{
    None,
    Clause,
    Sentence,
}

/// <summary>One word of a text. Start and length are UTF-16 code units of the text as it was given.</summary>
/// <param name="IsTag">The word is a hashtag; its span begins with <c>#</c>.</param>
internal readonly record struct Word(int Start, int Length, Pause Before, bool IsTag)
{
    public int End => Start + Length;
}

/// <summary>
/// Goes through the words of a text: runs of letters, digits and marks of any script, with apostrophes inside. Hyphens part words,
/// web addresses are passed over,
/// and whatever is no character (half a surrogate pair) is no word. Allocates nothing.
/// </summary>
internal ref struct Words(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _next;

    public Word Current { get; private set; }

    public readonly ReadOnlySpan<char> Letters => _text.Slice(Current.Start, Current.Length);

    /// <summary>Goes on from here instead; used to read the words inside a hashtag that nobody knows.</summary>
    public void ContinueAt(int position) => _next = position;

    public bool MoveNext()
    {
        var pause = Current.Length == 0 ? Pause.Sentence : Pause.None;
        while (_next < _text.Length)
        {
            if (LetterAt(_next) > 0)
            {
                var end = EndOfWord(_next);
                if (end < _text.Length && _text[end] == ':' && _text[end..].StartsWith("://", StringComparison.Ordinal))
                {
                    _next = EndOfAddress(end);
                    continue;
                }

                return Take(_next, end, pause, isTag: false);
            }

            if (_text[_next] == '#' && EndOfTag(_next) is var tagEnd and > 0)
                return Take(_next, tagEnd, pause, isTag: true);

            var here = PauseAt(_next);
            pause = here > pause ? here : pause;
            _next++;
        }

        return false;
    }

    private bool Take(int start, int end, Pause pause, bool isTag)
    {
        Current = new Word(start, end - start, pause, isTag);
        _next = end;
        return true;
    }

    /// <summary>How many UTF-16 units the letter, digit or mark at this place takes; 0 where there is none.</summary>
    private readonly int LetterAt(int at)
    {
        var c = _text[at];
        if (char.IsAscii(c))
            return char.IsAsciiLetterOrDigit(c) ? 1 : 0;
        if (!char.IsSurrogate(c))
            return IsLetter(CharUnicodeInfo.GetUnicodeCategory(c)) ? 1 : 0;
        var whole = Rune.DecodeFromUtf16(_text[at..], out var rune, out var length) == OperationStatus.Done;
        return whole && IsLetter(Rune.GetUnicodeCategory(rune)) ? length : 0;
    }

    private static bool IsLetter(UnicodeCategory category) => category
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber;

    private readonly int EndOfWord(int at)
    {
        while (at < _text.Length)
        {
            if (char.IsAsciiLetterOrDigit(_text[at])) // Nearly every one, so it is asked first.
            {
                at++;
                continue;
            }

            var length = LetterAt(at);
            if (length == 0 && IsApostrophe(_text[at]) && at + 1 < _text.Length)
                length = LetterAt(at + 1) > 0 ? 1 : 0;
            if (length == 0)
                break;
            at += length;
        }

        return at;
    }

    private readonly int EndOfAddress(int at)
    {
        while (at < _text.Length && !char.IsWhiteSpace(_text[at]))
            at++;
        return at;
    }

    /// <summary>
    /// Where the hashtag at this place ends; 0 where there is none: a tag starts with a letter, and not in the middle of a word
    /// ("C#").
    /// </summary>
    private readonly int EndOfTag(int at)
    {
        var end = at + 1;
        if (end >= _text.Length || LetterAt(end) == 0 || char.IsDigit(_text[end]) || (at > 0 && char.IsLetterOrDigit(_text[at - 1])))
            return 0;
        while (end < _text.Length && (LetterAt(end) is var length and > 0 || (_text[end] is '-' or '_' && (length = 1) > 0)))
            end += length;
        while (_text[end - 1] is '-' or '_')
            end--;
        return end;
    }

    internal static bool IsApostrophe(char c) => c is '\'' or '’' or '‘' or 'ʼ' or '＇';

    private readonly Pause PauseAt(int at)
    {
        switch (_text[at])
        {
            case '!' or '?' or '\n' or '。' or '！' or '？' or '؟' or '۔' or '।':
                return Pause.Sentence;
            case '.':
                // Three dots trail off; a dot inside "setup.py" ends nothing.
                if ((at > 0 && _text[at - 1] == '.') || (at + 1 < _text.Length && _text[at + 1] == '.'))
                    return Pause.Clause;
                return at + 1 == _text.Length || LetterAt(at + 1) == 0 ? Pause.Sentence : Pause.None;
            case ',' or ';' or ':' or '(' or ')' or '—' or '–' or '…' or '"' or '“' or '”' or '、' or '،' or '؛':
                return Pause.Clause;
            case '-' when at + 1 < _text.Length && _text[at + 1] is '-' or ' ':
                return Pause.Clause;
            default:
                return Pause.None;
        }
    }
}
