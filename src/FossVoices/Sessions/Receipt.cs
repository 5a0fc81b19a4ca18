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
    private Receipt(string code) => Code = code;

    /// <summary>Sixteen characters in four groups.</summary>
    public string Code { get; }

    /// <summary>What is stored to find the session by: it doesn't give the receipt away.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"receipt|{Code}")));

    public static Receipt Of(ReadOnlySpan<byte> studyKey, string study, string session) =>
        new(Crockford.Write(HMACSHA256.HashData(studyKey, Encoding.UTF8.GetBytes($"receipt|{study}|{session}"))));

    /// <summary>Reads a receipt as people type it: any case, with or without dashes and spaces, o for 0, i and l for 1.</summary>
    public static bool TryRead(string? typed, [NotNullWhen(true)] out Receipt? receipt) =>
        (receipt = Crockford.TryRead(typed) is { } code ? new Receipt(code) : null) is not null;
}
