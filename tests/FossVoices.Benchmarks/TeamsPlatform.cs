using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FossVoices.Tests.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FossVoices.Benchmarks;

/// <summary>The connector, metadata and token endpoint as a bot under load needs them: quick, and no judge of what comes.</summary>
internal sealed class TeamsPlatform : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _waiting = new(StringComparer.Ordinal);
    private readonly LoopbackIdentity _identity;
    private long _last;

    private TeamsPlatform()
    {
        _identity = new LoopbackIdentity(TimeProvider.System, () => Address);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Address => _app.Urls.First();

    public string ServiceUrl => $"{Address}/emea/";

    public HttpClient Client { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { Timeout = TimeSpan.FromMinutes(2) };

    public string Token => _token ??= _identity.Genuine(ServiceUrl);

    private string? _token;

    public static async Task<TeamsPlatform> StartAsync()
    {
        var platform = new TeamsPlatform();
        await platform._app.StartAsync();
        return platform;
    }

    /// <summary>The next message in a conversation.</summary>
    public Task<JsonObject> NextAsync(string conversation) =>
        (_waiting[conversation] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public string NewId() => Interlocked.Increment(ref _last).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _identity.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (await _identity.TryHandleAsync(context))
            return;
        var parts = context.Request.Path.Value!.Split('/'); // /emea/v3/conversations/ID/activities[/ID]
        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject ?? [];
        context.Response.StatusCode = 200;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"id":"{{NewId()}}"}""");
        if (context.Request.Method == "POST" && (string?)body["type"] == "message" && parts.Length > 4 && _waiting.TryRemove(Uri.UnescapeDataString(parts[4]), out var waiting))
            waiting.SetResult(body);
    }
}
