using System.Text.Encodings.Web;
using System.Text.Json;

namespace FossVoices.Exchange;

/// <summary>Writes tables as JSON lines: one object a row, the columns as keys, null for nothing.</summary>
internal static class JsonLinesTable
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Table table, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, s_options);
        foreach (var row in table.Rows)
        {
            json.WriteStartObject();
            for (var i = 0; i < row.Length; i++)
                WriteCell(json, table.Columns[i], row[i]);
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            stream.WriteByte((byte)'\n');
        }
    }

    private static void WriteCell(Utf8JsonWriter json, string column, Cell cell)
    {
        if (cell.Text is { } text)
            json.WriteString(column, PlainText.Of(text));
        else if (cell.Number is { } number)
            json.WriteNumber(column, number);
        else
            json.WriteNull(column);
    }
}
