using System.Text;
using FossVoices.Discord.Interactions;
using Microsoft.Extensions.Time.Testing;
using Org.BouncyCastle.Crypto.Parameters;

namespace FossVoices.Tests.Discord;

/// <summary>Only what Discord signed just now is heard. Signed by one library (BouncyCastle), verified by another (NSec).</summary>
public sealed class SignatureTests
{
    private static readonly DateTimeOffset s_now = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Ed25519PrivateKeyParameters s_key = new(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray(), 0);

    private readonly FakeTimeProvider _time = new(s_now);

    private Signature Sut => Signature.TryCreate(DiscordSigner.PublicKey(s_key), _time)!;

    private static string Stamp(TimeSpan off = default) => (s_now + off).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Sign(string stamp, byte[] body, Ed25519PrivateKeyParameters? key = null) => Convert.ToHexStringLower(DiscordSigner.Sign(key ?? s_key, stamp, body));

    [Fact]
    public void Every_genuine_request_is_accepted_and_no_mutation_of_it_is()
    {
        var random = new Random(20260801);
        var (sut, kinds) = (Sut, new SortedDictionary<string, int>(StringComparer.Ordinal));
        for (var i = 0; i < 211; i++)
        {
            var body = Encoding.UTF8.GetBytes($$$"""{"type":{{{1 + i % 5}}},"id":"{{{random.NextInt64()}}}","data":{"custom_id":"{{{new string('x', i)}}}é"}}""");
            var stamp = Stamp(TimeSpan.FromSeconds(i - 105));
            var signature = Sign(stamp, body);
            Assert.True(sut.Holds(signature, stamp, body), "a genuine request was refused");

            foreach (var (kind, mutated) in Mutations(random, signature, stamp, body))
            {
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                Assert.False(sut.Holds(mutated.Signature, mutated.Stamp, mutated.Body), $"accepted: {kind} {mutated.Signature} {mutated.Stamp}");
            }
        }

        Assert.True(kinds.Values.Sum() >= 2000, $"only {kinds.Values.Sum()} mutations");
        Assert.All(kinds.Values, count => Assert.True(count >= 200));
    }

    private static IEnumerable<(string Kind, (string? Signature, string? Stamp, byte[] Body) Mutated)> Mutations(Random random, string signature, string stamp, byte[] body)
    {
        byte[] Flipped(byte[] bytes)
        {
            var copy = (byte[])bytes.Clone();
            copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
            return copy;
        }

        var bytes = Convert.FromHexString(signature);
        yield return ("a bit of the body", (signature, stamp, Flipped(body)));
        yield return ("a bit of the signature", (Convert.ToHexStringLower(Flipped(bytes)), stamp, body));
        yield return ("a byte more in the body", (signature, stamp, [.. body, (byte)' ']));
        yield return ("a byte less in the body", (signature, stamp, body[..^1]));
        yield return ("no body", (signature, stamp, []));
        yield return ("another second", (signature, Stamp(TimeSpan.FromSeconds(random.Next(106, 200))), body));
        yield return ("a digit moved from the timestamp into the body", (signature, stamp[..^1], [(byte)stamp[^1], .. body]));
        yield return ("a leading zero in the timestamp", (signature, "0" + stamp, body));
        yield return ("a space in the timestamp", (signature, stamp + " ", body));
        yield return ("no timestamp", (signature, null, body));
        yield return ("no signature", (null, stamp, body));
        yield return ("a short signature", (signature[..^2], stamp, body));
        yield return ("a long signature", (signature + "00", stamp, body));
        yield return ("a letter that is no digit", (signature[..^1] + "g", stamp, body));
        yield return ("another key", (Sign(stamp, body, new Ed25519PrivateKeyParameters(Flipped(s_key.GetEncoded()), 0)), stamp, body));
        yield return ("a signature of zeros", (new string('0', 128), stamp, body));
        yield return ("halves exchanged", (signature[64..] + signature[..64], stamp, body));
        yield return ("S plus the group's order", (Convert.ToHexStringLower([.. bytes[..32], .. PlusOrder(bytes[32..])]), stamp, body));
        yield return ("too old, and signed", (Sign(Stamp(TimeSpan.FromSeconds(-301 - random.Next(9999))), body), Stamp(TimeSpan.FromSeconds(-301)), body));
    }

    /// <summary>The same scalar in a second writing: what a verifier that does not check for it would accept (RFC 8032, 5.1.7).</summary>
    private static byte[] PlusOrder(byte[] scalar)
    {
        var order = System.Numerics.BigInteger.Parse("7237005577332262213973186563042994240857116359379907606001950938285454250989", System.Globalization.CultureInfo.InvariantCulture);
        var sum = new System.Numerics.BigInteger(scalar, isUnsigned: true) + order;
        var bytes = sum.ToByteArray(isUnsigned: true);
        Array.Resize(ref bytes, 32);
        return bytes;
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void A_timestamp_may_be_five_minutes_off(int seconds, bool holds)
    {
        var stamp = Stamp(TimeSpan.FromSeconds(seconds));

        Assert.Equal(holds, Sut.Holds(Sign(stamp, "{}"u8.ToArray()), stamp, "{}"u8));
    }

    [Fact]
    public void A_request_grows_stale_while_it_waits()
    {
        var (sut, stamp) = (Sut, Stamp());
        var signature = Sign(stamp, "{}"u8.ToArray());
        Assert.True(sut.Holds(signature, stamp, "{}"u8));

        _time.Advance(TimeSpan.FromMinutes(5.1));

        Assert.False(sut.Holds(signature, stamp, "{}"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abcd")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    public void What_is_no_public_key_is_told_at_the_start(string key) => Assert.Null(Signature.TryCreate(key, _time));

    [Fact]
    public void The_test_vector_of_RFC_8032_holds_for_the_library()
    {
        // RFC 8032, 7.1, test 2: one byte, 0x72.
        var key = NSec.Cryptography.PublicKey.Import(NSec.Cryptography.SignatureAlgorithm.Ed25519,
            Convert.FromHexString("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"), NSec.Cryptography.KeyBlobFormat.RawPublicKey);
        var signature = Convert.FromHexString("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

        Assert.True(NSec.Cryptography.SignatureAlgorithm.Ed25519.Verify(key, [0x72], signature));
    }
}
