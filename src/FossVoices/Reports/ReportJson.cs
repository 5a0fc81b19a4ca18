using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FossVoices.Reports;

/// <summary>
/// A report as JSON: the snapshot itself. A channel's holds what a channel may see; a researcher's holds the counts, from which
/// every figure can be computed again.
/// </summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Of(GapReport report) => JsonSerializer.Serialize(report, Options);

    /// <exception cref="JsonException">The text is no report.</exception>
    public static GapReport Read(string json) =>
        JsonSerializer.Deserialize<GapReport>(json, Options) ?? throw new JsonException("A report is an object, not null.");
}
