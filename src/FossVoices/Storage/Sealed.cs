using System.Security.Cryptography;
using System.Text;

namespace FossVoices.Storage;

/// <summary>AES-256-GCM with a fresh random nonce: nonce (12 bytes), tag (16), text. What it belongs to is bound in, so that nothing sealed can be put elsewhere.</summary>
internal static class Sealed
{
    private const int Nonce = 12;
    private const int Tag = 16;
    private const int Overhead = Nonce + Tag;

    public static byte[] Seal(byte[] key, string belongsTo, ReadOnlySpan<byte> plain)
    {
        var bytes = new byte[Overhead + plain.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, Nonce));
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(bytes.AsSpan(0, Nonce), plain, bytes.AsSpan(Overhead), bytes.AsSpan(Nonce, Tag), Encoding.UTF8.GetBytes(belongsTo));
        return bytes;
    }

    /// <summary>Null where it was sealed with another key, belongs elsewhere, or has been changed.</summary>
    public static byte[]? Open(byte[] key, string belongsTo, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Overhead)
            return null;

        var plain = new byte[bytes.Length - Overhead];
        using var aes = new AesGcm(key, Tag);
        try
        {
            aes.Decrypt(bytes[..Nonce], bytes[Overhead..], bytes[Nonce..Overhead], plain, Encoding.UTF8.GetBytes(belongsTo));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
