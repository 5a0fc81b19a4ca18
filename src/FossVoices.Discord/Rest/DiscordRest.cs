using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;

namespace FossVoices.Discord.Rest;

/// <summary>Discord's HTTP API: keeps its limits, repeats only what repeating cannot double, and answers with a closed family instead of exceptions.</summary>
/// <param name="client">With the address of the API; see <see cref="Client"/>.</param>
/// <param name="chance">A number from 0 up to 1, for jitter.</param>
internal sealed partial class DiscordRest(HttpClient client, BotToken token, TimeProvider time, Func<double> chance, ILogger<DiscordRest> log)
{
    private const int Attempts = 5;

    private static readonly TimeSpan s_answersWithin = TimeSpan.FromSeconds(15);

    /// <summary>A limit that lasts longer is told rather than waited for: whoever asked has a queue of its own, or a person who waits.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly Buckets _buckets = new(time);
    private readonly SlidingWindow _global = new(50, TimeSpan.FromSeconds(1.05), time);
    private readonly InvalidRequests _invalid = new(time);
    private volatile bool _tokenWrong;

    /// <summary>A client as Discord wants it.</summary>
    /// <param name="api">Such as <c>https://discord.com/api/v10/</c>.</param>
    /// <param name="home">Where the program is described.</param>
    /// <param name="version">The program's version.</param>
    public static HttpClient Client(Uri api, Uri home, string version, HttpMessageHandler? handler = null)
    {
        var client = new HttpClient(handler ?? new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            AllowAutoRedirect = false,
        })
        {
            BaseAddress = api,
            Timeout = Timeout.InfiniteTimeSpan, // each attempt has its own
        };
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"DiscordBot ({home}, {version})");
        return client;
    }

    /// <summary>Asks Discord for one thing and sees it through: limits are waited for, faults repeated where that is harmless.</summary>
    public async Task<ApiAnswer> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Files.Any(file => file.Bytes.Length > ApiRequest.LargestFile))
            return new ApiAnswer.Refused(413, 40005, "Request entity too large", "");

        var limited = 0;
        for (var faults = 0; ;)
        {
            if (_tokenWrong && request.Route.NeedsBot)
                return new ApiAnswer.TokenWrong();
            if (_invalid.IsSpent)
                return new ApiAnswer.Unreachable("Too many requests were refused in ten minutes; the program stays silent until Discord has forgotten them.");

            switch (await TryAsync(request, cancellationToken))
            {
                case Attempt.Final(var answer):
                    return answer;
                case Attempt.Limited when ++limited < 10:
                    continue;
                case Attempt.Limited:
                    return new ApiAnswer.Unreachable($"{request.Route} stayed limited.");
                case Attempt.Fault(var why) when !request.IsRepeatable || ++faults >= Attempts:
                    return new ApiAnswer.Unreachable($"{request.Route}: {why}");
                default:
                    await Task.Delay(TimeSpan.FromSeconds(0.25 * Math.Pow(2, faults) * (1 + chance())), time, cancellationToken);
                    continue;
            }
        }
    }

    private async Task<Attempt> TryAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var bucket = _buckets.Of(request.Route);
        if (!await bucket.EnterAsync(s_patience, cancellationToken))
            return new Attempt.Final(new ApiAnswer.Unreachable($"{request.Route} is limited for more than a minute."));
        try
        {
            if (request.Route.CountsGlobally && !await _global.PassAsync(s_patience, cancellationToken))
                return new Attempt.Final(new ApiAnswer.Unreachable("Discord limits this bot for more than a minute."));
            using var message = Message(request);
            using var limit = new CancellationTokenSource(s_answersWithin, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                using var response = await client.SendAsync(message, HttpCompletionOption.ResponseContentRead, either.Token);
                return await JudgeAsync(request.Route, response, bucket, cancellationToken);
            }
            catch (HttpRequestException fault)
            {
                return new Attempt.Fault(fault.HttpRequestError.ToString());
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new Attempt.Fault($"no answer within {s_answersWithin.TotalSeconds:0} seconds");
            }
        }
        finally
        {
            bucket.Leave();
        }
    }

    private HttpRequestMessage Message(ApiRequest request)
    {
        var message = new HttpRequestMessage(request.Route.Method, new Uri(request.Route.Path, UriKind.Relative)) { Content = request.Content() };
        if (request.Route.NeedsBot)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bot", token.Reveal());
        return message;
    }

    private async Task<Attempt> JudgeAsync(Route route, HttpResponseMessage response, Bucket bucket, CancellationToken cancellationToken)
    {
        bucket.Learn(response.Headers);
        if (response.Headers.TryGetValues("X-RateLimit-Bucket", out var hash))
            _buckets.Name(route, hash.First(), bucket);

        var json = await ApiJson.ReadAsync(response.Content, cancellationToken);
        var scope = response.Headers.TryGetValues("X-RateLimit-Scope", out var scopes) ? scopes.First() : "user";
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (response.StatusCode == HttpStatusCode.TooManyRequests && scope != "shared"))
            CountInvalid();

        switch ((int)response.StatusCode)
        {
            case >= 200 and < 300:
                return new Attempt.Final(new ApiAnswer.Done(json));
            case 429:
                var wait = ApiJson.RetryAfter(json) ?? TimeSpan.FromSeconds(Bucket.Number(response.Headers, "Retry-After") ?? 1);
                if (scope == "global" || ApiJson.IsGlobal(json))
                    _global.Pause(wait);
                // Even a global limit closes the bucket: the routes of interactions do not wait for the global window.
                bucket.Close(wait);
                LogLimited(route, wait.TotalSeconds, scope);
                return new Attempt.Limited();
            case >= 500:
                return new Attempt.Fault($"Discord answered {(int)response.StatusCode}");
            case 401 when route.NeedsBot && ApiJson.Code(json) != 50027:
                _tokenWrong = true;
                return new Attempt.Final(new ApiAnswer.TokenWrong());
            case var status:
                return new Attempt.Final(new ApiAnswer.Refused(status, ApiJson.Code(json), ApiJson.Message(json), ApiJson.Errors(json)));
        }
    }

    private void CountInvalid()
    {
        if (_invalid.Add())
            LogInvalid(InvalidRequests.Warns, InvalidRequests.Stops);
    }

    private abstract record Attempt
    {
        private Attempt()
        {
        }

        public sealed record Final(ApiAnswer Answer) : Attempt;

        public sealed record Limited : Attempt;

        public sealed record Fault(string Why) : Attempt;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Route} is limited for {Seconds} s ({Scope})")]
    private partial void LogLimited(Route route, double seconds, string scope);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another {Warns} requests were refused within ten minutes; at {Stops} the program stops asking, since Discord bans an address at 10000")]
    private partial void LogInvalid(int warns, int stops);
}
