using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FossVoices.Tests.Discord;

/// <summary>The gateway of the loopback Discord: sessions that outlive their connections and replay what was missed.</summary>
internal sealed class LoopbackGateway(LoopbackWorld world, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, GatewayLine> _sessions = new(StringComparer.Ordinal);
    private int _identifies;
    private int _resumes;
    private int _heartbeats;
    private int _connections;
    private int _tooMany;
    private readonly ConcurrentDictionary<int, DateTimeOffset> _begun = new();

    /// <summary>Milliseconds between heartbeats, as told at hello.</summary>
    public int HeartbeatInterval { get; set; } = 41_250;

    /// <summary>Sessions that may still begin today.</summary>
    public int SessionsLeft { get; set; } = 1000;

    /// <summary>Sessions that may begin within five seconds.</summary>
    public int AtOnce { get; set; } = 16;

    /// <summary>How often a session was begun too soon after another of its bucket, and found invalid.</summary>
    public int TooManyAtOnce => _tooMany;

    /// <summary>Closes with this code whoever identifies.</summary>
    public int? RefusesIdentify { get; set; }

    /// <summary>Answers every resume with op 9 and this.</summary>
    public bool? RefusesResume { get; set; }

    public int Identifies => _identifies;

    public int Resumes => _resumes;

    public int Heartbeats => _heartbeats;

    public int Connections => _connections;

    /// <summary>How clients closed their connections.</summary>
    public ConcurrentQueue<int> ClosedWith { get; } = new();

    /// <summary>What identified clients said.</summary>
    public ConcurrentQueue<JsonObject> Identified { get; } = new();

    public bool HasListener => _sessions.Values.Any(s => s.IsOpen);

    public async Task ServeAsync(HttpContext context, string own)
    {
        if (!context.WebSockets.IsWebSocketRequest || context.Request.Query["v"] != "10" || context.Request.Query["encoding"] != "json")
        {
            context.Response.StatusCode = 400;
            return;
        }

        Interlocked.Increment(ref _connections);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var line = new GatewayLine(socket, context.Abort);
        await line.SendAsync(10, new JsonObject { ["heartbeat_interval"] = HeartbeatInterval });
        GatewayLine? session = null;
        var sent = new Queue<DateTimeOffset>();
        try
        {
            while (await line.ReceiveAsync() is { } text)
            {
                if (line.IsSilent)
                    continue;
                sent.Enqueue(time.GetUtcNow());
                while (sent.Peek() < time.GetUtcNow() - TimeSpan.FromSeconds(60))
                    sent.Dequeue();
                if (sent.Count > 120)
                {
                    await line.CloseAsync(4008);
                    return;
                }

                if (Parse(text) is not { } message)
                {
                    await line.CloseAsync(4002);
                    return;
                }

                switch ((int?)message["op"])
                {
                    case 1:
                        Interlocked.Increment(ref _heartbeats);
                        await line.SendAsync(11, null);
                        break;
                    case 2 when session is not null:
                        await line.CloseAsync(4005);
                        return;
                    case 2:
                        session = await IdentifyAsync(line, message["d"] as JsonObject, own);
                        break;
                    case 6:
                        session = await ResumeAsync(line, message["d"] as JsonObject, context.Request.Path);
                        break;
                    case 3 or 4 or 8 when session is not null:
                        break;
                    case 3 or 4 or 8:
                        await line.CloseAsync(4003);
                        return;
                    default:
                        await line.CloseAsync(4001);
                        return;
                }
            }

            if (socket.CloseStatus is { } code)
                ClosedWith.Enqueue((int)code);
            // A client that says goodbye with 1000 or 1001 ends its session; with any other code it may come back.
            if ((int?)socket.CloseStatus is 1000 or 1001 && session?.SessionId is { } ended)
                _sessions.TryRemove(ended, out _);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            // Cut.
        }
        finally
        {
            line.IsOpen = false;
        }
    }

    /// <summary>Tells every session, or the one whose shard it is, of something that happened. Sessions without a connection hear it when they resume.</summary>
    /// <param name="needs">The intent without which nobody is told; 0 for what everybody hears.</param>
    public async Task DispatchAsync(string name, JsonObject data, string? guild = null, long needs = 0)
    {
        foreach (var session in _sessions.Values.Where(s => (s.Intents & needs) == needs).Where(s => guild is null || (int)((ulong.Parse(guild, System.Globalization.CultureInfo.InvariantCulture) >> 22) % (ulong)s.Shards) == s.Shard))
            await session.DispatchAsync(name, data);
    }

    /// <summary>Asks everybody to send a heartbeat at once.</summary>
    public async Task AskForHeartbeatAsync()
    {
        foreach (var session in _sessions.Values.Where(s => s.IsOpen))
            await session.SendAsync(1, null);
    }

    public async Task DisconnectAsync(Disconnect kind)
    {
        foreach (var session in _sessions.Values.Where(s => s.IsOpen).ToArray())
        {
            switch (kind)
            {
                case Disconnect.Cut:
                    session.Cut();
                    break;
                case Disconnect.Close(var code):
                    if (code is 4007 or 4009)
                        _sessions.TryRemove(session.SessionId!, out _);
                    await session.CloseAsync(code);
                    break;
                case Disconnect.PleaseReconnect:
                    await session.SendAsync(7, null);
                    break;
                case Disconnect.Invalid(var resumable):
                    if (!resumable)
                        _sessions.TryRemove(session.SessionId!, out _);
                    await session.SendAsync(9, resumable);
                    break;
                case Disconnect.FallSilent:
                    session.IsSilent = true;
                    break;
            }
        }
    }

    private async Task<GatewayLine?> IdentifyAsync(GatewayLine line, JsonObject? identify, string own)
    {
        Interlocked.Increment(ref _identifies);
        var code = RefusesIdentify
            ?? ((string?)identify?["token"] != LoopbackWorld.Token ? 4004
                : identify["intents"] is not JsonValue intents || !intents.TryGetValue<long>(out var bits) || bits < 0 ? 4013
                : (bits & 0x8102) != 0 ? 4014
                : identify["properties"] is not JsonObject ? 4002
                : identify["shard"] is JsonArray { Count: 2 } of && (int)of[0]! >= (int)of[1]! ? 4010
                : (int?)null);
        if (code is { } refused)
        {
            await line.CloseAsync(refused);
            return null;
        }

        // One bucket for each remainder by the concurrency, and five seconds in each.
        var bucket = ((int?)(identify!["shard"] as JsonArray)?[0] ?? 0) % AtOnce;
        if (_begun.TryGetValue(bucket, out var last) && time.GetUtcNow() - last < TimeSpan.FromSeconds(5))
        {
            Interlocked.Increment(ref _tooMany);
            await line.SendAsync(9, false);
            return null;
        }

        _begun[bucket] = time.GetUtcNow();
        if (SessionsLeft-- <= 0)
        {
            await line.CloseAsync(4004);
            return null;
        }

        Identified.Enqueue(identify!.DeepClone().AsObject());
        var shard = identify["shard"] as JsonArray;
        (line.Shard, line.Shards, line.SessionId, line.Intents) = ((int?)shard?[0] ?? 0, (int?)shard?[1] ?? 1, Guid.NewGuid().ToString("N"), (long)identify["intents"]!);
        _sessions[line.SessionId] = line;
        await line.DispatchAsync("READY", new JsonObject
        {
            ["v"] = 10,
            ["user"] = LoopbackWorld.BotUser(),
            ["guilds"] = new JsonArray(new JsonObject { ["id"] = LoopbackWorld.Guild, ["unavailable"] = true }),
            ["session_id"] = line.SessionId,
            ["resume_gateway_url"] = $"{own}/resume",
            ["session_type"] = "normal",
            ["application"] = new JsonObject { ["id"] = LoopbackWorld.Application, ["flags"] = 0 },
            ["private_channels"] = new JsonArray(),
            ["shard"] = shard?.DeepClone() ?? new JsonArray(0, 1),
        });
        if (((int)identify["intents"]! & 1) != 0)
            await line.DispatchAsync("GUILD_CREATE", Guild());
        return line;
    }

    private async Task<GatewayLine?> ResumeAsync(GatewayLine line, JsonObject? resume, string path)
    {
        Interlocked.Increment(ref _resumes);
        if ((string?)resume?["token"] != LoopbackWorld.Token)
        {
            await line.CloseAsync(4004);
            return null;
        }

        // Only where READY said the session is to be found.
        if (RefusesResume is { } answer || !path.StartsWith("/resume", StringComparison.Ordinal) || !_sessions.TryGetValue((string?)resume["session_id"] ?? "", out var kept))
        {
            await line.SendAsync(9, RefusesResume ?? false);
            return null;
        }

        if ((long?)resume["seq"] is not { } seen || seen > kept.Sequence)
        {
            _sessions.TryRemove(kept.SessionId!, out _);
            await line.CloseAsync(4007);
            return null;
        }

        await line.TakeOverAsync(kept, seen, session => _sessions[session.SessionId!] = session);
        return line;
    }

    private JsonObject Guild()
    {
        lock (world.Gate)
        {
            return new JsonObject
            {
                ["id"] = LoopbackWorld.Guild,
                ["name"] = "A community",
                ["unavailable"] = false,
                ["owner_id"] = "1",
                ["roles"] = new JsonArray(new JsonObject { ["id"] = LoopbackWorld.Guild, ["name"] = "@everyone", ["permissions"] = "0", ["position"] = 0, ["color"] = 0, ["hoist"] = false, ["managed"] = false, ["mentionable"] = false, ["flags"] = 0 }),
                ["emojis"] = new JsonArray(),
                ["features"] = new JsonArray(),
                ["channels"] = new JsonArray([.. world.Channels.Values.Where(c => c.Kind == 0).Select(c => c.Json())]),
                ["threads"] = new JsonArray(),
                ["members"] = new JsonArray(),
                ["presences"] = new JsonArray(),
                ["voice_states"] = new JsonArray(),
                ["stage_instances"] = new JsonArray(),
                ["guild_scheduled_events"] = new JsonArray(),
                ["stickers"] = new JsonArray(),
                ["soundboard_sounds"] = new JsonArray(),
                ["member_count"] = 3,
                ["large"] = false,
                ["joined_at"] = "2026-01-01T00:00:00.000000+00:00",
                ["preferred_locale"] = "en-US",
                ["verification_level"] = 0,
                ["system_channel_flags"] = 0,
                ["premium_tier"] = 0,
                ["nsfw_level"] = 0,
                ["mfa_level"] = 0,
                ["explicit_content_filter"] = 0,
                ["default_message_notifications"] = 0,
            };
        }
    }

    private static JsonObject? Parse(byte[] text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
