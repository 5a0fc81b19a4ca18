namespace FossVoices.Coding;

/// <summary>
/// Remembers what belongs to words, letters compared without case. Looking up takes no lock and makes no garbage, and is what hearing an answer mostly consists of; adding
/// copies the table now and then, which ends when a language's words are known.
/// </summary>
internal sealed class WordMemory<T>(int most)
    where T : struct
{
    private readonly Lock _adding = new();
    private Slot?[] _slots = new Slot?[1024];
    private int _count;

    public bool TryGet(ReadOnlySpan<char> word, out T value)
    {
        var (slots, hash) = (Volatile.Read(ref _slots), HashOf(word));
        for (var at = hash & (slots.Length - 1); slots[at] is { } slot; at = (at + 1) & (slots.Length - 1))
        {
            if (slot.Hash == hash && word.Equals(slot.Word, StringComparison.OrdinalIgnoreCase))
            {
                value = slot.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Adds a word; past the most that are remembered nothing happens, so that hostile texts cannot fill the memory.</summary>
    public void Add(ReadOnlySpan<char> word, T value)
    {
        lock (_adding)
        {
            if (_count >= most || TryGet(word, out _))
                return;
            if (++_count * 2 > _slots.Length)
                Volatile.Write(ref _slots, Grown(_slots));
            Put(_slots, new Slot(word.ToString(), HashOf(word), value));
        }
    }

    private static Slot?[] Grown(Slot?[] slots)
    {
        var grown = new Slot?[slots.Length * 4];
        foreach (var slot in slots)
        {
            if (slot is not null)
                Put(grown, slot);
        }

        return grown;
    }

    // A reader sees a slot whole or not at all, and one that it misses it reads anew.
    private static void Put(Slot?[] slots, Slot slot)
    {
        var at = slot.Hash & (slots.Length - 1);
        while (slots[at] is not null)
            at = (at + 1) & (slots.Length - 1);
        Volatile.Write(ref slots[at], slot);
    }

    /// <summary>FNV-1a (Fowler, Noll and Vo 1991) over letters in lower case; letters beyond ASCII count alike, and comparing tells them apart.</summary>
    private static int HashOf(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        foreach (var c in word)
            hash = (hash ^ (c < 128 ? (uint)c | 0x20 : 0x80)) * 16777619;
        return (int)((hash ^ (hash >> 15)) & int.MaxValue);
    }

    private sealed class Slot(string word, int hash, T value)
    {
        public readonly string Word = word;
        public readonly int Hash = hash;
        public readonly T Value = value;
    }
}
