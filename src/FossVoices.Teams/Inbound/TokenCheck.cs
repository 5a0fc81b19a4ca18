using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FossVoices.Teams.Inbound;

/// <summary>What a token that was checked says about what it may bring.</summary>
/// <param name="ServiceUrl">Where the bot is to answer; null where the token does not say.</param>
/// <param name="Channels">The channels for which its key may sign.</param>
internal sealed record Bearer(string? ServiceUrl, IReadOnlySet<string> Channels);

/// <summary>Whether a request comes from Teams: its token is signed by a key of the metadata, for this bot, by the right issuer, and now.</summary>
internal sealed class TokenCheck(TeamsSettings settings, SigningKeys keys, TimeProvider time)
{
    private const string Scheme = "Bearer ";
    private const int LongestToken = 16 * 1024;
    private const int MostRemembered = 256;
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);
    private static readonly ImmutableArray<string> s_algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken };

    /// <summary>Teams sends the same token many times, and checking a signature is the dearest part of hearing a message.</summary>
    private readonly ConcurrentDictionary<string, (string KeyId, DateTimeOffset Until, string? ServiceUrl)> _passed = new(StringComparer.Ordinal);

    /// <param name="authorization">The request's header, or null.</param>
    /// <returns>Null where the token is not to be believed.</returns>
    /// <exception cref="KeysUnavailable">There are no keys to check it by.</exception>
    public async Task<Bearer?> CheckAsync(string? authorization, CancellationToken cancellationToken)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || authorization.Length > LongestToken)
            return null;
        var token = authorization[Scheme.Length..].Trim();
        if (_passed.TryGetValue(token, out var before) && time.GetUtcNow() < before.Until && await keys.FindAsync(before.KeyId, cancellationToken) is { } still)
            return new Bearer(before.ServiceUrl, still.Endorsements);
        if (KeyIdOf(token) is not { } keyId || await keys.FindAsync(keyId, cancellationToken) is not { } key)
            return null;

        var result = await _handler.ValidateTokenAsync(token, Parameters(key.Key));
        if (!result.IsValid || result.SecurityToken is not JsonWebToken read)
            return null;
        var serviceUrl = read.TryGetClaim("serviceurl", out var claim) ? claim.Value : null;
        if (_passed.Count >= MostRemembered)
            _passed.Clear();
        _passed[token] = (keyId, new DateTimeOffset(read.ValidTo, TimeSpan.Zero), serviceUrl);
        return new Bearer(serviceUrl, key.Endorsements);
    }

    private string? KeyIdOf(string token)
    {
        try
        {
            // Anything but a key id that is told leads nowhere: no key is ever tried on the off chance.
            return _handler.CanReadToken(token) && _handler.ReadJsonWebToken(token) is { Kid: { Length: > 0 } kid, Alg: var algorithm } && s_algorithms.Contains(algorithm) ? kid : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private TokenValidationParameters Parameters(SecurityKey key) => new()
    {
        ValidIssuer = settings.Cloud.Issuer,
        ValidAudience = settings.AppId,
        IssuerSigningKey = key,
        ValidAlgorithms = s_algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        ValidateIssuer = true,
        ValidateAudience = true,
        ValidateLifetime = true,
        ValidateIssuerSigningKey = true,
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = (from, until, _, _) => IsNow(from, until, time.GetUtcNow().UtcDateTime),
    };

    /// <summary>Whether a token holds at a time, give or take what clocks differ by.</summary>
    internal static bool IsNow(DateTime? from, DateTime? until, DateTime now) =>
        until is { } end && now < end + s_skew && (from is not { } start || start - s_skew <= now);
}
