using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FossVoices.Definitions;

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

    /// <summary>The content of a file without its layout: members are sorted by name, save where their order is what people see.</summary>
    /// <param name="ordered">The keys under which the order of the members counts.</param>
    public ContentHash Add(Node node, params ReadOnlySpan<string> ordered) => Add(node, ordered, keepOrder: false);

    /// <summary>64 lower-case hexadecimal digits. The hash starts anew afterwards.</summary>
    public string Hex() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private ContentHash Add(Node node, ReadOnlySpan<string> ordered, bool keepOrder)
    {
        switch (node)
        {
            case Node.Object form:
                Add("{").Add(form.Members.Length);
                foreach (var (name, _, value) in keepOrder ? form.Members : [.. form.Members.OrderBy(m => m.Name, StringComparer.Ordinal)])
                    Add(name).Add(value, ordered, ordered.Contains(name));
                return this;
            case Node.List list:
                Add("[").Add(list.Items.Length);
                foreach (var item in list.Items)
                    Add(item, ordered, keepOrder: false);
                return this;
            case Node.Text text:
                return Add("\"").Add(text.Value);
            case Node.Number number:
                return Add("#").Add(number.Raw);
            default:
                return Add(node.Kind);
        }
    }
}
