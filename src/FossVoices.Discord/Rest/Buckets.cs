using System.Collections.Concurrent;

namespace FossVoices.Discord.Rest;

/// <summary>All buckets by hash and major parameter. The hash of a route is known after its first answer; until then the route stands for it.</summary>
internal sealed class Buckets(TimeProvider time)
{
    /// <summary>The tokens of interactions live so long; after that nobody asks for their buckets again.</summary>
    private static readonly TimeSpan s_forgotten = TimeSpan.FromMinutes(16);

    private readonly ConcurrentDictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Hash, string Major), Bucket> _buckets = new();
    private int _made;

    public int Count => _buckets.Count;

    public Bucket Of(Route route)
    {
        var key = (_hashes.GetValueOrDefault(route.ToString(), route.ToString()), route.Major);
        if (_buckets.TryGetValue(key, out var bucket))
            return bucket;
        if (Interlocked.Increment(ref _made) % 512 == 0)
            Forget();
        return _buckets.GetOrAdd(key, _ => new Bucket(time));
    }

    /// <summary>Remembers under which hash Discord counts this route. What the first bucket learnt goes with it.</summary>
    public void Name(Route route, string hash, Bucket learnt)
    {
        if (_hashes.GetValueOrDefault(route.ToString()) == hash)
            return;
        _buckets.TryAdd((hash, route.Major), learnt);
        _hashes[route.ToString()] = hash;
    }

    private void Forget()
    {
        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.Idle > s_forgotten)
                _buckets.TryRemove(key, out _);
        }
    }
}
