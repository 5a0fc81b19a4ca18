using System.Globalization;
using System.Net.Http.Headers;

namespace FossVoices.Discord.Rest;

/// <summary>What Discord counts together: one queue, in which one request at a time waits for its turn.</summary>
internal sealed class Bucket(TimeProvider time) : IDisposable
{
    /// <summary>Discord's clock and ours differ by the way of the answer.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _turn = new(1);
    private int _remaining = 1;
    private DateTimeOffset _opens = DateTimeOffset.MinValue;
    private long _lastUsed = time.GetTimestamp();

    /// <summary>How long nobody asked for it.</summary>
    public TimeSpan Idle => time.GetElapsedTime(Volatile.Read(ref _lastUsed));

    /// <summary>Waits for the turn of this request.</summary>
    /// <returns>Whether it is its turn, and <see cref="Leave"/> must follow; false where the bucket stays closed for longer than the patience lasts.</returns>
    public async Task<bool> EnterAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _lastUsed, time.GetTimestamp());
        await _turn.WaitAsync(cancellationToken);
        var isMine = false;
        try
        {
            while (_remaining <= 0 && _opens - time.GetUtcNow() is { Ticks: > 0 } wait)
            {
                if (wait > patience)
                    return false;
                await Task.Delay(wait, time, cancellationToken);
            }

            return isMine = true;
        }
        finally
        {
            if (!isMine)
                _turn.Release();
        }
    }

    public void Leave() => _turn.Release();

    /// <summary>Remembers what the answer's headers say. To be called between entering and leaving.</summary>
    public void Learn(HttpResponseHeaders headers)
    {
        if (Number(headers, "X-RateLimit-Remaining") is { } remaining && Number(headers, "X-RateLimit-Reset-After") is { } seconds)
            (_remaining, _opens) = ((int)remaining, time.GetUtcNow() + TimeSpan.FromSeconds(seconds) + s_margin);
    }

    /// <summary>Closes it for a while. To be called between entering and leaving.</summary>
    public void Close(TimeSpan length) => (_remaining, _opens) = (0, time.GetUtcNow() + length + s_margin);

    public static double? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values)
        && double.TryParse(values.First(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    public void Dispose() => _turn.Dispose();
}
