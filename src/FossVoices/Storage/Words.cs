using System.Buffers.Binary;
using System.Text;

namespace FossVoices.Storage;

/// <summary>
/// How people's own words lie in the database: the one place that writes and reads them. The first byte names the form, so that another one can follow
/// without touching what is there. Words are sealed with their session's key, bound to the answer they belong to; they come back exactly as said, null
/// characters and unpaired surrogates included, which a text column would change.
/// </summary>
internal static class Words
{
    // What was written before words were sealed, and what is inside the seal.
    private const byte AsUtf8 = 1;
    private const byte AsUtf16 = 2;
    private const byte UnderKey = 3;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Where the interviewer's words of an imported turn lie.</summary>
    public static string QuestionOf(string address) => $"{address}?";

    public static byte[] ToBytes(SessionKey key, string address, string said) => [UnderKey, .. key.Seal(address, Plain(said))];

    /// <param name="key">Null where the session has none.</param>
    /// <exception cref="StorageUnavailable">They cannot be read; the message says why.</exception>
    public static string FromBytes(SessionKey? key, string address, byte[] stored) => stored switch
    {
        [UnderKey, ..] when key is null => throw new StorageUnavailable(
            $"The key for the words at '{address}' is gone; restore data/keys/sessions.db from its backup. 'fossvoices doctor' lists what cannot be read."),
        [UnderKey, ..] => Said(key.Open(address, stored.AsSpan(1))),
        _ => Said(stored),
    };

    /// <summary>Whether they can be read only with a key.</summary>
    public static bool NeedKey(byte[] stored) => stored is [UnderKey, ..];

    private static byte[] Plain(string said)
    {
        try
        {
            var bytes = new byte[s_strictUtf8.GetByteCount(said) + 1];
            bytes[0] = AsUtf8;
            s_strictUtf8.GetBytes(said, bytes.AsSpan(1));
            return bytes;
        }
        catch (EncoderFallbackException) // An unpaired surrogate has no UTF-8 form.
        {
            var bytes = new byte[(said.Length * 2) + 1];
            bytes[0] = AsUtf16;
            for (var i = 0; i < said.Length; i++)
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((i * 2) + 1), said[i]);
            return bytes;
        }
    }

    private static string Said(byte[] plain) => plain switch
    {
        [AsUtf8, ..] => s_strictUtf8.GetString(plain.AsSpan(1)),
        [AsUtf16, ..] => string.Create((plain.Length - 1) / 2, plain, (said, bytes) =>
        {
            for (var i = 0; i < said.Length; i++)
                said[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan((i * 2) + 1));
        }),
        _ => throw new StorageUnavailable("An answer in the database has a form that this version does not know; use the version that wrote it, or a newer one."),
    };
}
