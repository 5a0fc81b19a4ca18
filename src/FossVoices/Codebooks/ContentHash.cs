using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FossVoices.Codebooks;

/// <summary>
/// SHA-256 over a sequence of fields. Every field is preceded by its length, so that <c>ab, c</c> and <c>a, bc</c> differ.
/// </summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ContentHash Add(string? text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        // UTF-16 rather than UTF-8: a lone surrogate would become the same replacement character as another one.
        var bytes = Encoding.Unicode.GetBytes(text ?? "");
        BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
        return this;
    }

    public ContentHash Add(double? number) => Add(number?.ToString("R", CultureInfo.InvariantCulture));

    public ContentHash Add(ImmutableArray<string> texts)
    {
        Add(texts.Length);
        foreach (var text in texts)
            Add(text);
        return this;
    }

    public ContentHash Add(Indicator indicator)
    {
        Add(indicator.Id).Add(indicator.Any).Add(indicator.Not).Add(indicator.Confidence);
        return indicator.Near is { } near ? Add(near.Within).Add(near.Any) : Add((string?)null);
    }

    /// <summary>64 lower-case hexadecimal digits. The hash starts anew afterwards.</summary>
    public string Hex() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
