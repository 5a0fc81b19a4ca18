using System.Net;
using System.Net.Http.Json;
using FossVoices.Channels;

namespace FossVoices.Tests.Fieldwork;

/// <summary>A channel to a platform that is nothing but a web server on this machine: posts travel over HTTP and may be lost on the way like any other.</summary>
/// <param name="home">Where the platform listens.</param>
/// <param name="knowsNonce">Whether it knows a message by its nonce again, for five minutes.</param>
internal sealed class Loopback(Uri home, bool knowsNonce) : IChannel, IDisposable
{
    public const string Name = "loopback";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = home };

    public string Platform => Name;

    public TimeSpan KnowsNonce => knowsNonce ? TimeSpan.FromMinutes(5) : TimeSpan.Zero;

    public Task<Arrival> SendAsync(string address, Post post, string nonce, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, $"places/{Uri.EscapeDataString(address)}", new Message(nonce, TextOf(post)), cancellationToken);

    public Task<Arrival> EditAsync(string address, string message, Post post, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Put, $"places/{Uri.EscapeDataString(address)}/{Uri.EscapeDataString(message)}", new Message("", TextOf(post)), cancellationToken);

    public void Dispose() => _http.Dispose();

    public static string TextOf(Post post) => post switch
    {
        Post.Report report => report.Markdown,
        Post.Reminder reminder => reminder.Text,
        Post.Notice notice => notice.Text,
        Post.Invitation invitation => string.Join('\n', invitation.Text),
        _ => throw new System.Diagnostics.UnreachableException(post.GetType().Name),
    };

    private async Task<Arrival> AskAsync(HttpMethod method, string path, Message message, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(message) };
            using var response = await _http.SendAsync(request, cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.TooManyRequests => new Arrival.Later(response.Headers.RetryAfter?.Delta, "The platform asked to wait."),
                HttpStatusCode.NotFound => new Arrival.Refused(method == HttpMethod.Put ? Hindrance.MessageGone : Hindrance.PlaceGone, "The platform knows no such place or message (404)."),
                HttpStatusCode.Forbidden => new Arrival.Refused(Hindrance.Forbidden, "The bot may not write there (403)."),
                >= HttpStatusCode.InternalServerError => new Arrival.Unknown($"The platform failed ({(int)response.StatusCode})."),
                >= HttpStatusCode.BadRequest => new Arrival.Refused(Hindrance.Unacceptable, $"The platform does not take it ({(int)response.StatusCode})."),
                _ => new Arrival.Delivered(await response.Content.ReadAsStringAsync(cancellationToken)),
            };
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                ? new Arrival.Later(After: null, "The platform could not be reached.")
                : new Arrival.Unknown($"The connection broke off ({e.HttpRequestError}).");
        }
    }

    internal sealed record Message(string Nonce, string Text);
}
