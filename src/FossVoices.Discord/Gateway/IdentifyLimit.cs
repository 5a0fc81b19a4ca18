using System.Text.Json;
using FossVoices.Discord.Rest;

namespace FossVoices.Discord.Gateway;

/// <summary>
/// Keeps the program from beginning too many sessions. Discord allows 1,000 a day and resets the token of a bot that begins more; so a program that
/// is restarted in a loop must wait rather than spend the last ones. Shared by all shards.
/// </summary>
internal sealed class IdentifyLimit(TimeProvider time)
{
    /// <summary>Sessions left for the operator's own restarts.</summary>
    public const int Reserve = 20;

    /// <summary>Discord counts five seconds from when it heard the first; a second more is for the way there.</summary>
    private static readonly TimeSpan s_apart = TimeSpan.FromSeconds(6);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, DateTimeOffset> _free = [];
    private int _remaining = Reserve + 1;
    private DateTimeOffset _renewed = DateTimeOffset.MinValue;
    private int _atOnce = 1;

    /// <summary>Takes over what <c>GET /gateway/bot</c> says.</summary>
    public void Learn(JsonElement gatewayBot)
    {
        var limit = ApiJson.Get(gatewayBot, "session_start_limit");
        if (ApiJson.Number(limit, "remaining") is not { } remaining || ApiJson.Number(limit, "reset_after") is not { } resetAfter)
            return;
        lock (_lock)
        {
            (_remaining, _renewed) = ((int)remaining, time.GetUtcNow() + TimeSpan.FromMilliseconds(resetAfter));
            _atOnce = ApiJson.Number(limit, "max_concurrency") is { } atOnce and >= 1 ? (int)atOnce : 1;
        }
    }

    /// <summary>How long this shard has to wait for its identify; zero takes one. Shards of the same remainder by Discord's concurrency go five seconds apart.</summary>
    public TimeSpan Take(int shard)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_remaining <= Reserve && _renewed > now)
                return _renewed - now;
            var key = shard % _atOnce;
            if (_free.TryGetValue(key, out var free) && free > now)
                return free - now;
            _free[key] = now + s_apart;
            _remaining--;
            return TimeSpan.Zero;
        }
    }
}
