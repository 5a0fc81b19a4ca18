using System.Security.Cryptography;
using FossVoices.Gaps;

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

    /// <summary>
    /// Noise for one count: the difference of two geometric numbers, each at least k with the chance α^k.
    /// </summary>
    public long Noise(GeometricNoise noise)
    {
        return Geometric() - Geometric();

        long Geometric()
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            source.GetBytes(bytes);
            // Evenly from above 0 to 1, in steps of 2⁻⁵³.
            var even = ((BitConverter.ToUInt64(bytes) >> 11) + 1) / (double)(1L << 53);
            return (long)Math.Floor(Math.Log(even) / Math.Log(noise.Alpha));
        }
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
