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
            TooLarge(utf8.Length, problems);
            return null;
        }

        if (FirstInvalid(utf8) is { } offset)
        {
            problems.Error("FV001", Cursor.At(utf8, offset), "this is not UTF-8 text", "save the file with the encoding UTF-8");
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
            JsonComplaint.Make(utf8, reader, problems);
            return null;
        }
        catch (InvalidOperationException)
        {
            // A text with half a surrogate pair (\ud83d alone) is JSON by its grammar, but no text.
            problems.Error("FV001", Cursor.At(utf8, (int)reader.TokenStartIndex), "this text has an escape that is half a character", "write the character itself");
            return null;
        }
    }

    internal static void TooLarge(long bytes, Problems problems) =>
        problems.Error("FV008", Position.Start, $"the file has {Problems.Count(bytes)} bytes; {Problems.Count(MostBytes)} is the most that is read", "split the study into smaller flows");

    private static int? FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        if (System.Text.Unicode.Utf8.IsValid(utf8))
            return null;

        var offset = 0;
        while (Rune.DecodeFromUtf8(utf8[offset..], out _, out var length) == System.Buffers.OperationStatus.Done)
            offset += length;
        return offset;
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

/// <summary>Turns byte offsets, asked for in ascending order, into lines and columns in one pass.</summary>
internal struct Cursor()
{
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    public static Position At(ReadOnlySpan<byte> utf8, int offset) => new Cursor().To(utf8, offset);

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
