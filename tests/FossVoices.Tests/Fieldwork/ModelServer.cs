using System.Collections.Concurrent;
using System.Text.Json;
using FossVoices.Host.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FossVoices.Tests.Fieldwork;

/// <summary>Something with OpenAI's interface for chats on a port of its own, that does as a test tells it: reply, dawdle, break off, talk nonsense.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ModelServer(WebApplication app) => _app = app;

    /// <summary>What came in, as JSON.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>What is done with a request whose answer is this; the second figure counts requests from 1.</summary>
    public Func<HttpContext, string, int, Task> Does { get; set; } = (context, _, _) => SayAsync(context, """{"codes":[]}""");

    public LlmSettings Settings => new(new Uri($"{_app.Urls.First()}/v1"), "toy", Key: "k");

    public static async Task<ModelServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ModelServer(app);
        app.MapPost("/v1/chat/completions", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            server.Asked.Enqueue(body);
            await server.Does(context, AnswerIn(body), server.Asked.Count);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>The answer that a request is about.</summary>
    public static string AnswerIn(string body)
    {
        using var json = JsonDocument.Parse(body);
        var content = json.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content");
        var text = content.ValueKind == JsonValueKind.String ? content.GetString()! : content[0].GetProperty("text").GetString()!;
        return JsonSerializer.Deserialize<string>(text)!;
    }

    /// <summary>A whole reply in the interface's form.</summary>
    public static Task SayAsync(HttpContext context, string content)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            id = "1",
            @object = "chat.completion",
            created = 1,
            model = "toy",
            choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content } } },
            usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 },
        }));
    }

    public static Task GiveAsync(HttpContext context, params (string Code, string Quote)[] codes) =>
        SayAsync(context, JsonSerializer.Serialize(new { codes = codes.Select(c => new { reason = "because", code = c.Code, quote = c.Quote }) }));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
