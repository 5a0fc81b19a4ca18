using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using FossVoices.Fieldwork;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace FossVoices.Host.Commands;

/// <summary>Speaks to a language model over OpenAI's interface, and says in half a sentence what went wrong. Retries are the caller's, and redirections are not followed.</summary>
internal sealed class LlmClient : DelegatingChatClient
{
    /// <summary>The longest response that is read, in bytes.</summary>
    private const int LongestResponse = 1024 * 1024;

    private readonly HttpClient _http;

    private LlmClient(IChatClient inner, HttpClient http)
        : base(inner) => _http = http;

    public static LlmClient Of(LlmSettings settings)
    {
        var http = new HttpClient(new Bounded(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new ChatClient(settings.Model, new ApiKeyCredential(settings.Key ?? "none"), new OpenAIClientOptions
        {
            Endpoint = settings.Url,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(http),
        });
        return new LlmClient(client.AsIChatClient(), http);
    }

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Why(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _http.Dispose();
    }

    private static LlmUnavailable Why(Exception exception)
    {
        if (exception is ClientResultException { Status: > 0 and var status } refused)
        {
            return status switch
            {
                401 or 403 => new LlmUnavailable($"it does not accept the key ({status}); look at FossVoices:Llm:Key", hopeless: true),
                404 => new LlmUnavailable("there is no such address or model (404); look at FossVoices:Llm:Url and Model", hopeless: true),
                >= 300 and < 400 => new LlmUnavailable($"the address sends elsewhere ({status}); look at FossVoices:Llm:Url", hopeless: true),
                429 => new LlmUnavailable("it is asked too often (429)", RetryAfter(refused.GetRawResponse())),
                _ => new LlmUnavailable(string.Create(CultureInfo.InvariantCulture, $"it answered with the error {status}"), RetryAfter(refused.GetRawResponse())),
            };
        }

        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError })
                return new LlmUnavailable("nothing answers at its address; look at FossVoices:Llm:Url", hopeless: true);
            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
                return new LlmUnavailable("its reply was far too long");
            if (cause is HttpRequestException or IOException)
                return new LlmUnavailable("the connection broke off");
            if (cause is TimeoutException or OperationCanceledException)
                return new LlmUnavailable("it took too long");
        }

        return new LlmUnavailable("its reply was not in the form of OpenAI's interface"); // The message may repeat what was sent.
    }

    private static TimeSpan? RetryAfter(PipelineResponse? response) =>
        response is not null && response.Headers.TryGetValue("Retry-After", out var said) && int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>Reads a response whole and no further than is sensible.</summary>
    private sealed class Bounded(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(LongestResponse, cancellationToken);
            return response;
        }
    }
}
