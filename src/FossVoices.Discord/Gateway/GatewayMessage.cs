using System.Text.Json;
using System.Text.Json.Nodes;

namespace FossVoices.Discord.Gateway;

/// <summary>The messages of the gateway on the wire: <c>{"op", "d", "s", "t"}</c>.</summary>
internal static class GatewayMessage
{
    /// <summary>The message, or null where it is none.</summary>
    public static GatewayEvent.Received? TryRead(ReadOnlyMemory<byte> text)
    {
        try
        {
            // Of bytes of its own, since the next message takes the place of this one; so nothing in it has to be copied again.
            var root = JsonElement.Parse(text.ToArray());
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("op", out var op) || op.ValueKind != JsonValueKind.Number || !op.TryGetInt32(out var number))
                return null;
            long? sequence = root.TryGetProperty("s", out var s) && s.ValueKind == JsonValueKind.Number && s.TryGetInt64(out var at) ? at : null;
            var name = root.TryGetProperty("t", out var t) && t.ValueKind == JsonValueKind.String ? t.GetString() : null;
            return new GatewayEvent.Received(number, sequence, name, root.TryGetProperty("d", out var data) ? data : default);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] Beat(long? sequence) => Write(1, sequence);

    public static byte[] Identify(GatewaySettings settings, int shard, int shards) => Write(2, new JsonObject
    {
        ["token"] = settings.Token.Reveal(),
        ["intents"] = settings.Intents,
        ["properties"] = new JsonObject { ["os"] = "linux", ["browser"] = "fossvoices", ["device"] = "fossvoices" },
        ["shard"] = new JsonArray(shard, shards),
    });

    public static byte[] Resume(GatewaySettings settings, string session, long? sequence) => Write(6, new JsonObject
    {
        ["token"] = settings.Token.Reveal(),
        ["session_id"] = session,
        ["seq"] = sequence,
    });

    private static byte[] Write(int op, JsonNode? data) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["op"] = op, ["d"] = data });
}
