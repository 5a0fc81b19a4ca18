using System.Buffers;

namespace FossVoices.Coding;

/// <summary>A list in borrowed memory, given back by <see cref="Dispose"/>: hearing an answer makes no garbage.</summary>
internal ref struct Rented<T>
    where T : struct
{
    private T[] _items;

    public Rented(int capacity) => _items = ArrayPool<T>.Shared.Rent(capacity);

    public int Count { get; private set; }

    public readonly Span<T> Span => _items.AsSpan(0, Count);

    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            var larger = ArrayPool<T>.Shared.Rent(_items.Length * 2);
            Span.CopyTo(larger);
            ArrayPool<T>.Shared.Return(_items);
            _items = larger;
        }

        _items[Count++] = item;
    }

    public void Clear() => Count = 0;

    public void RemoveLast() => Count--;

    /// <summary>The others keep their order.</summary>
    public void RemoveAll(Predicate<T> those)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (!those(_items[i]))
                _items[kept++] = _items[i];
        }

        Count = kept;
    }

    public readonly void Dispose() => ArrayPool<T>.Shared.Return(_items);
}
