using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace FossVoices.Sessions;

/// <summary>A code that an organiser hands out: it opens a web link once, and shows once to which side somebody belongs. 80 random bits, written like a receipt.</summary>
public sealed record OneTimeCode
{
    private OneTimeCode(string text) => Text = text;

    /// <summary>Sixteen characters in four groups.</summary>
    public string Text { get; }

    /// <summary>A new one.</summary>
    /// <param name="random">At least 80 random bits.</param>
    public static OneTimeCode Of(ReadOnlySpan<byte> random) => new(Crockford.Write(random));

    /// <summary>Reads a code as people type it.</summary>
    public static bool TryRead(string? typed, [NotNullWhen(true)] out OneTimeCode? code) =>
        (code = Crockford.TryRead(typed) is { } text ? new OneTimeCode(text) : null) is not null;

    /// <summary>What is stored of it: a keyed hash.</summary>
    public string Fingerprint(ReadOnlySpan<byte> studyKey) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(studyKey, Encoding.ASCII.GetBytes($"code|{Text}")));
}
