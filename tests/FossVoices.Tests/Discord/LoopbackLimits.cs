using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FossVoices.Tests.Discord;

/// <summary>Discord's limits: those it always has, and 429s or faults on demand.</summary>
internal sealed class LoopbackLimits(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _windows = new(StringComparer.Ordinal);
    private readonly List<Planned> _planned = [];
    private readonly HashSet<string> _limitedOnce = new(StringComparer.Ordinal);

    /// <summary>Requests that one channel takes within <see cref="Window"/>.</summary>
    public int PerChannel { get; set; } = 5;

    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Answers 429 to the first attempt at everything.</summary>
    public bool EachOnce { get; set; }

    /// <summary>How often a client asked although the headers of the answer before had told it to wait.</summary>
    public int Breaches { get; private set; }

    /// <param name="scope"><c>user</c>, <c>global</c>, <c>shared</c>, or a fault: <c>500</c>, <c>502</c> …</param>
    /// <param name="route">How the path begins, after the version; empty for every route.</param>
    public void Plan(string scope, string route, int times, double retryAfter)
    {
        lock (_gate)
            _planned.Add(new Planned(scope, route, times, retryAfter));
    }

    /// <summary>Writes the headers; true where the request was refused and is answered.</summary>
    /// <param name="route">The method and path without the version.</param>
    /// <param name="bucket">The route's own name, and what it counts apart.</param>
    public async Task<bool> RefusesAsync(HttpContext context, string route, (string Hash, string Major) bucket, bool countsGlobally)
    {
        string? scope = null;
        var retryAfter = 0.0;
        lock (_gate)
        {
            var path = route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            if (_planned.FirstOrDefault(p => p.Times > 0 && path.StartsWith(p.Route, StringComparison.Ordinal)) is { } planned)
                (scope, retryAfter, planned.Times) = (planned.Scope, planned.RetryAfter, planned.Times - 1);
            else if (EachOnce && !_limitedOnce.Remove(route) && _limitedOnce.Add(route))
                (scope, retryAfter) = ("user", 0.05);
            else if (countsGlobally && Over("global", 50, TimeSpan.FromSeconds(1), out retryAfter, out _))
                (scope, Breaches) = ("global", Breaches + 1);
            else if (bucket.Hash == "messages")
            {
                if (Over($"{bucket.Hash}:{bucket.Major}", PerChannel, Window, out retryAfter, out var left))
                    (scope, Breaches) = ("user", Breaches + 1);
                Write(context, bucket.Hash, PerChannel, left, retryAfter);
            }
        }

        if (scope is null)
            return false;
        if (scope.All(char.IsAsciiDigit))
        {
            context.Response.StatusCode = int.Parse(scope, CultureInfo.InvariantCulture);
            return true;
        }

        var seconds = retryAfter.ToString("0.###", CultureInfo.InvariantCulture);
        context.Response.StatusCode = 429;
        context.Response.Headers["Retry-After"] = seconds;
        context.Response.Headers["X-RateLimit-Scope"] = scope;
        if (scope == "global")
            context.Response.Headers["X-RateLimit-Global"] = "true";
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"message":"You are being rate limited.","retry_after":{{seconds}},"global":{{(scope == "global" ? "true" : "false")}}}""");
        return true;
    }

    private static void Write(HttpContext context, string hash, int limit, int left, double resetAfter)
    {
        context.Response.Headers["X-RateLimit-Bucket"] = hash;
        context.Response.Headers["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-RateLimit-Remaining"] = left.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-RateLimit-Reset-After"] = resetAfter.ToString("0.###", CultureInfo.InvariantCulture);
    }

    private bool Over(string key, int limit, TimeSpan window, out double resetAfter, out int left)
    {
        if (!_windows.TryGetValue(key, out var passes))
            _windows[key] = passes = new Queue<DateTimeOffset>();
        var now = time.GetUtcNow();
        while (passes.TryPeek(out var oldest) && oldest + window <= now)
            passes.Dequeue();
        var over = passes.Count >= limit;
        if (!over)
            passes.Enqueue(now);
        left = limit - passes.Count;
        // Until the whole window is over: a client that then sends a full burst again is within the limit.
        resetAfter = (passes.Last() + window - now).TotalSeconds;
        return over;
    }

    private sealed class Planned(string scope, string route, int times, double retryAfter)
    {
        public string Scope { get; } = scope;

        public string Route { get; } = route;

        public int Times { get; set; } = times;

        public double RetryAfter { get; } = retryAfter;
    }
}
