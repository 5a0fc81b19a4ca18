using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FossVoices.Teams;

/// <summary>JSON as it goes over the wire. Nothing of it is ever put into a page, so letters beyond ASCII stand as they are.</summary>
internal static class Written
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(8 * 1024);
        using (var json = new Utf8JsonWriter(buffer, s_options))
            write(json);
        return buffer.WrittenSpan.ToArray();
    }
}
