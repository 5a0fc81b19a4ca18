using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace FossVoices.Discord.Gateway;

/// <summary>One shard: a socket, its heartbeat, and <see cref="GatewayProtocol"/> that decides. Everything that happens goes through one queue, one after the other.</summary>
/// <param name="address">Where to begin, asked anew each time.</param>
/// <param name="dispatch">Hears what happened at Discord; must return at once.</param>
internal sealed partial class GatewayShard(
    int shard, int shards, GatewaySettings settings, string userAgent, IdentifyLimit identifies,
    Func<CancellationToken, Task<GatewayAddress>> address, Action<string, System.Text.Json.JsonElement> dispatch,
    TimeProvider time, Func<double> chance, ILogger log)
{
    private static readonly TimeSpan s_opensWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_beginsWithin = TimeSpan.FromSeconds(30);

    private readonly SlidingWindow _sends = new(110, TimeSpan.FromSeconds(60), time); // of 120; the rest is for heartbeats
    private GatewayState _state = GatewayState.Start;

    /// <summary>How far the connection is; for those who ask after the bot's health.</summary>
    public GatewayStage Stage => _state.Stage;

    /// <summary>Stays connected until cancelled, or until Discord says never to come back: then the sentence for the operator.</summary>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        string? at = null;
        while (true)
        {
            switch (await ConnectAsync(at, cancellationToken))
            {
                case GatewayDeed.GiveUp(var sentence):
                    return sentence;
                case GatewayDeed.Reconnect(var after, var next):
                    LogReconnect(shard, after.TotalSeconds, next is not null);
                    await Task.Delay(after, time, cancellationToken);
                    at = next;
                    break;
            }
        }
    }

    /// <summary>One connection, from its opening to the deed that ends it.</summary>
    private async Task<GatewayDeed> ConnectAsync(string? at, CancellationToken cancellationToken)
    {
        _state = _state with { Stage = GatewayStage.Connected };
        var place = at is null ? await address(cancellationToken) : new GatewayAddress.At(at);
        if (place is GatewayAddress.TokenWrong)
            return new GatewayDeed.GiveUp(Rest.ApiAnswer.TokenWrong.Sentence);
        if (await OpenAsync(place, cancellationToken) is not { } opened)
            return Decide(new GatewayEvent.Closed(null))[^1];

        await using var socket = opened;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = Channel.CreateUnbounded<GatewayEvent>(new UnboundedChannelOptions { SingleReader = true });
        events.Writer.TryWrite(new GatewayEvent.Opened());
        var receiving = ReceiveAsync(socket, events.Writer, ends.Token);
        var background = new List<Task> { receiving, TellOverdueAsync(events.Writer, ends.Token) };
        try
        {
            await foreach (var happened in events.Reader.ReadAllAsync(cancellationToken))
            {
                foreach (var deed in Decide(happened))
                {
                    if (deed is GatewayDeed.Reconnect or GatewayDeed.GiveUp)
                        return deed;
                    if (!await DoAsync(deed, socket, events.Writer, background, ends.Token))
                        events.Writer.TryWrite(new GatewayEvent.Closed(null));
                }
            }

            return new GatewayDeed.Reconnect(TimeSpan.FromSeconds(1), at);
        }
        finally
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
            await socket.CloseAsync(CloseCodes.Ours, patience.Token);
            await ends.CancelAsync();
            await Task.WhenAll(background).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private System.Collections.Immutable.ImmutableArray<GatewayDeed> Decide(GatewayEvent happened)
    {
        (_state, var deeds) = GatewayProtocol.Take(_state, happened, chance());
        return deeds;
    }

    private async Task<GatewaySocket?> OpenAsync(GatewayAddress place, CancellationToken cancellationToken)
    {
        var socket = new GatewaySocket(time);
        using var limit = new CancellationTokenSource(s_opensWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (place is GatewayAddress.At(var url) && Uri.TryCreate($"{url.TrimEnd('/')}/?v=10&encoding=json", UriKind.Absolute, out var uri))
            {
                await socket.OpenAsync(uri, userAgent, either.Token);
                return socket;
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogNotOpened(shard, fault.GetType().Name);
        }

        await socket.DisposeAsync();
        return null;
    }

    /// <summary>Does one deed; false where the socket did not take it.</summary>
    private async Task<bool> DoAsync(GatewayDeed deed, GatewaySocket socket, ChannelWriter<GatewayEvent> events, List<Task> background, CancellationToken cancellationToken)
    {
        try
        {
            switch (deed)
            {
                case GatewayDeed.Beat(var sequence):
                    _sends.Pass();
                    await socket.SendAsync(GatewayMessage.Beat(sequence), cancellationToken);
                    break;
                case GatewayDeed.KeepBeating(var first, var every):
                    background.Add(KeepBeatingAsync(first, every, events, cancellationToken));
                    break;
                case GatewayDeed.Identify:
                    // Apart from the queue: the wait may be long, and heartbeats must go on meanwhile.
                    background.Add(IdentifyAsync(socket, events, cancellationToken));
                    break;
                case GatewayDeed.Resume(var session, var sequence):
                    await _sends.PassAsync(TimeSpan.MaxValue, cancellationToken);
                    await socket.SendAsync(GatewayMessage.Resume(settings, session.Id, sequence), cancellationToken);
                    break;
                case GatewayDeed.Dispatch(var name, var data):
                    dispatch(name, data);
                    break;
            }

            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }

    private async Task IdentifyAsync(GatewaySocket socket, ChannelWriter<GatewayEvent> events, CancellationToken cancellationToken)
    {
        while (identifies.Take(shard) is { Ticks: > 0 } wait)
        {
            if (wait > TimeSpan.FromMinutes(1))
                LogBudget(wait.TotalMinutes);
            await Task.Delay(wait, time, cancellationToken);
        }

        try
        {
            await _sends.PassAsync(TimeSpan.MaxValue, cancellationToken);
            await socket.SendAsync(GatewayMessage.Identify(settings, shard, shards), cancellationToken);
        }
        catch (WebSocketException)
        {
            events.TryWrite(new GatewayEvent.Closed(null));
        }
    }

    private async Task KeepBeatingAsync(TimeSpan first, TimeSpan every, ChannelWriter<GatewayEvent> events, CancellationToken cancellationToken)
    {
        await Task.Delay(first, time, cancellationToken);
        while (true)
        {
            events.TryWrite(new GatewayEvent.HeartbeatDue());
            await Task.Delay(every, time, cancellationToken);
        }
    }

    private async Task TellOverdueAsync(ChannelWriter<GatewayEvent> events, CancellationToken cancellationToken)
    {
        await Task.Delay(s_beginsWithin, time, cancellationToken);
        events.TryWrite(new GatewayEvent.Overdue());
    }

    private static async Task ReceiveAsync(GatewaySocket socket, ChannelWriter<GatewayEvent> events, CancellationToken cancellationToken)
    {
        int? code = null;
        try
        {
            while (true)
            {
                (var message, var hasEnded, code) = await socket.ReceiveAsync(cancellationToken);
                if (hasEnded)
                    return;
                if (GatewayMessage.TryRead(message) is { } received)
                    events.TryWrite(received);
            }
        }
        finally
        {
            // However it ended: a queue that nobody fills any more would wait for ever.
            events.TryWrite(new GatewayEvent.Closed(code));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Discord connection {Shard} comes back in {Seconds} s (resuming: {Resumes})")]
    private partial void LogReconnect(int shard, double seconds, bool resumes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Discord connection {Shard} could not be opened ({Fault})")]
    private partial void LogNotOpened(int shard, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Few sessions of today's budget are left at Discord; the bot waits {Minutes} minutes rather than have its token reset")]
    private partial void LogBudget(double minutes);
}
