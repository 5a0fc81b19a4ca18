using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FossVoices.Tests.Teams;

/// <summary>Judges a request for a token as the login host does: grant, client, scope, and the secret or the signed assertion.</summary>
internal static class TokenRequest
{
    private const string Assertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>Why no token is given; null where one is.</summary>
    public static async Task<(int Status, JsonObject Body)?> RefusalAsync(HttpContext context, LoopbackIdentity identity, TimeProvider time)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType)
            return Refusal(400, "invalid_request", 900144, "The request must be a form.");
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (context.Request.Path.Value!.Split('/')[1] is var tenant && tenant != TeamsWorld.Tenant && tenant != "botframework.com")
            return Refusal(400, "invalid_request", 90002, $"Tenant '{tenant}' not found.");
        if (form["grant_type"] != "client_credentials")
            return Refusal(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        if (form["scope"].ToString().Split(' ') is var scopes && !scopes.Contains(LoopbackIdentity.Scope, StringComparer.Ordinal))
            return Refusal(400, "invalid_scope", 1002012, "The provided value for scope is not valid.");
        if (form["client_assertion_type"] == Assertion)
        {
            return IsSigned(form["client_assertion"].ToString(), identity, time, $"https://{context.Request.Host}{context.Request.Path}")
                ? null
                : Refusal(401, "invalid_client", 700027, "The certificate used to sign the client assertion is not registered.");
        }

        var client = form["client_id"].ToString();
        var secret = form["client_secret"].ToString();
        if (Basic(context) is [var id, var own])
            (client, secret) = (id, own);
        return client != TeamsWorld.App ? Refusal(400, "unauthorized_client", 700016, "Application was not found in the directory.")
            : secret != TeamsWorld.Secret ? Refusal(401, "invalid_client", 7000215, "Invalid client secret provided.")
            : null;
    }

    private static string[]? Basic(HttpContext context) => context.Request.Headers.Authorization.ToString() is ['B', 'a', 's', 'i', 'c', ' ', .. var encoded]
        ? Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).Split(':', 2)
        : null;

    /// <summary>Signed by the bot's certificate, which it names; for this client and endpoint; valid now, and for no longer than such a thing needs to be.</summary>
    private static bool IsSigned(string assertion, LoopbackIdentity identity, TimeProvider time, string endpoint)
    {
        if (identity.BotCertificate is not { } certificate || certificate.GetRSAPublicKey() is not { } key || assertion.Split('.') is not [var head, var claims, var signature])
            return false;
        var padding = (string?)Json(head)["alg"] switch
        {
            "RS256" => RSASignaturePadding.Pkcs1,
            "PS256" => RSASignaturePadding.Pss,
            _ => null,
        };
        var names = (string?)Json(head)["x5t#S256"] is { } thumbprint ? thumbprint == Base64Url.EncodeToString(SHA256.HashData(certificate.RawData))
            : (string?)Json(head)["x5t"] == Base64Url.EncodeToString(certificate.GetCertHash());
        var (told, now) = (Json(claims), time.GetUtcNow().ToUnixTimeSeconds());
        var (from, until) = (Seconds(told["nbf"]), Seconds(told["exp"]));
        return padding is not null && names
            && key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, padding)
            && (string?)told["iss"] == TeamsWorld.App && (string?)told["sub"] == TeamsWorld.App
            && (string?)told["aud"] == endpoint && !string.IsNullOrEmpty((string?)told["jti"])
            && from - 300 <= now && now < until && until - from <= 3600;
    }

    /// <summary>The library writes times as texts, which the login takes.</summary>
    private static long Seconds(JsonNode? time) => long.Parse(time!.ToString(), System.Globalization.CultureInfo.InvariantCulture);

    private static JsonNode Json(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!;

    private static (int, JsonObject) Refusal(int status, string error, int code, string description) => (status, new JsonObject
    {
        ["error"] = error,
        ["error_description"] = $"AADSTS{code}: {description}",
        ["error_codes"] = new JsonArray(code),
        ["timestamp"] = "2026-01-01 00:00:00Z",
        ["trace_id"] = "00000000-0000-0000-0000-000000000001",
        ["correlation_id"] = "00000000-0000-0000-0000-000000000002",
    });
}
