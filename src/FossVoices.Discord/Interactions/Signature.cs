using System.Buffers;
using System.Globalization;
using System.Text;
using NSec.Cryptography;

namespace FossVoices.Discord.Interactions;

/// <summary>Discord's signature on a request: Ed25519 over the timestamp's characters followed by the raw bytes of the body.</summary>
internal sealed class Signature
{
    /// <summary>A timestamp may be so far off, to either side.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly PublicKey _key;
    private readonly TimeProvider _time;

    private Signature(PublicKey key, TimeProvider time) => (_key, _time) = (key, time);

    /// <summary>By the application's public key.</summary>
    /// <param name="publicKey">64 hexadecimal digits, from the application's page.</param>
    /// <returns>Null where it is no such key.</returns>
    public static Signature? TryCreate(string publicKey, TimeProvider time)
    {
        Span<byte> bytes = stackalloc byte[32];
        return IsHex(publicKey, bytes) && PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out var key) && key is not null
            ? new Signature(key, time)
            : null;
    }

    /// <summary>Whether Discord signed this, and did so just now.</summary>
    /// <param name="signature">The header: 128 hexadecimal digits.</param>
    /// <param name="timestamp">The header: seconds since 1970 in digits.</param>
    public bool Holds(string? signature, string? timestamp, ReadOnlySpan<byte> body)
    {
        Span<byte> signed = stackalloc byte[64];
        if (signature is null || !IsHex(signature, signed) || timestamp is not { Length: >= 1 and <= 15 } || timestamp.Any(c => !char.IsAsciiDigit(c)))
            return false;

        var length = timestamp.Length + body.Length;
        var message = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Encoding.ASCII.GetBytes(timestamp, message);
            body.CopyTo(message.AsSpan(timestamp.Length));
            return SignatureAlgorithm.Ed25519.Verify(_key, message.AsSpan(0, length), signed) && IsFresh(timestamp);
        }
        finally
        {
            // It holds what somebody wrote.
            ArrayPool<byte>.Shared.Return(message, clearArray: true);
        }
    }

    private bool IsFresh(string timestamp)
    {
        var seconds = long.Parse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture);
        return Math.Abs(_time.GetUtcNow().ToUnixTimeSeconds() - seconds) <= (long)Fresh.TotalSeconds;
    }

    private static bool IsHex(string text, Span<byte> bytes) =>
        text.Length == bytes.Length * 2 && Convert.FromHexString(text, bytes, out _, out var written) == OperationStatus.Done && written == bytes.Length;
}
