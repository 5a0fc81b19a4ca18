using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FossVoices.Tests.Fieldwork;

/// <summary>A chat platform on this machine: it takes messages over HTTP, keeps them, and fails as it is told to.</summary>
internal sealed class LoopbackPlatform : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Conduct> _next = new();
    private readonly ConcurrentDictionary<string, string> _byNonce = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _accepted = new(0);
    private readonly bool _knowsNonce;
    private int _tries;

    private LoopbackPlatform(WebApplication app, bool knowsNonce) => (_app, _knowsNonce) = (app, knowsNonce);

    /// <summary>What it does with a request.</summary>
    internal enum Conduct
    {
        Accept,
        TooMany,
        Fail,
        FailAfterAccepting,
        DropAfterAccepting,
        HangAfterAccepting,
        NotFound,
        Forbidden,
        Unacceptable,
    }

    public Uri Home => new(_app.Urls.Single());

    /// <summary>The messages that people see there: place, id and text.</summary>
    public ConcurrentDictionary<(string Place, string Id), string> Messages { get; } = new();

    /// <summary>The nonce of each message that was taken in, in order.</summary>
    public ConcurrentQueue<string> Nonces { get; } = new();

    /// <summary>How many requests came.</summary>
    public int Tries => _tries;

    public static async Task<LoopbackPlatform> StartAsync(bool knowsNonce = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var platform = new LoopbackPlatform(app, knowsNonce);
        app.MapPost("/places/{place}", platform.TakeAsync);
        app.MapPut("/places/{place}/{id}", platform.EditAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return platform;
    }

    /// <summary>What it does with the next requests; after that it accepts.</summary>
    public void Next(params Conduct[] conducts)
    {
        foreach (var conduct in conducts)
            _next.Enqueue(conduct);
    }

    /// <summary>Waits until one more message has been taken in.</summary>
    public async Task AcceptedAsync() =>
        Assert.True(await _accepted.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken), "Nothing came.");

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        _accepted.Dispose();
    }

    private async Task TakeAsync(string place, HttpContext context)
    {
        Interlocked.Increment(ref _tries);
        place = Uri.UnescapeDataString(place); // Routing leaves a slash as it came.
        var message = (await context.Request.ReadFromJsonAsync<Loopback.Message>(context.RequestAborted))!;
        var conduct = _next.TryDequeue(out var told) ? told : Conduct.Accept;
        await AnswerAsync(context, conduct, () =>
        {
            if (_knowsNonce && _byNonce.TryGetValue(message.Nonce, out var known))
                return known;
            var id = string.Create(CultureInfo.InvariantCulture, $"m{Nonces.Count + 1}");
            Messages[(place, id)] = message.Text;
            Nonces.Enqueue(message.Nonce);
            _byNonce[message.Nonce] = id;
            _accepted.Release();
            return id;
        });
    }

    private async Task EditAsync(string place, string id, HttpContext context)
    {
        Interlocked.Increment(ref _tries);
        place = Uri.UnescapeDataString(place); // Routing leaves a slash as it came.
        var message = (await context.Request.ReadFromJsonAsync<Loopback.Message>(context.RequestAborted))!;
        var conduct = _next.TryDequeue(out var told) ? told : Messages.ContainsKey((place, id)) ? Conduct.Accept : Conduct.NotFound;
        await AnswerAsync(context, conduct, () =>
        {
            Messages[(place, id)] = message.Text;
            _accepted.Release();
            return id;
        });
    }

    private static async Task AnswerAsync(HttpContext context, Conduct conduct, Func<string> accept)
    {
        context.Response.StatusCode = conduct switch
        {
            Conduct.TooMany => 429,
            Conduct.Fail or Conduct.FailAfterAccepting => 500,
            Conduct.NotFound => 404,
            Conduct.Forbidden => 403,
            Conduct.Unacceptable => 400,
            _ => 201,
        };
        if (conduct == Conduct.TooMany)
            context.Response.Headers.RetryAfter = "90";
        var id = conduct is Conduct.Accept or Conduct.FailAfterAccepting or Conduct.DropAfterAccepting or Conduct.HangAfterAccepting ? accept() : "";
        switch (conduct)
        {
            case Conduct.DropAfterAccepting:
                context.Abort();
                break;
            case Conduct.HangAfterAccepting:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case Conduct.Accept:
                await context.Response.WriteAsync(id, context.RequestAborted);
                break;
        }
    }
}
