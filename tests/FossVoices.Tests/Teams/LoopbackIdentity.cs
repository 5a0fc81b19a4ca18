using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FossVoices.Tests.Teams;

/// <summary>
/// Who vouches for whom: OpenID metadata and keys for the tokens that Teams sends, and the endpoint that gives the bot a token of its own.
/// Written without the libraries that the bot uses, so that both are held to account.
/// </summary>
internal sealed class LoopbackIdentity(TimeProvider time, Func<string> address) : IDisposable
{
    public const string Issuer = "https://api.botframework.com";
    public const string Scope = "https://api.botframework.com/.default";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(60);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _given = new(StringComparer.Ordinal);
    private int _tokens;
    private int _metadataReads;

    /// <summary>Whether the metadata and keys can be read.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often the keys were read.</summary>
    public int KeyReads => _metadataReads;

    /// <summary>How many tokens the bot was given.</summary>
    public int TokensGiven => _tokens;

    /// <summary>The keys that are published.</summary>
    public ConcurrentQueue<TokenKey> Keys { get; } = new([TokenKey.Create("msteams", "webchat")]);

    /// <summary>The key that signs.</summary>
    public TokenKey Key => Keys.Last();

    /// <summary>The certificate that the bot may show in place of its secret; null where it has none.</summary>
    public X509Certificate2? BotCertificate { get; set; }

    /// <summary>Publishes a key that does not sign.</summary>
    public void Publish(TokenKey key)
    {
        var signing = Keys.ToArray();
        Keys.Clear();
        Keys.Enqueue(key);
        foreach (var one in signing)
            Keys.Enqueue(one);
    }

    /// <summary>A new signing key; the old one stays published where <paramref name="keepsOld"/>.</summary>
    public TokenKey Rotate(bool keepsOld = true)
    {
        if (!keepsOld)
            Keys.Clear();
        Keys.Enqueue(TokenKey.Create("msteams", "webchat"));
        return Key;
    }

    /// <summary>A genuine token for an activity from this address.</summary>
    public string Genuine(string serviceUrl) => Key.Sign(Claims(serviceUrl));

    public JsonObject Claims(string serviceUrl)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject { ["serviceurl"] = serviceUrl, ["nbf"] = now, ["exp"] = now + (long)s_lifetime.TotalSeconds, ["iss"] = Issuer, ["aud"] = TeamsWorld.App };
    }

    /// <summary>Whether this header carries a token that the bot was given and that still holds.</summary>
    public bool Admits(string authorization) => authorization.StartsWith("Bearer ", StringComparison.Ordinal)
        && _given.TryGetValue(authorization["Bearer ".Length..], out var until) && time.GetUtcNow() < until;

    /// <summary>Takes back every token that was given, as when a secret is renewed.</summary>
    public void RevokeAll() => _given.Clear();

    /// <returns>Whether the path is one of its own.</returns>
    public async Task<bool> TryHandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var answer = path switch
        {
            "/v1/.well-known/openidconfiguration" or "/v1/.well-known/openid-configuration" => Metadata(),
            "/v1/.well-known/keys" => KeySet(),
            "/common/discovery/instance" => Discovery(),
            _ when path.EndsWith("/v2.0/.well-known/openid-configuration", StringComparison.Ordinal) => Tenant(path),
            _ => null,
        };
        if (answer is not null)
        {
            context.Response.StatusCode = IsDown ? 503 : 200;
            await context.Response.WriteAsJsonAsync(IsDown ? new JsonObject() : answer);
            return true;
        }

        if (path is MachineRequest.AppService or MachineRequest.Metadata)
        {
            var why = MachineRequest.Refusal(context.Request);
            context.Response.StatusCode = why is null ? 200 : 400;
            await context.Response.WriteAsJsonAsync(why is null ? MachineRequest.Answer(Give(), time.GetUtcNow()) : new JsonObject { ["error"] = "invalid_request", ["error_description"] = why });
            return true;
        }

        if (!path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal))
            return false;
        var refusal = await TokenRequest.RefusalAsync(context, this, time);
        context.Response.StatusCode = refusal is null ? 200 : refusal.Value.Status;
        await context.Response.WriteAsJsonAsync(refusal is null ? Give() : refusal.Value.Body);
        return true;
    }

    public void Dispose()
    {
        foreach (var key in Keys)
            key.Dispose();
        BotCertificate?.Dispose();
    }

    private JsonObject Metadata() => new()
    {
        ["issuer"] = Issuer,
        ["authorization_endpoint"] = "https://invalid.botframework.com",
        ["jwks_uri"] = $"{address()}/v1/.well-known/keys",
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt"),
    };

    private JsonObject KeySet()
    {
        if (!IsDown)
            Interlocked.Increment(ref _metadataReads);
        return new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(key => key.Published())]) };
    }

    private JsonObject Discovery() => new()
    {
        ["tenant_discovery_endpoint"] = $"{address()}/{TeamsWorld.Tenant}/v2.0/.well-known/openid-configuration",
        ["api-version"] = "1.1",
        ["metadata"] = new JsonArray(),
    };

    private JsonObject Tenant(string path)
    {
        var authority = address() + path[..path.IndexOf("/v2.0/", StringComparison.Ordinal)];
        return new JsonObject
        {
            ["issuer"] = $"{authority}/v2.0",
            ["token_endpoint"] = $"{authority}/oauth2/v2.0/token",
            ["authorization_endpoint"] = $"{authority}/oauth2/v2.0/authorize",
            ["jwks_uri"] = $"{authority}/discovery/v2.0/keys",
        };
    }

    private JsonObject Give()
    {
        var token = $"loopback-{Interlocked.Increment(ref _tokens)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";
        _given[token] = time.GetUtcNow() + s_lifetime;
        return new JsonObject { ["token_type"] = "Bearer", ["expires_in"] = (int)s_lifetime.TotalSeconds - 1, ["ext_expires_in"] = (int)s_lifetime.TotalSeconds - 1, ["access_token"] = token };
    }
}
