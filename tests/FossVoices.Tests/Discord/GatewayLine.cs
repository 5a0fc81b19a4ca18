using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FossVoices.Tests.Discord;

/// <summary>One connection of the loopback gateway, and the session on it with all that it was told.</summary>
internal sealed class GatewayLine(WebSocket socket, Action abort) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1);
    private readonly List<(long Sequence, byte[] Text)> _told = [];

    public string? SessionId { get; set; }

    public int Shard { get; set; }

    public int Shards { get; set; } = 1;

    public long Intents { get; set; }

    public long Sequence { get; private set; }

    public bool IsOpen { get; set; } = true;

    public bool IsSilent { get; set; }

    /// <summary>Hears the next whole message; null at the end.</summary>
    public async Task<byte[]?> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var part = new byte[8192];
        while (true)
        {
            var received = await socket.ReceiveAsync(part.AsMemory(), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                if (socket.State == WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                return null;
            }

            message.Write(part, 0, received.Count);
            if (received.EndOfMessage)
                return message.ToArray();
        }
    }

    /// <summary>Something that is no event.</summary>
    public Task SendAsync(int op, JsonNode? data) => InTurnAsync(() => WriteAsync(Text(op, data, null, null)));

    /// <summary>An event, remembered for those who resume.</summary>
    public Task DispatchAsync(string name, JsonObject data) => InTurnAsync(() =>
    {
        Sequence++;
        _told.Add((Sequence, Text(0, data, Sequence, name)));
        return WriteAsync(_told[^1].Text);
    });

    /// <summary>Goes on with a session: what the client has not seen, in order, then that it resumed.</summary>
    public async Task TakeOverAsync(GatewayLine before, long seen, Action<GatewayLine> isNow)
    {
        await before._sending.WaitAsync(); // nothing is told to the old line any more
        try
        {
            before.IsOpen = false;
            (SessionId, Shard, Shards, Intents, Sequence) = (before.SessionId, before.Shard, before.Shards, before.Intents, before.Sequence);
            _told.AddRange(before._told);
            isNow(this);
        }
        finally
        {
            before._sending.Release();
        }

        await InTurnAsync(async () =>
        {
            foreach (var (_, text) in _told.Where(t => t.Sequence > seen).ToArray())
                await WriteAsync(text);
        });
        await DispatchAsync("RESUMED", []);
    }

    public async Task CloseAsync(int code)
    {
        IsOpen = false;
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await InTurnAsync(() => socket.CloseOutputAsync((WebSocketCloseStatus)code, "loopback", CancellationToken.None));
    }

    public void Cut()
    {
        IsOpen = false;
        try
        {
            abort();
        }
        catch (ObjectDisposedException)
        {
            // The other side was quicker: the line is cut already.
        }
    }

    public void Dispose() => _sending.Dispose();

    private async Task InTurnAsync(Func<Task> work)
    {
        await _sending.WaitAsync();
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            IsOpen = false;
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task WriteAsync(byte[] text)
    {
        if (IsOpen && !IsSilent && socket.State == WebSocketState.Open)
            await socket.SendAsync(text.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }

    private static byte[] Text(int op, JsonNode? data, long? sequence, string? name) =>
        JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["op"] = op, ["d"] = data?.DeepClone(), ["s"] = sequence, ["t"] = name });
}
