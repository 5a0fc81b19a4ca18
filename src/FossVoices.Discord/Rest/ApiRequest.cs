using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FossVoices.Discord.Rest;

/// <summary>One request to Discord.</summary>
/// <param name="Body">JSON, or null where there is none.</param>
internal sealed record ApiRequest(Route Route, JsonNode? Body = null)
{
    /// <summary>Discord's limit of one file, in bytes, where the server was not boosted.</summary>
    public const int LargestFile = 10 * 1024 * 1024;

    /// <summary>Files that go with a message.</summary>
    public IReadOnlyList<Upload> Files { get; init; } = [];

    /// <summary>Whether sending it again does no harm: an idempotent method, or a message whose nonce Discord was asked to enforce.</summary>
    public bool IsRepeatable => Route.Repeats || (Body?["nonce"] is not null && Body["enforce_nonce"] is JsonValue enforced && enforced.TryGetValue<bool>(out var on) && on);

    private static readonly MediaTypeHeaderValue s_json = new("application/json", "utf-8");

    /// <summary>What goes over the wire; made anew for every attempt, since content can be sent once only.</summary>
    public HttpContent? Content()
    {
        var body = Silenced();
        if (Files.Count == 0)
            return body is null ? null : Json(body);

        var whole = body as JsonObject ?? [];
        var message = Route.Carries == Carries.Callback ? whole["data"] as JsonObject ?? [] : whole;
        message["attachments"] = new JsonArray([.. Files.Select((file, i) => file.Described(i))]);
        var parts = new MultipartFormDataContent { { Json(whole), "payload_json" } };
        for (var i = 0; i < Files.Count; i++)
            parts.Add(Files[i].Content(), $"files[{i}]", Files[i].Name);
        return parts;
    }

    private static ByteArrayContent Json(JsonNode body) => new(JsonSerializer.SerializeToUtf8Bytes(body)) { Headers = { ContentType = s_json } };

    private JsonNode? Silenced() => (Route.Carries, Body) switch
    {
        (Carries.Message, JsonObject message) => Mentions.Off(message),
        (Carries.Callback, JsonObject callback) => Mentions.OffInCallback(callback),
        (_, var other) => other,
    };
}

/// <summary>A file that goes with a message.</summary>
/// <param name="Name">The name under which components refer to it: <c>attachment://name</c>.</param>
/// <param name="MediaType">Such as <c>image/png</c>.</param>
/// <param name="Description">What it shows, for those who cannot see it; at most 1,024 characters.</param>
internal sealed record Upload(string Name, string MediaType, ReadOnlyMemory<byte> Bytes, string? Description = null)
{
    /// <summary>Its entry in the message. The id is a string: Discord's own description refuses the number that its documentation shows.</summary>
    public JsonNode Described(int index)
    {
        var entry = new JsonObject { ["id"] = index.ToString(System.Globalization.CultureInfo.InvariantCulture), ["filename"] = Name };
        if (Description is not null)
            entry["description"] = Description;
        return entry;
    }

    public HttpContent Content()
    {
        var content = new ReadOnlyMemoryContent(Bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
        return content;
    }
}
