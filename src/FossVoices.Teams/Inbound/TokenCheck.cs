using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
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
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);
    private static readonly ImmutableArray<string> s_algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken };

    /// <summary>
    /// Tokens that were checked, by their hash: Teams sends the same one many times, and checking a signature is the dearest part of hearing a message. One holds
    /// to its end at most, without the leeway that clocks get, and no longer than the very key that it was checked by: keys that are read anew are other keys.
    /// </summary>
    private readonly Recent<UInt128, (SigningKey Key, DateTimeOffset Until, Bearer Bearer)> _passed = new(half: 256);

    /// <param name="authorization">The request's header, or null.</param>
    /// <returns>Null where the token is not to be believed.</returns>
    /// <exception cref="KeysUnavailable">There are no keys to check it by.</exception>
    public async Task<Bearer?> CheckAsync(string? authorization, CancellationToken cancellationToken)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || authorization.Length > LongestToken)
            return null;
        var token = authorization[Scheme.Length..].Trim();
        var hash = HashOf(token);
        if (_passed.TryFind(hash, out var before) && time.GetUtcNow() < before.Until && await keys.FindAsync(before.Key.Key.KeyId, cancellationToken) == before.Key)
            return before.Bearer;
        if (KeyIdOf(token) is not { } keyId || await keys.FindAsync(keyId, cancellationToken) is not { } key)
            return null;

        var result = await _handler.ValidateTokenAsync(token, Parameters(key.Key));
        if (!result.IsValid || result.SecurityToken is not JsonWebToken read)
            return null;
        var serviceUrl = read.TryGetClaim("serviceurl", out var claim) ? claim.Value : null;
        var bearer = new Bearer(serviceUrl, key.Endorsements);
        _passed.Keep(hash, (key, new DateTimeOffset(read.ValidTo, TimeSpan.Zero), bearer));
        return bearer;
    }

    /// <summary>Half of SHA-256: whoever could find another token for it could forge signatures as well.</summary>
    private static UInt128 HashOf(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
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
