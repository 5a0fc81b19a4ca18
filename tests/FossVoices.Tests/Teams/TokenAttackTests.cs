using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FossVoices.Host.Commands;

namespace FossVoices.Tests.Teams;

/// <summary>Everything that is no genuine request of Teams, against the real endpoint of the whole program: nothing of it is heard.</summary>
public sealed class TokenAttackTests
{
    private const string Foreign = "99999999-2222-4333-8444-555555555555";

    private static readonly HttpClient s_client = new();

    private static readonly TokenKey s_evil = TokenKey.Create("msteams");

    private static readonly string[] s_attacks =
    [
        "no header", "empty header", "no token", "basic", "token in the query", "two tokens", "three words", "empty parts", "five parts", "garbage",
        "alg none", "alg None", "alg none unsigned", "no alg", "HS256 with the key's DER", "HS256 with the key's PEM", "HS256 with the modulus", "HS256 with the key set", "HS512 with the key's PEM",
        "PS256", "RS1", "wrong issuer", "issuer of another cloud", "issuer with a slash", "no issuer", "wrong audience", "empty audience", "no audience", "audience in other clothes",
        "expired", "expired for long", "not yet valid", "no expiry", "expiry as text", "unknown key", "another key under this name", "no key name", "key in the token", "key by address",
        "key by certificate", "no endorsement", "endorsement of another channel", "wrong service URL", "no service URL", "service URL that begins alike",
        "body with another service URL", "both with a foreign service URL", "foreign tenant", "no tenant", "one of two tenants foreign", "another channel", "body of no object", "no body",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_genuine_request_is_heard()
    {
        await using var program = await InTeams.StartAsync();
        var (identity, url) = (program.Teams.Identity, program.Teams.ServiceUrl);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        string[] genuine =
        [
            identity.Genuine(url),
            identity.Key.Sign(identity.Claims(url), HashAlgorithmName.SHA384),
            identity.Key.Sign(identity.Claims(url), HashAlgorithmName.SHA512),
            identity.Key.Sign(With(identity.Claims(url), ("exp", now - 240))), // Clocks differ by up to five minutes.
            identity.Key.Sign(With(identity.Claims(url), ("nbf", now + 240))),
            identity.Key.Sign(With(identity.Claims(url), ("serviceurl", url.ToUpperInvariant()))),
            identity.Key.Sign(With(identity.Claims(url), ("nonsense", "more"))),
        ];

        foreach (var token in genuine.Concat(genuine))
            Assert.InRange(await TellAsync(program, $"Bearer {token}", Body(program)), 200, 202);
    }

    [Fact]
    public async Task Nothing_else_is_heard()
    {
        var teams = await LoopbackTeams.StartAsync();
        teams.Identity.Publish(TokenKey.Create());
        teams.Identity.Publish(TokenKey.Create("webchat", "emulator"));
        await using var program = await InTeams.StartAsync(teams);
        await using var foreign = await LoopbackTeams.StartAsync();
        var heard = new List<string>();

        foreach (var attack in s_attacks)
        {
            using var request = Attack(attack, program, foreign);
            using var response = await s_client.SendAsync(request, Token);
            var said = await response.Content.ReadAsStringAsync(Token);
            if (response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest) || said.Length > 0)
                heard.Add($"{attack}: {response.StatusCode} {said}");
            // What is genuine is heard between them as before.
            Assert.InRange(await TellAsync(program, $"Bearer {program.Teams.Identity.Genuine(program.Teams.ServiceUrl)}", Body(program)), 200, 202);
        }

        Assert.Empty(heard);
        Assert.Empty(foreign.Log);
        Assert.Equal(0, foreign.Identity.KeyReads);
        Assert.Equal(0, await program.CountAsync("select count(*) from session"));
    }

