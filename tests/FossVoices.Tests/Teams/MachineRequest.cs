using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FossVoices.Tests.Teams;

/// <summary>
/// The endpoints by which a machine in Azure gets tokens for its identity: the one that App Service names in the environment, with a secret header, and the metadata
/// service of a virtual machine.
/// </summary>
internal static class MachineRequest
{
    /// <summary>The client id of the identity that the machine has.</summary>
    public const string Identity = "22222222-3333-4444-8555-666666666666";

    public const string AppService = "/msi/token";
    public const string AppServiceSecret = "loopback-identity-header";
    public const string Metadata = "/metadata/identity/oauth2/token";

    private const string Resource = "https://api.botframework.com";

    /// <summary>What is wrong with the request; null where the machine's identity gets its token.</summary>
    /// <exception cref="InvalidOperationException">The path is neither of the two.</exception>
    public static string? Refusal(HttpRequest request)
    {
        var (isApp, query) = (request.Path == AppService, request.Query);
        if (!isApp && request.Path != Metadata)
            throw new InvalidOperationException($"{request.Path} is no endpoint of a machine.");
        return !HttpMethods.IsGet(request.Method) ? "not a GET"
            : isApp && request.Headers["X-IDENTITY-HEADER"] != AppServiceSecret ? "the header does not hold the secret"
            : !isApp && request.Headers["Metadata"] != "true" ? "the header Metadata is missing"
            : query["api-version"] != (isApp ? "2019-08-01" : "2018-02-01") ? $"nobody knows the version {query["api-version"]}"
            : query["resource"] != Resource ? $"no token is given for {query["resource"]}"
            : query["client_id"] != Identity ? "the machine has no such identity"
            : null;
    }

    /// <param name="given">What the login gives in the way of applications.</param>
    public static JsonObject Answer(JsonObject given, DateTimeOffset now) => new()
    {
        ["access_token"] = given["access_token"]!.DeepClone(),
        ["expires_in"] = given["expires_in"]!.ToString(),
        ["expires_on"] = (now.ToUnixTimeSeconds() + (int)given["expires_in"]!).ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["resource"] = Resource,
        ["token_type"] = "Bearer",
        ["client_id"] = Identity,
    };
}
