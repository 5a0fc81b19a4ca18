using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FossVoices.Tests.Teams;

/// <summary>A key that signs tokens, and what is published of it.</summary>
/// <param name="Endorsements">The channels that it may speak for.</param>
internal sealed record TokenKey(string Id, RSA Rsa, IReadOnlyList<string> Endorsements) : IDisposable
{
    public static TokenKey Create(params string[] endorsements) =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(20)), RSA.Create(2048), endorsements);

    /// <summary>As the key set tells of it.</summary>
    public JsonObject Published()
    {
        var numbers = Rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = Id,
            ["x5t"] = Id,
            ["n"] = Base64Url.EncodeToString(numbers.Modulus),
            ["e"] = Base64Url.EncodeToString(numbers.Exponent),
            ["endorsements"] = new JsonArray([.. Endorsements.Select(e => (JsonNode)e)]),
        };
    }

    /// <summary>A signed token.</summary>
    /// <param name="header">Changes to the header; a null takes a member out.</param>
    public string Sign(JsonObject claims, HashAlgorithmName? hash = null, params (string Name, JsonNode? Value)[] header)
    {
        var algorithm = hash ?? HashAlgorithmName.SHA256;
        var head = new JsonObject { ["typ"] = "JWT", ["alg"] = $"RS{algorithm.Name![3..]}", ["kid"] = Id, ["x5t"] = Id };
        foreach (var (name, value) in header)
        {
            head.Remove(name);
            if (value is not null)
                head[name] = value.DeepClone();
        }

        var signed = $"{Part(head)}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(Rsa.SignData(Encoding.ASCII.GetBytes(signed), algorithm, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>One of the three parts of a token.</summary>
    public static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    public void Dispose() => Rsa.Dispose();
}
