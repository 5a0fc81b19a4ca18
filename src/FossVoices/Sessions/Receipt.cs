using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace FossVoices.Sessions;

/// <summary>
/// The code that somebody gets on agreeing: whoever has it can read, resume and withdraw that one session, without a name or an account.
/// Derived from the session by HMAC, so that nothing needs to be stored to give it again. 80 bits.
/// </summary>
public sealed record Receipt
{
    // Crockford's base 32: no letter that is taken for a digit.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Characters = 16;

    private Receipt(string code) => Code = code;

    /// <summary>Sixteen characters in four groups.</summary>
    public string Code { get; }

    /// <summary>What is stored to find the session by: it doesn't give the receipt away.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"receipt|{Code}")));

    public static Receipt Of(ReadOnlySpan<byte> studyKey, string study, string session)
    {
        var mac = HMACSHA256.HashData(studyKey, Encoding.UTF8.GetBytes($"receipt|{study}|{session}"));
        var code = new StringBuilder(Characters + 3);
        for (var i = 0; i < Characters; i++)
        {
            if (i is 4 or 8 or 12)
                code.Append('-');
            code.Append(Alphabet[BitsAt(mac, i * 5)]);
        }

        return new Receipt(code.ToString());
    }

    /// <summary>Reads a receipt as people type it: any case, with or without dashes and spaces, o for 0, i and l for 1.</summary>
    public static bool TryRead(string? typed, [NotNullWhen(true)] out Receipt? receipt)
    {
        receipt = null;
        if (typed is null || typed.Length > 100)
            return false;

        var letters = typed.ToLowerInvariant().Where(c => c != '-' && !char.IsWhiteSpace(c))
            .Select(c => c switch { 'o' => '0', 'i' or 'l' => '1', _ => c }).ToArray();
        if (letters.Length != Characters || letters.Any(c => !Alphabet.Contains(c, StringComparison.Ordinal)))
            return false;

        receipt = new Receipt(string.Join('-', letters.Chunk(4).Select(four => new string(four))));
        return true;
    }

    private static int BitsAt(byte[] bytes, int bit)
    {
        var two = (bytes[bit / 8] << 8) | bytes[(bit / 8) + 1];
        return (two >> (11 - (bit % 8))) & 31;
    }
}
