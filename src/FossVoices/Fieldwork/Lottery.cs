using System.Security.Cryptography;

namespace FossVoices.Fieldwork;

/// <summary>Where ids and seeds come from. Tests hand in a generator of their own.</summary>
internal sealed class Lottery(RandomNumberGenerator source)
{
    /// <summary>A session's id: 128 bits, in hex; says nothing about the person and can't be guessed.</summary>
    public string Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        source.GetBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>The seed of a session's draws.</summary>
    public long Seed()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        source.GetBytes(bytes);
        return BitConverter.ToInt64(bytes);
    }

    /// <summary>From 0 to below 1.</summary>
    public double Share() => (ulong)Seed() / (ulong.MaxValue + 1.0);
}
