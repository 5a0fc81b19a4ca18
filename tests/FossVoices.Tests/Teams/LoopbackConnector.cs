using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FossVoices.Tests.Teams;

/// <summary>What every request to the connector goes through: its token, planned faults, its body read whole; then its route.</summary>
internal sealed class LoopbackConnector(TeamsWorld world, ConnectorRoutes routes, LoopbackIdentity identity, ConnectorFaults faults)
{
    /// <summary>The part of the path before <c>/v3</c>: the region, as the real service has it.</summary>
    public const string Region = "/emea";

    public async Task HandleAsync(HttpContext context)
    {
        // Ids hold colons and semicolons and come escaped: taken apart before they are unescaped.
        var path = (context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0])[(Region + "/v3/").Length..];
        var method = context.Request.Method;
        var fault = faults.Take($"{method} /v3/{Uri.UnescapeDataString(path)}");
        var authorization = context.Request.Headers.Authorization.ToString();
        var (body, status, refused) = (default(JsonNode), 0, "");
        try
        {
            body = await ReadAsync(context.Request);
            if (!identity.Admits(authorization))
                throw ConnectorRefusal.Unauthorized;
            if (fault is ConnectorFault.Refuses(var planned, var wait))
            {
                if (wait is { } seconds)
                    context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                throw new ConnectorRefusal(planned, planned == 429 ? "Throttled" : "ServiceError", "Planned by the test");
            }

            var (code, answer) = routes.Handle(method, [.. path.Split('/').Select(Uri.UnescapeDataString)], body, context.Request.Query["pageSize"], context.Request.Query["continuationToken"]);
            (status, answer) = fault switch
            {
                ConnectorFault.DoneYetRefuses done => throw new ConnectorRefusal(done.Status, "ServiceError", "Planned by the test, after it was done"),
                ConnectorFault.AnswersWithoutId => (202, null),
                _ => (code, answer),
            };
            if (fault is ConnectorFault.LosesReply)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = status;
            context.Response.Headers["MS-CV"] = "loopback.0";
            if (answer is not null)
                await context.Response.WriteAsJsonAsync(answer);
        }
        catch (ConnectorRefusal refusal)
        {
            (status, refused) = (refusal.Status, refusal.Message);
            context.Response.StatusCode = status;
            context.Response.Headers["MS-CV"] = "loopback.0";
            await context.Response.WriteAsJsonAsync(refusal.Body.DeepClone());
        }
        finally
        {
            world.Log.Enqueue(new ConnectorRequest(method, Uri.UnescapeDataString(path), body, authorization, status, refused));
        }
    }

    private static async Task<JsonNode?> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        try
        {
            return text.Length == 0 ? null
                : request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true ? JsonNode.Parse(text)
                : throw new ConnectorRefusal(415, "BadArgument", "The body must be JSON.");
        }
        catch (JsonException)
        {
            throw ConnectorRefusal.BadArgument(["The body is no JSON"]);
        }
    }
}
