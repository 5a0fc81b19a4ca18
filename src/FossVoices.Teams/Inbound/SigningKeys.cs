using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace FossVoices.Teams.Inbound;

/// <summary>A key that signs for Teams, with the channels it may sign for.</summary>
internal sealed record SigningKey(JsonWebKey Key, FrozenSet<string> Endorsements);

/// <summary>The keys can't be had now.</summary>
internal sealed class KeysUnavailable(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The signing keys that the OpenID metadata names, kept for a day. A key that is not known is looked for at most once a minute, so that made-up key ids
/// cost nobody anything; the endorsements, which say for which channels a key may sign, are no part of OpenID and are read here.
/// </summary>
internal sealed class SigningKeys(HttpClient http, Uri metadata, TimeProvider time) : IDisposable
{
    private const int LongestDocument = 1024 * 1024;
    private static readonly TimeSpan s_fresh = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_between = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private FrozenDictionary<string, SigningKey> _keys = FrozenDictionary<string, SigningKey>.Empty;
    private DateTimeOffset _read = DateTimeOffset.MinValue;
    private DateTimeOffset _tried = DateTimeOffset.MinValue;

    /// <summary>The key of an id; null where there is none.</summary>
    /// <exception cref="KeysUnavailable">There are no keys at all yet.</exception>
    public async ValueTask<SigningKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (_keys.GetValueOrDefault(id) is { } known && time.GetUtcNow() < _read + s_fresh)
            return known;
        await _one.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if ((now >= _read + s_fresh || !_keys.ContainsKey(id)) && now >= _tried + s_between)
            {
                try
                {
                    await ReadAsync(cancellationToken);
                }
                catch (KeysUnavailable) when (_keys.Count > 0)
                {
                    // What was known yesterday still holds until the keys can be read again.
                }
            }

            return _keys.GetValueOrDefault(id);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Reads the keys now, as a start needs them.</summary>
    /// <exception cref="KeysUnavailable">They can't be had; the message says why.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        _tried = time.GetUtcNow();
        try
        {
            using var openId = await GetAsync(metadata, cancellationToken);
            if (!Uri.TryCreate(openId.RootElement.GetProperty("jwks_uri").GetString(), UriKind.Absolute, out var address)
                || !(address.Scheme == Uri.UriSchemeHttps || (address is { Scheme: "http", IsLoopback: true } && metadata.IsLoopback)))
            {
                throw new KeysUnavailable($"{metadata} names no address of signing keys that can be trusted.");
            }

            using var set = await GetAsync(address, cancellationToken);
            var keys = set.RootElement.GetProperty("keys").EnumerateArray().Select(Read).OfType<SigningKey>()
                .GroupBy(key => key.Key.KeyId, StringComparer.Ordinal).ToFrozenDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
            if (keys.Count == 0)
                throw new KeysUnavailable($"{address} holds no signing keys.");
            (_keys, _read) = (keys, _tried);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new KeysUnavailable($"{metadata} can't be read ({e.GetType().Name}: {e.Message}).", e);
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<JsonDocument> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(LongestDocument, cancellationToken);
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private static SigningKey? Read(JsonElement json)
    {
        var key = new JsonWebKey(json.GetRawText());
        if (key.Kty != JsonWebAlgorithmsKeyTypes.RSA || string.IsNullOrEmpty(key.KeyId) || key.Use is not (null or "" or "sig"))
            return null;
        var endorsements = json.TryGetProperty("endorsements", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)
            : [];
        return new SigningKey(key, endorsements.ToFrozenSet(StringComparer.Ordinal));
    }
}
