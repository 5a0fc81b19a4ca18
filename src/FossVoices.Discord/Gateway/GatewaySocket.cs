using System.Buffers;
using System.Net.WebSockets;

namespace FossVoices.Discord.Gateway;

/// <summary>One open WebSocket to the gateway: whole messages in, whole messages out.</summary>
internal sealed class GatewaySocket(TimeProvider time) : IAsyncDisposable
{
    /// <summary>No message of Discord's comes near; one that does is not read on.</summary>
    private const int Largest = 16 * 1024 * 1024;

    private static readonly TimeSpan s_sendsWithin = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ArrayBufferWriter<byte> _message = new(16 * 1024);

    /// <param name="userAgent">As for requests.</param>
    public async Task OpenAsync(Uri address, string userAgent, CancellationToken cancellationToken)
    {
        _socket.Options.SetRequestHeader("User-Agent", userAgent);
        _socket.Options.KeepAliveInterval = TimeSpan.Zero; // the protocol's own heartbeats do that
        await _socket.ConnectAsync(address, cancellationToken);
    }

    /// <summary>Sends one message after the other: a socket takes no two at once. A line that takes nothing for a while is as good as gone.</summary>
    /// <exception cref="WebSocketException">The message did not leave.</exception>
    public async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            using var limit = new CancellationTokenSource(s_sendsWithin, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await _socket.SendAsync(message, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, either.Token);
        }
        catch (Exception fault) when (fault is InvalidOperationException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new WebSocketException(WebSocketError.InvalidState, fault);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next message, valid until the next call; or the end, with Discord's code.</summary>
    public async Task<(ReadOnlyMemory<byte> Message, bool HasEnded, int? Code)> ReceiveAsync(CancellationToken cancellationToken)
    {
        _message.ResetWrittenCount();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(_message.GetMemory(8 * 1024), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                    return (default, true, (int?)_socket.CloseStatus);
                _message.Advance(part.Count);
                if (part.EndOfMessage)
                    return (_message.WrittenMemory, false, null);
                if (_message.WrittenCount > Largest)
                    return (default, true, null);
            }
        }
        catch (WebSocketException)
        {
            return (default, true, (int?)_socket.CloseStatus);
        }
    }

    /// <summary>Closes it with our code, and does not wait long for the other side to agree.</summary>
    public async Task CloseAsync(int code, CancellationToken cancellationToken)
    {
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync((WebSocketCloseStatus)code, null, cancellationToken);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone already.
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _sending.Dispose();
        return ValueTask.CompletedTask;
    }
}
