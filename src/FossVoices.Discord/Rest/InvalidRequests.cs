namespace FossVoices.Discord.Rest;

/// <summary>
/// Counts the answers 401, 403 and 429 of the last ten minutes. 10,000 of them make Discord ban the address for a while, for everybody behind it,
/// so the program warns long before and stops by itself before that.
/// </summary>
internal sealed class InvalidRequests(TimeProvider time)
{
    public const int Warns = 1_000;
    public const int Stops = 8_000;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _answers = new();

    /// <summary>Whether nothing more may be asked now.</summary>
    public bool IsSpent
    {
        get
        {
            lock (_lock)
                return Within() >= Stops;
        }
    }

    /// <summary>Counts one; true at every thousandth, when someone should be warned.</summary>
    public bool Add()
    {
        lock (_lock)
        {
            _answers.Enqueue(time.GetUtcNow());
            return Within() % Warns == 0;
        }
    }

    private int Within()
    {
        var since = time.GetUtcNow() - s_window;
        while (_answers.TryPeek(out var oldest) && oldest <= since)
            _answers.Dequeue();
        return _answers.Count;
    }
}
