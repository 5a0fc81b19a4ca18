using System.Text.Json;
using FossVoices.Discord.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FossVoices.Discord.Interactions;

/// <summary>Interactions over HTTP: Discord asks, the answer goes back inline. Nothing is parsed before the signature is found to hold.</summary>
/// <param name="stopping">Cancelled when the program stops.</param>
internal sealed class InteractionEndpoint(Signature signature, Answering answering, TimeProvider time, CancellationToken stopping)
{
    /// <summary>No interaction comes near; a longer body is not read.</summary>
    public const int LargestBody = 1024 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        var arrived = time.GetTimestamp();
        if (await BodyAsync(context.Request) is not { } body)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        if (!signature.Holds(Single(context.Request, "X-Signature-Ed25519"), Single(context.Request, "X-Signature-Timestamp"), body))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (TryParse(body) is not { } sent)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (ApiJson.Number(sent, "type") == (int)InteractionKind.Ping)
        {
            await AnswerAsync(context.Response, "{\"type\":1}"u8.ToArray());
            return;
        }

        var (answer, hasLeft) = await answering.InlineAsync(sent, arrived, stopping);
        context.Response.OnCompleted(() =>
        {
            hasLeft();
            return Task.CompletedTask;
        });
        if (answer is null)
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        else
            await AnswerAsync(context.Response, JsonSerializer.SerializeToUtf8Bytes(answer));
    }

    private static async Task AnswerAsync(HttpResponse response, byte[] json)
    {
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, response.HttpContext.RequestAborted);
    }

    /// <summary>A header that came exactly once.</summary>
    private static string? Single(HttpRequest request, string name) => request.Headers[name] is [{ } value] ? value : null;

    private static async Task<byte[]?> BodyAsync(HttpRequest request)
    {
        if (request.ContentLength > LargestBody)
            return null;
        using var body = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await request.Body.ReadAsync(part, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            if (body.Length + read > LargestBody)
                return null;
            body.Write(part, 0, read);
        }

        return body.ToArray();
    }

    private static JsonElement? TryParse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Puts the endpoint among those of the program's web server.</summary>
internal static class InteractionRoutes
{
    /// <param name="path">Where Discord sends interactions: the "Interactions Endpoint URL" of the application's page.</param>
    public static IEndpointConventionBuilder MapDiscordInteractions(this IEndpointRouteBuilder routes, string path, InteractionEndpoint endpoint) =>
        routes.MapPost(path, (RequestDelegate)endpoint.HandleAsync);
}
