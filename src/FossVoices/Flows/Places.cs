using System.Numerics;

namespace FossVoices.Flows;

/// <summary>
/// A set of places of a <see cref="Sequence"/>, a bit each: a turn copies and counts it in a few machine words, however long the flow is.
/// </summary>
internal sealed class Places
{
    private const int Width = 64;

    private readonly ulong[] _words;

    /// <param name="places">How many there are; more can't be added.</param>
    public Places(int places) => _words = new ulong[(places + Width - 1) / Width];

    private Places(ulong[] words) => _words = words;

    public bool Has(int place) => (_words[place / Width] & Bit(place)) != 0;

    public void Add(int place) => _words[place / Width] |= Bit(place);

    public void Remove(int place) => _words[place / Width] &= ~Bit(place);

    public Places Copy() => new((ulong[])_words.Clone());

    /// <summary>The first place of the set from this one on, or −1.</summary>
    public int FirstFrom(int place)
    {
        for (var i = place / Width; i < _words.Length; i++)
        {
            var word = i == place / Width ? _words[i] & (ulong.MaxValue << (place % Width)) : _words[i];
            if (word != 0)
                return (i * Width) + BitOperations.TrailingZeroCount(word);
        }

        return -1;
    }

    /// <summary>The last place of the set before this one, or −1.</summary>
    public int LastBefore(int place)
    {
        for (var i = (place - 1) / Width; place > 0 && i >= 0; i--)
        {
            var word = i == (place - 1) / Width ? _words[i] & (ulong.MaxValue >> (Width - 1 - ((place - 1) % Width))) : _words[i];
            if (word != 0)
                return (i * Width) + Width - 1 - BitOperations.LeadingZeroCount(word);
        }

        return -1;
    }

    /// <summary>How many places of the set there are up to this one, itself included.</summary>
    public int CountTo(int place)
    {
        var count = 0;
        for (var i = 0; i < place / Width; i++)
            count += BitOperations.PopCount(_words[i]);
        return count + BitOperations.PopCount(_words[place / Width] & (ulong.MaxValue >> (Width - 1 - (place % Width))));
    }

    public int Count()
    {
        var count = 0;
        foreach (var word in _words)
            count += BitOperations.PopCount(word);
        return count;
    }

    public bool Overlaps(Places other) => FirstIn(other) >= 0;

    /// <summary>The first place that both sets have, or −1.</summary>
    public int FirstIn(Places other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if ((_words[i] & other._words[i]) is not 0 and var both)
                return (i * Width) + BitOperations.TrailingZeroCount(both);
        }

        return -1;
    }

    private static ulong Bit(int place) => 1UL << (place % Width);
}
