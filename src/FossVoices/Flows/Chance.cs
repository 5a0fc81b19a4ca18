namespace FossVoices.Flows;

/// <summary>
/// SplitMix64 (Steele, Lea &amp; Flood 2014): a small generator whose numbers are the same on every machine and in every version of
/// .NET, which <see cref="Random"/> does not promise. For drawing questions, not for secrets.
/// </summary>
internal sealed class Chance
{
    private ulong _state;

    private Chance(ulong state) => _state = state;

    /// <summary>A stream of its own for each thing drawn, so that a new item never changes the draws of the others.</summary>
    public static Chance For(long seed, string what)
    {
        // FNV-1a over the name, mixed with the seed.
        var hash = 14695981039346656037UL;
        foreach (var c in what)
            hash = (hash ^ c) * 1099511628211UL;
        return new Chance(unchecked((ulong)seed) ^ hash);
    }

    /// <summary>A whole number from 0 to <paramref name="bound"/> − 1, each equally likely.</summary>
    public int Below(int bound)
    {
        // Lemire 2019: reject the few values that would make small results likelier.
        var range = (ulong)bound;
        var floor = (0UL - range) % range;
        while (true)
        {
            var high = Math.BigMul(Next(), range, out var low);
            if (low >= floor)
                return (int)high;
        }
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
