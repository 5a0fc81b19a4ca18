using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace FossVoices.Definitions;

/// <summary>Reads JSON strictly, keeping line and column of every piece.</summary>
public static class JsonFile
{
    /// <summary>No study file needs more; what is larger is a mistake or an attack.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    /// <summary>No study file nests deeper.</summary>
    public const int MostDepth = 32;

    /// <summary>Reads one file's bytes. Where they are not JSON, the problem is reported and the answer is null.</summary>
    public static Node? Read(ReadOnlySpan<byte> utf8, Problems problems)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];

        if (utf8.Length > MostBytes)
        {
            problems.Error("FV008", Position.Start, $"the file has {utf8.Length:N0} bytes; {MostBytes:N0} is the most that is read", "split the study into smaller flows");
            return null;
        }

        if (FirstInvalid(utf8) is { } offset)
        {
            problems.Error("FV001", At(utf8, offset), "this is not UTF-8 text", "save the file with the encoding UTF-8");
            return null;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MostDepth });
        var scan = new Scan(utf8, problems);
        try
        {
            reader.Read();
            var root = scan.Value(ref reader);
            reader.Read(); // Throws where something follows the value.
            return root;
        }
        catch (JsonException)
        {
            Complain(utf8, (int)reader.BytesConsumed, problems);
            return null;
        }
        catch (InvalidOperationException)
        {
            // A text with half a surrogate pair (\ud83d alone) is JSON by its grammar, but no text.
            problems.Error("FV001", At(utf8, (int)reader.TokenStartIndex), "this text has an escape that is half a character", "write the character itself");
            return null;
        }
    }

    private static void Complain(ReadOnlySpan<byte> utf8, int from, Problems problems)
    {
        // The reader stops before the token that it can't take; what follows the white space is the culprit.
        var i = from;
        while (i < utf8.Length && utf8[i] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            i++;

        if (i < utf8.Length && utf8[i] == (byte)',')
        {
            var comma = i++;
            while (i < utf8.Length && utf8[i] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                i++;
            if (i < utf8.Length && utf8[i] is (byte)'}' or (byte)']')
            {
                problems.Error("FV001", At(utf8, comma), $"a comma before '{(char)utf8[i]}' is not JSON", "remove the comma");
                return;
            }
        }

        var at = At(utf8, Math.Min(i, utf8.Length));
        if (i >= utf8.Length)
            problems.Error("FV001", at, utf8.Length == 0 ? "the file is empty" : "the file ends in the middle", "close every brace, bracket and quotation mark");
        else if (utf8[i] == (byte)'/')
            problems.Error("FV001", at, "comments are not JSON", "remove the comment");
        else if (utf8[i] is (byte)'{' or (byte)'[' && Depth(utf8[..i]) >= MostDepth)
            problems.Error("FV008", at, $"this nests deeper than {MostDepth} levels", "write the study flatter");
        else if (utf8[i] == (byte)'"' && Previous(utf8, i) is (byte)'"' or (byte)'}' or (byte)']')
            problems.Error("FV001", at, "a comma is missing before this", "put a comma after the line above");
        else if (utf8[i] == (byte)'\'')
            problems.Error("FV001", at, "JSON wants double quotation marks", "write \"…\" instead of '…'");
        else
            problems.Error("FV001", at, $"this is not JSON here: '{Problems.Shown(Excerpt(utf8[i..]))}'", "look at the line above too: a comma, a brace or a quotation mark may be missing");
    }

    private static byte Previous(ReadOnlySpan<byte> utf8, int i)
    {
        while (--i >= 0)
        {
            if (utf8[i] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                return utf8[i];
        }

        return 0;
    }

    private static int Depth(ReadOnlySpan<byte> utf8)
    {
        var depth = 0;
        foreach (var b in utf8)
            depth += b is (byte)'{' or (byte)'[' ? 1 : b is (byte)'}' or (byte)']' ? -1 : 0;
        return depth;
    }

    private static string Excerpt(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
        var line = Encoding.UTF8.GetString(end < 0 ? rest[..Math.Min(rest.Length, 64)] : rest[..Math.Min(end, 64)]);
        return line.Length <= 20 ? line : line[..20] + "…";
    }

    private static int? FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        if (System.Text.Unicode.Utf8.IsValid(utf8))
            return null;

        var offset = 0;
        while (Rune.DecodeFromUtf8(utf8[offset..], out _, out var length) == System.Buffers.OperationStatus.Done)
            offset += length;
        return offset;
    }

    private static Position At(ReadOnlySpan<byte> utf8, int offset)
    {
        var cursor = new Cursor();
        return cursor.To(utf8, offset);
    }

    /// <summary>Turns byte offsets, asked for in ascending order, into lines and columns in one pass.</summary>
    private struct Cursor()
    {
        private int _offset;
        private int _line = 1;
        private int _column = 1;

        public Position To(ReadOnlySpan<byte> utf8, int offset)
        {
            for (; _offset < offset; _offset++)
            {
                var b = utf8[_offset];
                if (b == (byte)'\n')
                    (_line, _column) = (_line + 1, 1);
                else if (b >= 0xF0)
                    _column += 2; // Outside the basic plane: two UTF-16 code units.
                else if (b is < 0x80 or >= 0xC0)
                    _column++;
            }

            return new Position(_line, _column);
        }
    }

    private ref struct Scan(ReadOnlySpan<byte> utf8, Problems problems)
    {
        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private Cursor _cursor = new();

        public Node Value(ref Utf8JsonReader reader)
        {
            var at = _cursor.To(_utf8, (int)reader.TokenStartIndex);
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    return Object(ref reader, at);
                case JsonTokenType.StartArray:
                    var items = ImmutableArray.CreateBuilder<Node>();
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                        items.Add(Value(ref reader));
                    return new Node.List(at, items.ToImmutable());
                case JsonTokenType.String:
                    return new Node.Text(at, reader.GetString()!);
                case JsonTokenType.Number:
                    var raw = Encoding.UTF8.GetString(reader.ValueSpan);
                    return new Node.Number(at, reader.TryGetDouble(out var number) ? number : double.NaN, raw);
                case JsonTokenType.True or JsonTokenType.False:
                    return new Node.Truth(at, reader.TokenType == JsonTokenType.True);
                default:
                    return new Node.Nothing(at);
            }
        }

        private Node.Object Object(ref Utf8JsonReader reader, Position at)
        {
            var members = ImmutableArray.CreateBuilder<Node.Member>();
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var nameAt = _cursor.To(_utf8, (int)reader.TokenStartIndex);
                var name = reader.GetString()!;
                if (!names.Add(name))
                    problems.Error("FV005", nameAt, $"the key '{Problems.Shown(name)}' stands here a second time", "keep one of the two");
                reader.Read();
                members.Add(new Node.Member(name, nameAt, Value(ref reader)));
            }

            return new Node.Object(at, members.ToImmutable());
        }
    }
}
