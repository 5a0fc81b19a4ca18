using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace FossVoices.Tests.Discord;

/// <summary>What every request to the loopback Discord goes through: User-Agent, token, limits, its body read whole; then its route.</summary>
internal sealed partial class LoopbackApi(LoopbackWorld world, LoopbackRoutes routes, LoopbackLimits limits, TimeProvider time)
{
    private const int LargestFile = 10 * 1024 * 1024;

    private readonly long _began = time.GetTimestamp();

    public async Task HandleAsync(HttpContext context)
    {
        var at = time.GetElapsedTime(_began);
        var path = (context.Request.Path.Value ?? "")["/api/v10/".Length..];
        var (body, files) = (default(JsonNode), (IReadOnlyDictionary<string, byte[]>)new Dictionary<string, byte[]>(StringComparer.Ordinal));
        try
        {
            var parts = path.Split('/');
            var isOwnToken = parts[0] is "interactions" or "webhooks";
            if (!UserAgent().IsMatch(context.Request.Headers.UserAgent.ToString()))
                throw new LoopbackRefusal(403, 40333, "internal network error");
            (body, files) = await ReadAsync(context.Request);
            if (!isOwnToken && (world.RefusesToken || context.Request.Headers.Authorization.ToString() != $"Bot {LoopbackWorld.Token}"))
                throw LoopbackRefusal.Unauthorized;
            if (await limits.RefusesAsync(context, $"{context.Request.Method} {path}", LoopbackRoutes.Bucket(context.Request.Method, parts), countsGlobally: !isOwnToken))
                return;
            if (routes.Handle(new RestCall(context.Request.Method, parts, body, files, context.Request.Query)) is { } answer)
                await context.Response.WriteAsJsonAsync(answer);
            else
                context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (LoopbackRefusal refusal)
        {
            context.Response.StatusCode = refusal.Status;
            await context.Response.WriteAsJsonAsync(refusal.Body.DeepClone());
        }
        finally
        {
            world.Log.Enqueue(new LoggedRequest(context.Request.Method, path, body, files, context.Response.StatusCode, at));
        }
    }

    private static async Task<(JsonNode? Body, IReadOnlyDictionary<string, byte[]> Files)> ReadAsync(HttpRequest request)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (!request.HasFormContentType)
        {
            using var reader = new StreamReader(request.Body);
            return (Parse(await reader.ReadToEndAsync(request.HttpContext.RequestAborted)), files);
        }

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var body = Parse(form["payload_json"].ToString());
        var message = body?["data"] as JsonObject ?? body;
        foreach (var file in form.Files)
        {
            if (file.Length > LargestFile)
                throw new LoopbackRefusal(413, 40005, "Request entity too large");
            if (!FilePart().IsMatch(file.Name))
                throw LoopbackRefusal.InvalidForm([$"/{file.Name}: no such part"]);
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, request.HttpContext.RequestAborted);
            files[file.FileName] = bytes.ToArray();
        }

        // An attachment that describes no file that came along, by its index.
        var described = (message?["attachments"] as JsonArray ?? []).Select(a => a?["id"]?.ToString()).ToArray();
        if (described.Any(id => id is { Length: < 5 } && form.Files.GetFile($"files[{id}]") is null))
            throw LoopbackRefusal.InvalidForm(["/attachments: no such file"]);
        return (body, files);
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw new LoopbackRefusal(400, 50109, "The request body contains invalid JSON.");
        }
    }

    [GeneratedRegex(@"^DiscordBot \(\S+, \S+\)", RegexOptions.None, 1000)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"^files\[\d\]$", RegexOptions.None, 1000)]
    private static partial Regex FilePart();
}