    /// <summary>Two thousand changed tokens, and none that means the same.</summary>
    [Fact]
    public async Task No_changed_token_is_heard()
    {
        const int Mutations = 2_000;
        await using var program = await InTeams.StartAsync();
        var genuine = program.Teams.Identity.Genuine(program.Teams.ServiceUrl);
        var body = Body(program);
        var chance = new Random(20_260_417);
        var tried = 0;
        var heard = new List<string>();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, int.MaxValue).Select(_ => Mutant(genuine, chance)).Where(mutant => !MeansTheSame(mutant, genuine)).Take(Mutations),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Token },
            async (mutant, _) =>
            {
                Interlocked.Increment(ref tried);
                if (await TellAsync(program, $"Bearer {mutant}", body) is not (401 or 403 or 400))
                {
                    lock (heard)
                        heard.Add(mutant);
                }
            });

        Assert.Equal(Mutations, tried);
        Assert.Empty(heard);
        Assert.InRange(await TellAsync(program, $"Bearer {genuine}", body), 200, 202);
    }

    /// <summary>Of the body the token vouches for the service URL and the channel; the settings for the tenant.</summary>
    [Fact]
    public async Task No_body_is_heard_whose_bound_parts_were_changed()
    {
        await using var program = await InTeams.StartAsync();
        var genuine = program.Teams.Identity.Genuine(program.Teams.ServiceUrl);
        var chance = new Random(4);
        Action<JsonObject, Func<string, string>>[] bound =
        [
            (activity, change) => activity["serviceUrl"] = change((string)activity["serviceUrl"]!),
            (activity, change) => activity["channelId"] = change((string)activity["channelId"]!),
            (activity, change) => activity["channelData"]!["tenant"]!["id"] = change((string)activity["channelData"]!["tenant"]!["id"]!),
            (activity, change) => activity["conversation"]!["tenantId"] = change((string)activity["conversation"]!["tenantId"]!),
        ];
        var heard = new List<string>();

        for (var i = 0; i < 400; i++)
        {
            var activity = JsonNode.Parse(Body(program))!.AsObject();
            bound[i % bound.Length](activity, text => Changed(text, chance));
            if (await TellAsync(program, $"Bearer {genuine}", Encoding.UTF8.GetBytes(activity.ToJsonString())) is not (401 or 403 or 400))
                heard.Add(activity.ToJsonString());
        }

        Assert.Empty(heard);
    }

    [Fact]
    public async Task A_new_key_is_found_when_it_is_first_used_and_the_old_one_still_holds()
    {
        var clock = new SkippingTime();
        await using var program = await InTeams.StartAsync(await LoopbackTeams.StartAsync(clock), clock);
        var old = program.Teams.Identity.Genuine(program.Teams.ServiceUrl);
        Assert.InRange(await TellAsync(program, $"Bearer {old}", Body(program)), 200, 202);

        program.Teams.Identity.Rotate();
        clock.Skip(TimeSpan.FromMinutes(2)); // A key that is not known is looked for now and then, not each time.

        Assert.InRange(await TellAsync(program, $"Bearer {program.Teams.Identity.Genuine(program.Teams.ServiceUrl)}", Body(program)), 200, 202);
        Assert.InRange(await TellAsync(program, $"Bearer {old}", Body(program)), 200, 202);
    }

    [Fact]
    public async Task A_key_that_was_taken_back_holds_no_longer_than_a_day()
    {
        var clock = new SkippingTime();
        await using var program = await InTeams.StartAsync(await LoopbackTeams.StartAsync(clock), clock);
        var old = program.Teams.Identity.Key;

        program.Teams.Identity.Rotate(keepsOld: false);
        clock.Skip(TimeSpan.FromHours(25));

        Assert.Equal(401, await TellAsync(program, $"Bearer {old.Sign(program.Teams.Identity.Claims(program.Teams.ServiceUrl))}", Body(program)));
        Assert.InRange(await TellAsync(program, $"Bearer {program.Teams.Identity.Genuine(program.Teams.ServiceUrl)}", Body(program)), 200, 202);
    }

    [Fact]
    public async Task A_token_that_was_heard_before_is_not_heard_after_its_end()
    {
        var clock = new SkippingTime();
        await using var program = await InTeams.StartAsync(await LoopbackTeams.StartAsync(clock), clock);
        var token = program.Teams.Identity.Genuine(program.Teams.ServiceUrl);
        Assert.InRange(await TellAsync(program, $"Bearer {token}", Body(program)), 200, 202);

        clock.Skip(TimeSpan.FromMinutes(66));

        Assert.Equal(401, await TellAsync(program, $"Bearer {token}", Body(program)));
    }

    [Fact]
    public async Task It_starts_only_when_it_can_check_who_calls()
    {
        var teams = await LoopbackTeams.StartAsync();
        teams.Identity.IsDown = true;

        var refused = await Assert.ThrowsAsync<CannotRun>(() => InTeams.StartAsync(teams));

        Assert.Contains("nobody who calls could be checked", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_keys_do_not_make_it_read_the_keys_every_time()
    {
        await using var program = await InTeams.StartAsync();
        var before = program.Teams.Identity.KeyReads;

        for (var i = 0; i < 50; i++)
            Assert.Equal(401, await TellAsync(program, $"Bearer {s_evil.Sign(program.Teams.Identity.Claims(program.Teams.ServiceUrl), null, ("kid", $"key-{i}"))}", Body(program)));

        Assert.InRange(program.Teams.Identity.KeyReads - before, 0, 3);
    }

    [Fact]
    public async Task Keys_that_were_read_hold_while_the_metadata_is_away()
    {
        var clock = new SkippingTime();
        await using var program = await InTeams.StartAsync(await LoopbackTeams.StartAsync(clock), clock);
        Assert.InRange(await TellAsync(program, $"Bearer {program.Teams.Identity.Genuine(program.Teams.ServiceUrl)}", Body(program)), 200, 202);

        program.Teams.Identity.IsDown = true;
        clock.Skip(TimeSpan.FromHours(25));

        Assert.InRange(await TellAsync(program, $"Bearer {program.Teams.Identity.Genuine(program.Teams.ServiceUrl)}", Body(program)), 200, 202);
        program.Teams.Identity.Rotate();
        Assert.Contains(await TellAsync(program, $"Bearer {program.Teams.Identity.Genuine(program.Teams.ServiceUrl)}", Body(program)), new[] { 401, 503 });
    }

    private static HttpRequestMessage Attack(string attack, InTeams program, LoopbackTeams foreign)
    {
        var (identity, url) = (program.Teams.Identity, program.Teams.ServiceUrl);
        var (key, claims, now) = (identity.Key, identity.Claims(url), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var (token, body) = (identity.Genuine(url), JsonNode.Parse(Body(program))!.AsObject());
        string Signed(params (string, JsonNode?)[] changes) => key.Sign(With(claims, changes));
        string Hashed(byte[] secret, string algorithm)
        {
            var signed = $"{TokenKey.Part(new JsonObject { ["typ"] = "JWT", ["alg"] = algorithm, ["kid"] = key.Id })}.{TokenKey.Part(claims)}";
            var read = Encoding.ASCII.GetBytes(signed);
            return $"{signed}.{Base64Url.EncodeToString(algorithm == "HS256" ? HMACSHA256.HashData(secret, read) : HMACSHA512.HashData(secret, read))}";
        }

        string Unsigned(JsonNode? algorithm, string signature) =>
            $"{TokenKey.Part(algorithm is null ? new JsonObject { ["kid"] = key.Id } : new JsonObject { ["alg"] = algorithm, ["kid"] = key.Id })}.{TokenKey.Part(claims)}.{signature}";
        string ByKey(TokenKey other, params (string, JsonNode?)[] header) => other.Sign(claims, null, header);

        var signature = token.Split('.')[2];
        var evil = s_evil;
        string? header = null;
        switch (attack)
        {
            case "no header": header = ""; break;
            case "empty header": header = " "; break;
            case "no token": header = "Bearer "; break;
            case "basic": header = $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{TeamsWorld.App}:{TeamsWorld.Secret}"))}"; break;
            case "token in the query": header = ""; break;
            case "two tokens": header = $"Bearer {token}, Bearer {token}"; break;
            case "three words": header = $"Bearer Bearer {token}"; break;
            case "empty parts": token = ".."; break;
            case "five parts": token = $"{token}..{signature}"; break;
            case "garbage": token = new string('a', 5_000); break;
            case "alg none": token = Unsigned("none", signature); break;
            case "alg None": token = Unsigned("nOnE", ""); break;
            case "alg none unsigned": token = Unsigned("none", ""); break;
            case "no alg": token = Unsigned(null, signature); break;
            case "HS256 with the key's DER": token = Hashed(key.Rsa.ExportSubjectPublicKeyInfo(), "HS256"); break;
            case "HS256 with the key's PEM": token = Hashed(Encoding.ASCII.GetBytes(key.Rsa.ExportSubjectPublicKeyInfoPem()), "HS256"); break;
            case "HS512 with the key's PEM": token = Hashed(Encoding.ASCII.GetBytes(key.Rsa.ExportSubjectPublicKeyInfoPem()), "HS512"); break;
            case "HS256 with the modulus": token = Hashed(key.Rsa.ExportParameters(false).Modulus!, "HS256"); break;
            case "HS256 with the key set": token = Hashed(Encoding.UTF8.GetBytes(key.Published().ToJsonString()), "HS256"); break;
            case "PS256": token = Padded(key, claims); break;
            case "RS1": token = key.Sign(claims, HashAlgorithmName.SHA1); break;
            case "wrong issuer": token = Signed(("iss", "https://api.evil.example")); break;
            case "issuer of another cloud": token = Signed(("iss", "https://api.botframework.us")); break;
            case "issuer with a slash": token = Signed(("iss", $"{LoopbackIdentity.Issuer}/")); break;
            case "no issuer": token = Signed(("iss", null)); break;
            case "wrong audience": token = Signed(("aud", "00000000-0000-0000-0000-000000000000")); break;
            case "empty audience": token = Signed(("aud", "")); break;
            case "no audience": token = Signed(("aud", null)); break;
            case "audience in other clothes": token = Signed(("aud", $"api://{TeamsWorld.App}")); break;
            case "expired": token = Signed(("exp", now - 360), ("nbf", now - 4_000)); break;
            case "expired for long": token = Signed(("exp", now - 360_000), ("nbf", now - 400_000)); break;
            case "not yet valid": token = Signed(("nbf", now + 360)); break;
            case "no expiry": token = Signed(("exp", null)); break;
            case "expiry as text": token = Signed(("exp", "never")); break;
            case "unknown key": token = ByKey(evil); break;
            case "another key under this name": token = ByKey(evil, ("kid", key.Id), ("x5t", key.Id)); break;
            case "no key name": token = ByKey(key, ("kid", null), ("x5t", null)); break;
            case "key in the token": token = ByKey(evil, ("jwk", evil.Published())); break;
            case "key by address": token = ByKey(evil, ("jku", $"{foreign.Address}/v1/.well-known/keys"), ("x5u", $"{foreign.Address}/v1/.well-known/keys")); break;
            case "key by certificate":
                using (var certificate = LoopbackTeams.SelfSigned("CN=evil"))
                    token = ByKey(evil, ("x5c", new JsonArray(Convert.ToBase64String(certificate.RawData))));
                break;
            case "no endorsement": token = Endorsed(); break;
            case "endorsement of another channel": token = Endorsed("webchat", "emulator"); break;
            case "wrong service URL": token = Signed(("serviceurl", "https://smba.trafficmanager.net/amer/")); break;
            case "no service URL": token = Signed(("serviceurl", null)); break;
            case "service URL that begins alike": token = Signed(("serviceurl", $"{url}more")); break;
            case "body with another service URL": body["serviceUrl"] = foreign.ServiceUrl; break;
            case "both with a foreign service URL":
                token = Signed(("serviceurl", foreign.ServiceUrl));
                body["serviceUrl"] = foreign.ServiceUrl;
                break;
            case "foreign tenant":
                body["channelData"]!["tenant"]!["id"] = Foreign;
                body["conversation"]!["tenantId"] = Foreign;
                break;
            case "no tenant":
                body["channelData"]!.AsObject().Remove("tenant");
                body["conversation"]!.AsObject().Remove("tenantId");
                break;
            case "one of two tenants foreign": body["channelData"]!["tenant"]!["id"] = Foreign; break;
            case "another channel": body["channelId"] = "webchat"; break;
            case "body of no object" or "no body": break;
            default: throw new ArgumentException($"No such attack: {attack}", nameof(attack));
        }

        var bytes = attack switch { "no body" => [], "body of no object" => "[]"u8.ToArray(), _ => Encoding.UTF8.GetBytes(body.ToJsonString()) };
        var request = program.Teams.Delivery.Request(bytes, header is "" ? null : header ?? $"Bearer {token}");
        if (attack == "token in the query")
            request.RequestUri = new Uri($"{request.RequestUri}?access_token={token}");
        return request;

        string Endorsed(params string[] channels) => identity.Keys.Single(one => one.Endorsements.SequenceEqual(channels)).Sign(claims);
    }

    private static string Padded(TokenKey key, JsonObject claims)
    {
        var signed = $"{TokenKey.Part(new JsonObject { ["typ"] = "JWT", ["alg"] = "PS256", ["kid"] = key.Id })}.{TokenKey.Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pss))}";
    }

    private static string Mutant(string token, Random chance)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/";
        var at = chance.Next(token.Length);
        var parts = token.Split('.');
        return chance.Next(8) switch
        {
            0 => token.Remove(at, 1),
            1 => token.Insert(at, Letters[chance.Next(Letters.Length)].ToString()),
            2 => token[..at],
            3 => $"{parts[0]}.{Tampered(parts[1], chance)}.{parts[2]}",
            4 => $"{Tampered(parts[0], chance)}.{parts[1]}.{parts[2]}",
            5 => $"{parts[chance.Next(3)]}.{parts[chance.Next(3)]}.{parts[chance.Next(3)]}",
            _ => string.Concat(token.AsSpan(0, at), Letters[chance.Next(Letters.Length)].ToString(), token.AsSpan(at + 1)),
        };
    }

    /// <summary>The JSON of a part with one member changed, doubled or taken out.</summary>
    private static string Tampered(string part, Random chance)
    {
        var json = JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
        var name = json.ElementAt(chance.Next(json.Count)).Key;
        switch (chance.Next(3))
        {
            case 0: json.Remove(name); break;
            case 1: json[name] = chance.Next().ToString(System.Globalization.CultureInfo.InvariantCulture); break;
            default: json[$"{name}{chance.Next(10)}"] = json[name]!.DeepClone(); break;
        }

        return TokenKey.Part(json);
    }

    /// <summary>Bits at the end of a part that stand for nothing, and a part that was drawn as it was.</summary>
    private static bool MeansTheSame(string mutant, string genuine)
    {
        var (these, those) = (mutant.Split('.'), genuine.Split('.'));
        try
        {
            return these.Length == those.Length && these.Zip(those).All(pair => Bytes(pair.First).AsSpan().SequenceEqual(Bytes(pair.Second)));
        }
        catch (FormatException)
        {
            return false;
        }

        // With the unused bits at the end, as lenient readers take it.
        static byte[] Bytes(string part) => Convert.FromBase64String(part.Replace('-', '+').Replace('_', '/').TrimEnd('=') is var plain ? plain.PadRight((plain.Length + 3) / 4 * 4, '=') : "");
    }

    private static string Changed(string text, Random chance)
    {
        var at = chance.Next(text.Length);
        while (true)
        {
            var letter = (char)chance.Next('!', '~');
            if (char.ToLowerInvariant(letter) != char.ToLowerInvariant(text[at]) && letter is not ('"' or '\\'))
                return string.Concat(text.AsSpan(0, at), letter.ToString(), text.AsSpan(at + 1));
        }
    }

    private static JsonObject With(JsonObject claims, params (string Name, JsonNode? Value)[] changes)
    {
        var changed = claims.DeepClone().AsObject();
        foreach (var (name, value) in changes)
        {
            changed.Remove(name);
            if (value is not null)
                changed[name] = value;
        }

        return changed;
    }

    /// <summary>Somebody asks for help, which is answered and kept nowhere; each time under a new id.</summary>
    private static byte[] Body(InTeams program)
    {
        var person = program.Organiser;
        var activity = program.Teams.Delivery.Activity("message", person, program.Teams.Chat(person));
        activity["textFormat"] = "plain";
        activity["text"] = "/voices help";
        return Encoding.UTF8.GetBytes(activity.ToJsonString());
    }

    private static async Task<int> TellAsync(InTeams program, string authorization, byte[] body)
    {
        using var request = program.Teams.Delivery.Request(body, authorization);
        using var response = await s_client.SendAsync(request, Token);
        return (int)response.StatusCode;
    }
}
