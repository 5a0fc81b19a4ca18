using System.Security.Cryptography;
using System.Text;

namespace FossVoices.Sessions;

/// <summary>
/// What stands for a person in one study: HMAC-SHA256 of the platform's id under a key of that study alone, so that neither the database
/// gives people away nor two studies can be linked. Platform ids can be guessed, so a hash without a key would be worthless.
/// </summary>
public static class Pseudonym
{
    /// <summary>32 hex digits (128 bits).</summary>
    public static string Of(ReadOnlySpan<byte> studyKey, string platform, string personId) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(studyKey, Encoding.UTF8.GetBytes($"person|{platform}|{personId}")).AsSpan(0, 16));
}
