using System.Text.Encodings.Web;
using System.Text.Json;

namespace FossVoices.Host.Commands;

/// <summary>How documents are printed.</summary>
internal static class Output
{
    /// <summary>Indented, with the names as given, and people's letters as letters.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
