using System.Text;
using System.Text.Json;

namespace FossVoices.Definitions;

/// <summary>Says what is wrong with a file that is not JSON, in words for somebody who writes it by hand.</summary>
internal static class JsonComplaint
{
    /// <param name="stopped">The reader where it stopped: behind the last piece that it could take.</param>
    public static void Make(ReadOnlySpan<byte> utf8, in Utf8JsonReader stopped, Problems problems)
    {
        var from = (int)Math.Max(stopped.BytesConsumed, 0);
        var culprit = from + White(utf8[from..]);
        var (at, message, suggestion) = Of(utf8, culprit);
        problems.Error("FV001", Cursor.At(utf8, at), message, suggestion);
    }

    private static (int At, string Message, string Suggestion) Of(ReadOnlySpan<byte> utf8, int i)
    {
        var previous = Previous(utf8, i);
        var nesting = Nesting.Of(utf8[..i]);
        if (i >= utf8.Length)
            return AtTheEnd(utf8, previous, nesting);

        var here = (char)utf8[i];
        var before = previous < 0 ? '\0' : (char)utf8[previous];
        if (here is '}' or ']' && before == ',')
            return (previous, $"a comma before '{here}' is not JSON", "remove the comma");
        if (here == ',')
        {
            var next = i + 1 + White(utf8[(i + 1)..]);
            return next < utf8.Length && utf8[next] is (byte)'}' or (byte)']'
                ? (i, $"a comma before '{(char)utf8[next]}' is not JSON", "remove the comma")
                : (i, "this comma is one too many", "remove it");
        }

        if (here == '/' || here == '#')
            return (i, "comments are not JSON", "remove the comment");
        if (here is '{' or '[' && nesting.Depth >= JsonFile.MostDepth)
            return (i, $"this nests deeper than {JsonFile.MostDepth} levels", "write the study flatter");
        if (nesting.Depth == 0 && previous >= 0)
            return (i, "the file goes on after its end", "one pair of braces { } holds everything; look for one that closes too early");
        if (here == '"' && Unclosed(utf8[i..]))
            return (i, "this text has no closing quotation mark on its line", "close it, or write \\n for a new line");
        if (before == '"' && IsKey(utf8, nesting))
            return (i, "a colon is missing before this", "write \"key\": value");
        if (StartsValue(here) && EndsValue(before))
            return (i, "a comma is missing before this", "put a comma between the two");
        if (here == '"')
            return (i, "this text holds a backslash that is no escape", "write \\\\ for a backslash and \\\" for a quotation mark");
        if (here is '}' or ']')
            return (i, before == ':' ? "a value is missing before this" : $"'{here}' closes something that it did not open", "look at the lines above: a brace or a bracket is missing or too many");
        if (utf8[i..].StartsWith("“"u8) || utf8[i..].StartsWith("”"u8) || utf8[i..].StartsWith("„"u8) || utf8[i..].StartsWith("«"u8) || here == '\'')
            return (i, "JSON wants straight double quotation marks", "write \"…\"");
        if (before is '{' or ',' && char.IsAsciiLetter(here))
            return (i, $"'{Excerpt(utf8[i..])}' stands without quotation marks", "write keys and texts as \"…\"; only numbers, true, false and null stand bare");
        return (i, $"this is not JSON: '{Excerpt(utf8[i..])}'", "look at the line above too: a comma, a brace or a quotation mark may be missing");
    }

    private static (int At, string Message, string Suggestion) AtTheEnd(ReadOnlySpan<byte> utf8, int last, Nesting nesting)
    {
        if (last < 0)
            return (utf8.Length, "the file is empty", "begin with { and end with }");
        return nesting.Innermost is { } open
            ? (utf8.Length, $"the file ends, and the '{(char)utf8[open]}' of line {Cursor.At(utf8, open).Line} is not closed", "close every brace and bracket")
            : (utf8.Length, "the file ends in the middle", "close every brace, bracket and quotation mark");
    }

    private static int White(ReadOnlySpan<byte> utf8)
    {
        var end = utf8.IndexOfAnyExcept(" \t\r\n"u8);
        return end < 0 ? utf8.Length : end;
    }

    private static int Previous(ReadOnlySpan<byte> utf8, int i) => utf8[..Math.Min(i, utf8.Length)].LastIndexOfAnyExcept(" \t\r\n"u8);

    private static bool StartsValue(char c) => c is '"' or '{' or '[' or '-' or 't' or 'f' or 'n' || char.IsAsciiDigit(c);

    private static bool EndsValue(char c) => c is '"' or '}' or ']' || char.IsAsciiLetterOrDigit(c);

    /// <summary>Whether the text that begins here runs into the end of its line.</summary>
    private static bool Unclosed(ReadOnlySpan<byte> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == (byte)'\\')
                i++;
            else if (text[i] == (byte)'"')
                return false;
            else if (text[i] is (byte)'\n' or (byte)'\r')
                return true;
        }

        return true;
    }

    /// <summary>Whether the text that ended last stands where a key stands.</summary>
    private static bool IsKey(ReadOnlySpan<byte> utf8, Nesting nesting) => nesting.Innermost is { } open && utf8[open] == (byte)'{'
        && Previous(utf8, nesting.LastText) is >= 0 and var before && utf8[before] is (byte)'{' or (byte)',';

    private static string Excerpt(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny("\r\n"u8);
        var line = end < 0 ? rest : rest[..end];
        var text = new StringBuilder();
        // By whole characters, so that a cut never leaves half of one.
        while (text.Length < 20 && Rune.DecodeFromUtf8(line, out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            text.Append(rune);
            line = line[length..];
        }

        return Problems.Shown(text.Append(line.IsEmpty ? "" : "…").ToString());
    }

    /// <summary>How deep a place in the file lies.</summary>
    /// <param name="Innermost">Where the brace or bracket stands that was opened last and is still open.</param>
    /// <param name="LastText">Where the last text began.</param>
    private readonly record struct Nesting(int Depth, int? Innermost, int LastText)
    {
        public static Nesting Of(ReadOnlySpan<byte> utf8)
        {
            var open = new Stack<int>();
            var lastText = 0;
            for (var i = 0; i < utf8.Length; i++)
            {
                switch ((char)utf8[i])
                {
                    case '"':
                        lastText = i;
                        for (i++; i < utf8.Length && utf8[i] != (byte)'"'; i++)
                            i += utf8[i] == (byte)'\\' ? 1 : 0;
                        break;
                    case '{' or '[':
                        open.Push(i);
                        break;
                    case '}' or ']' when open.Count > 0:
                        open.Pop();
                        break;
                }
            }

            return new Nesting(open.Count, open.TryPeek(out var innermost) ? innermost : null, lastText);
        }
    }
}
