using System.Text;

namespace FossVoices.Storage;

/// <summary>
/// How people's own words lie in the database: the one place that writes and reads them. The first byte names the form, so that another one can follow
/// without touching what is there. Words come back exactly as said, null characters and unpaired surrogates included, which a text column would change.
/// </summary>
internal static class Words
{
    private const byte AsUtf8 = 1;
    private const byte AsUtf16 = 2;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] ToBytes(string said)
    {
        try
        {
            var bytes = new byte[StrictUtf8.GetByteCount(said) + 1];
            bytes[0] = AsUtf8;
            StrictUtf8.GetBytes(said, bytes.AsSpan(1));
            return bytes;
        }
        catch (EncoderFallbackException) // An unpaired surrogate has no UTF-8 form.
        {
            var bytes = new byte[(said.Length * 2) + 1];
            bytes[0] = AsUtf16;
            for (var i = 0; i < said.Length; i++)
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((i * 2) + 1), said[i]);
            return bytes;
        }
    }

    public static string FromBytes(byte[] stored) => stored switch
    {
        [AsUtf8, ..] => StrictUtf8.GetString(stored.AsSpan(1)),
        [AsUtf16, ..] => string.Create((stored.Length - 1) / 2, stored, (said, bytes) =>
        {
            for (var i = 0; i < said.Length; i++)
                said[i] = (char)System.Buffers.Binary.BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan((i * 2) + 1));
        }),
        _ => throw new StorageUnavailable("An answer in the database has a form that this version does not know; use the version that wrote it, or a newer one."),
    };
}
