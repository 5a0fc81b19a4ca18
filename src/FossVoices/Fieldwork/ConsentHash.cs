using System.Security.Cryptography;
using System.Text;
using FossVoices.Flows;

namespace FossVoices.Fieldwork;

/// <summary>Which consent text somebody agreed to.</summary>
internal static class ConsentHash
{
    /// <summary>SHA-256 of the text and of the question about quotes, in hex.</summary>
    public static string Of(Flow flow) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{flow.Consent.Text.Source}\n{flow.Consent.Quotes?.Ask}")));
}
