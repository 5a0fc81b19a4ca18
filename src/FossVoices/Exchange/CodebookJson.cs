using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using FossVoices.Codebooks;
using FossVoices.Definitions;

namespace FossVoices.Exchange;

/// <summary>Writes a codebook as the study's own file, <c>codebook.json</c>.</summary>
internal static class CodebookJson
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static void Write(Codebook codebook, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "../schema/codebook.schema.json");
            json.WriteString("id", codebook.Id);
            json.WriteNumber("version", codebook.Version);
            json.WriteStartArray("codes");
            foreach (var code in codebook.Codes)
                WriteCode(code, json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteCode(Code code, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", code.Id);
        json.WriteString("label", code.Label);
        Text("parent", code.Parent);
        if (code.IsCategory)
            json.WriteBoolean("category", true);
        if (code.Status != CodeStatus.Active)
            json.WriteString("status", Spelling.Of(code.Status));
        Text("merged_into", code.MergedInto);
        Text("guid", code.Guid);
        Text("color", code.Color);
        json.WriteString("brief", code.Brief);
        Text("full", code.Full);
        Texts("use_when", code.UseWhen);
        Texts("not_when", code.NotWhen);
        Texts("examples", code.Examples);
        Texts("counter_examples", code.CounterExamples);
        Texts("aliases", code.Aliases);
        if (!code.Indicators.IsEmpty)
        {
            json.WriteStartArray("indicators");
            foreach (var indicator in code.Indicators)
                WriteIndicator(indicator);
            json.WriteEndArray();
        }

        json.WriteEndObject();

        void Text(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                json.WriteString(key, value);
        }

        void Texts(string key, ImmutableArray<string> values)
        {
            if (values.IsEmpty)
                return;
            json.WriteStartArray(key);
            foreach (var value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }

        void WriteIndicator(Indicator indicator)
        {
            json.WriteStartObject();
            json.WriteString("id", indicator.Id);
            Texts("any", indicator.Any);
            if (indicator.Near is { } near)
            {
                json.WriteStartObject("near");
                Texts("any", near.Any);
                json.WriteNumber("within", near.Within);
                json.WriteEndObject();
            }

            Texts("not", indicator.Not);
            if (indicator.Confidence is { } confidence)
                json.WriteNumber("confidence", confidence);
            json.WriteEndObject();
        }
    }
}
