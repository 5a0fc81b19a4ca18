using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace FossVoices.Tests.Discord;

/// <summary>Signs as Discord does, by a library other than the one that verifies.</summary>
internal static class DiscordSigner
{
    public static byte[] Sign(Ed25519PrivateKeyParameters key, string timestamp, byte[] body)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, key);
        signer.BlockUpdate(Encoding.ASCII.GetBytes(timestamp));
        signer.BlockUpdate(body);
        return signer.GenerateSignature();
    }

    public static string PublicKey(Ed25519PrivateKeyParameters key) => Convert.ToHexStringLower(key.GeneratePublicKey().GetEncoded());
}
