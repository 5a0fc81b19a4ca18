using System.Text.Json;

namespace FossVoices.Discord.Rest;

/// <summary>What Discord's answers hold, read without trust: a proxy in between may answer with anything.</summary>
internal static class ApiJson
{
    /// <summary>The body, or an undefined element where there is none or it is no JSON.</summary>
    public static async Task<JsonElement> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var bytes = await content.ReadAsByteArrayAsync(cancellationToken);
        if (bytes.Length == 0)
            return default;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    public static int Code(JsonElement body) => Get(body, "code") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out var number) ? number : 0;

    public static string Message(JsonElement body) => Text(body, "message") ?? "no explanation";

    public static string Errors(JsonElement body) => Get(body, "errors") is { ValueKind: JsonValueKind.Object } tree ? tree.GetRawText() : "";

    public static TimeSpan? RetryAfter(JsonElement body) =>
        Number(body, "retry_after") is { } seconds and >= 0 and < 86_400 ? TimeSpan.FromSeconds(seconds) : null;

    public static bool IsGlobal(JsonElement body) => Get(body, "global") is { ValueKind: JsonValueKind.True };

    /// <summary>A member that is a text; null where there is none.</summary>
    public static string? Text(JsonElement body, string name) => Get(body, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A member that is a number; null where there is none.</summary>
    public static double? Number(JsonElement body, string name) =>
        Get(body, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) ? value : null;

    /// <summary>A member of an object, or an undefined element.</summary>
    public static JsonElement Get(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) ? value : default;
}
