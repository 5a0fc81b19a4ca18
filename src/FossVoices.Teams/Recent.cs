namespace FossVoices.Teams;

/// <summary>
/// A memory of what was last: between <paramref name="half"/> things and twice as many. When the newer half is full the older one is forgotten as a whole, so
/// that it costs the same however much it holds.
/// </summary>
internal sealed class Recent<TKey, TValue>(int half)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private Dictionary<TKey, TValue> _newer = [];
    private Dictionary<TKey, TValue> _older = [];

    public bool TryFind(TKey key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
            return _newer.TryGetValue(key, out value) || _older.TryGetValue(key, out value);
    }

    public void Keep(TKey key, TValue value)
    {
        lock (_gate)
            Put(key, value);
    }

    /// <summary>Keeps it unless there is one that still stands.</summary>
    /// <returns>What is remembered now.</returns>
    public (bool Kept, TValue Now) KeepUnless(TKey key, TValue value, Func<TValue, bool> stands)
    {
        lock (_gate)
        {
            if ((_newer.TryGetValue(key, out var there) || _older.TryGetValue(key, out there)) && stands(there))
                return (false, there);
            Put(key, value);
            return (true, value);
        }
    }

    /// <summary>Changes what is remembered of a key; nothing where nothing is.</summary>
    public void Change(TKey key, Func<TValue, TValue> now)
    {
        lock (_gate)
        {
            if (_newer.TryGetValue(key, out var there) || _older.TryGetValue(key, out there))
                Put(key, now(there));
        }
    }

    public void Forget(TKey key)
    {
        lock (_gate)
        {
            _newer.Remove(key);
            _older.Remove(key);
        }
    }

    private void Put(TKey key, TValue value)
    {
        if (_newer.Count >= half && !_newer.ContainsKey(key))
            (_older, _newer) = (_newer, []);
        _newer[key] = value;
    }
}
