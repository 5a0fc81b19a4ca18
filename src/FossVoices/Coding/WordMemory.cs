namespace FossVoices.Coding;

/// <summary>
/// Remembers what belongs to words, letters compared without case. Looking up takes no lock and makes no garbage, and is what hearing an answer mostly consists of, so all
/// words lie side by side in memory. Adding copies the table now and then, which ends when a language's words are known.
/// </summary>
internal sealed class WordMemory<T>(int most)
    where T : struct
{
    private readonly Lock _adding = new();
    private Table _table = new(1024);

    public bool TryGet(ReadOnlySpan<char> word, out T value)
    {
        var table = Volatile.Read(ref _table);
        var (index, hash) = (table.Index, HashOf(word));
        for (var at = hash & (index.Length - 1); Volatile.Read(ref index[at]) is var place and > 0; at = (at + 1) & (index.Length - 1))
        {
            ref readonly var entry = ref table.Entries[place - 1];
            if (entry.Hash == hash && entry.Length == word.Length && word.Equals(table.Letters.AsSpan(entry.Start, entry.Length), StringComparison.OrdinalIgnoreCase))
            {
                value = entry.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Adds a word; past the most that are remembered nothing happens, so that hostile texts cannot fill the memory.</summary>
    public void Add(ReadOnlySpan<char> word, T value)
    {
        const int LongestWord = 100;
        lock (_adding)
        {
            if (_table.Count >= most || word.Length > LongestWord || TryGet(word, out _))
                return;
            if (!_table.HasRoomFor(word.Length))
                Volatile.Write(ref _table, _table.Grown());
            _table.Add(word, HashOf(word), value);
        }
    }

    /// <summary>FNV-1a (Fowler, Noll and Vo 1991) over letters in lower case; letters beyond ASCII count alike, and comparing tells them apart.</summary>
    private static int HashOf(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        foreach (var c in word)
            hash = (hash ^ (c < 128 ? (uint)c | 0x20 : 0x80)) * 16777619;
        return (int)((hash ^ (hash >> 15)) & int.MaxValue);
    }

    private struct Entry
    {
        public int Hash;
        public int Start;
        public int Length;
        public T Value;
    }

    /// <summary>What is in it never changes: words are added behind those that are there, and are found once they are whole.</summary>
    private sealed class Table(int size)
    {
        private const int LettersEach = 8;

        private int _letters;

        /// <summary>By hash the place of a word, from 1; 0 for none.</summary>
        public int[] Index { get; } = new int[size];

        public Entry[] Entries { get; } = new Entry[size / 2];

        public char[] Letters { get; } = new char[size / 2 * LettersEach];

        public int Count { get; private set; }

        public bool HasRoomFor(int letters) => Count < Entries.Length && _letters + letters <= Letters.Length;

        public Table Grown()
        {
            var grown = new Table(size * 2);
            for (var i = 0; i < Count; i++)
                grown.Add(Letters.AsSpan(Entries[i].Start, Entries[i].Length), Entries[i].Hash, Entries[i].Value);
            return grown;
        }

        public void Add(ReadOnlySpan<char> word, int hash, T value)
        {
            word.CopyTo(Letters.AsSpan(_letters));
            Entries[Count++] = new Entry { Hash = hash, Start = _letters, Length = word.Length, Value = value };
            _letters += word.Length;
            var at = hash & (Index.Length - 1);
            while (Index[at] > 0)
                at = (at + 1) & (Index.Length - 1);
            Volatile.Write(ref Index[at], Count);
        }
    }
}
