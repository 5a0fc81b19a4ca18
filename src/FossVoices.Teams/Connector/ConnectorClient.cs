using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using FossVoices.Teams.Inbound;
using Microsoft.Extensions.Logging;

namespace FossVoices.Teams.Connector;

/// <summary>Calls the Bot Connector. The bot's token goes to hosts on the list and nowhere else; what could double a message is never tried again.</summary>
internal sealed partial class ConnectorClient(HttpClient http, IBearer bearer, ServiceHosts hosts, TimeProvider time, Func<double> chance, ILogger<ConnectorClient> log)
{
    /// <summary>How long one try may take.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(15);

    /// <summary>Does not follow redirects: they could lead the token astray.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ActivityHeadersPropagator = null, // Nobody follows traces there.
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("FossVoices", "1.0") } },
    };

    /// <param name="patience">For how long waiting is worth while; what would take longer comes back as <see cref="ConnectorAnswer.Later"/>.</param>
    public async Task<ConnectorAnswer> CallAsync(ConnectorCall call, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!hosts.Allow(call.Service))
            return new ConnectorAnswer.Refused(0, "HostNotAllowed", "The place is at an address that the bot's token may not go to; 'FossVoices:Teams:ServiceHosts' lists those it may.");
        var until = time.GetUtcNow() + patience;
        var anew = false;
        for (var attempt = 1; ; attempt++)
        {
            var (answer, isToken) = await TryAsync(call, anew, cancellationToken);
            if (isToken && !anew)
            {
                anew = true;
                continue;
            }

            if (answer is not ConnectorAnswer.Later later)
                return answer;
            var wait = Retries.Wait(attempt, later.After, chance());
            if (attempt >= Retries.Most || time.GetUtcNow() + wait > until)
                return answer;
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<(ConnectorAnswer Answer, bool IsToken)> TryAsync(ConnectorCall call, bool anew, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, call.Address) { Content = call.Body is null ? null : Json(call.Body) };
        using var limit = new CancellationTokenSource(s_longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (await bearer.TokenAsync(anew, either.Token) is { } token)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        catch (NoToken e)
        {
            return (new ConnectorAnswer.Later(TimeSpan.FromMinutes(1), e.Message), false);
        }

        try
        {
            using var response = await http.SendAsync(request, either.Token);
            return await ReadAsync(call, response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (Broken(call, "Teams did not answer in time."), false);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain or SocketError.HostUnreachable or SocketError.NetworkUnreachable })
        {
            return (new ConnectorAnswer.Later(null, $"Teams can't be reached: {e.Message}"), false);
        }
        catch (HttpRequestException e)
        {
            return (Broken(call, $"Teams broke off: {e.Message}"), false);
        }
    }

    private async Task<(ConnectorAnswer Answer, bool IsToken)> ReadAsync(ConnectorCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(response, cancellationToken);
        var verdict = Retries.Of(response.StatusCode, call.Repeats);
        if (verdict == Verdict.Done)
            return (new ConnectorAnswer.Done(body), false);

        var error = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out var told) && told.ValueKind == JsonValueKind.Object ? told : default;
        var (code, status) = (Activity.Text(error, "code") ?? "", (int)response.StatusCode);
        var sentence = Sentence(response.StatusCode, code, Activity.Text(error, "message"));
        LogAnswer(call, status, code, response.Headers.TryGetValues("MS-CV", out var trace) ? trace.First() : "");
        return verdict switch
        {
            Verdict.Again => (new ConnectorAnswer.Later(After(response.Headers.RetryAfter), sentence), false),
            Verdict.Token => (new ConnectorAnswer.Later(TimeSpan.FromMinutes(10), sentence), true),
            Verdict.Doubtful => (call.Repeats ? new ConnectorAnswer.Later(After(response.Headers.RetryAfter), sentence) : new ConnectorAnswer.Unknown(sentence), false),
            _ => (new ConnectorAnswer.Refused(status, code, sentence), false),
        };
    }

    private static ConnectorAnswer Broken(ConnectorCall call, string why) => call.Repeats ? new ConnectorAnswer.Later(null, why) : new ConnectorAnswer.Unknown(why);

    private TimeSpan? After(RetryConditionHeaderValue? header) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private static string Sentence(HttpStatusCode status, string code, string? message) => status switch
    {
        HttpStatusCode.Unauthorized => "Teams does not take the bot's token. Check app id, tenant and secret against the bot's registration.",
        HttpStatusCode.Forbidden => "Teams does not let the bot write there: the app is not installed there, or somebody blocked it.",
        HttpStatusCode.NotFound => "It is not there (any more).",
        HttpStatusCode.RequestEntityTooLarge => "Teams says that the message is too large.",
        HttpStatusCode.TooManyRequests => "Teams asks to wait.",
        _ => $"Teams answered {(int)status} {code}{(message is null ? "" : $": {Reports.Shortened.To(Reports.Harmless.Line(message), 200)}")}",
    };

    /// <summary>Messages are sent with their length told: some proxies on the way take nothing else.</summary>
    private static ByteArrayContent Json(byte[] body) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return response.Content.Headers.ContentLength == 0 ? default : await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException)
        {
            return default; // The status, which came before, says what there is to know.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Teams answered {Call} with {Status} {Code} (MS-CV {Trace})")]
    private partial void LogAnswer(ConnectorCall call, int status, string code, string trace);
}
