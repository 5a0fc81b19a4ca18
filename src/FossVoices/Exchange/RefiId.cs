using System.Security.Cryptography;
using System.Text;

namespace FossVoices.Exchange;

/// <summary>The GUIDs by which REFI-QDA programs know things again: made from their names (RFC 9562, version 8), so that the same thing has the same one in every export.</summary>
internal static class RefiId
{
    private static readonly byte[] s_space = Encoding.ASCII.GetBytes("fossvoices.refi.1");

    public static Guid Of(params ReadOnlySpan<string> names)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(s_space);
        foreach (var name in names)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        var id = hash.GetHashAndReset().AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80); // Version 8: a hash of one's own choice.
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    /// <summary>The id that a code has in other programs: its own where it came with one.</summary>
    public static Guid Of(Codebooks.Codebook codebook, Codebooks.Code code) => code.Guid is { } own && Guid.TryParse(own, out var guid) ? guid : Of("code", codebook.Id, code.Id);
}
