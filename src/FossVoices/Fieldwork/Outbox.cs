using System.Collections.Immutable;
using FossVoices.Channels;
using FossVoices.Storage;
using Microsoft.Extensions.Logging;

namespace FossVoices.Fieldwork;

/// <summary>
/// Sends what waits in the outbox. A post goes once: what certainly did not arrive is tried again, ever more slowly; what may have arrived is sent again
/// only under a nonce that the platform still knows, and otherwise left for a person to look at.
/// </summary>
internal sealed partial class Outbox(OutboxStore store, Posts posts, IEnumerable<IChannel> channels, Lottery lottery, TimeProvider time, ILogger<Outbox> log)
{
    private const int MostTogether = 8;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestSending = TimeSpan.FromSeconds(30); // Well below the lease.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(1);

    private readonly ImmutableDictionary<string, IChannel> _channels = channels.ToImmutableDictionary(channel => channel.Platform, StringComparer.Ordinal);

    /// <summary>Whether there is any platform that can be spoken to.</summary>
    public bool HasChannels => !_channels.IsEmpty;

    /// <summary>Sends what is due, now and every few seconds, until stopped.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Recurring.RunAsync(SendAllDueAsync, () => s_pause, LogHeld, time, cancellationToken);

    private async Task SendAllDueAsync(CancellationToken cancellationToken)
    {
        while (await SendDueAsync(cancellationToken) > 0)
        {
            // Until nothing is due.
        }
    }

    /// <summary>Sends what is due now, a few at a time.</summary>
    /// <returns>How many posts were tried.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var claimed = await store.ClaimAsync(_channels.ToImmutableDictionary(c => c.Key, c => c.Value.KnowsNonce), MostTogether, cancellationToken);
        await Task.WhenAll(claimed.Select(post => SendAsync(post, cancellationToken)));
        return claimed.Count;
    }

    private async Task SendAsync(Claimed claimed, CancellationToken cancellationToken)
    {
        var channel = _channels[claimed.Platform];
        var post = claimed.Address is null ? null : await posts.RenderAsync(claimed, cancellationToken);
        if (post is null || claimed.Address is not { } address)
        {
            await store.CancelAsync(claimed, "There was nothing left to say, or nowhere to say it.", CancellationToken.None);
            return;
        }

        if (claimed is { IsEdit: true, Edits: null })
        {
            await store.CancelAsync(claimed, "What was to be edited is not known to be there.", CancellationToken.None);
            return;
        }

        var arrival = await TryAsync(
            token => claimed.Edits is { } message ? channel.EditAsync(address, message, post, token) : channel.SendAsync(address, post, claimed.Id, token), cancellationToken);
        // What is known by now is kept even when the program stops.
        var held = await store.SettleAsync(claimed, arrival, Wait(claimed.Attempt, arrival), channel.KnowsNonce, CancellationToken.None);
        if (!held)
            LogLost(claimed.Study, claimed.Id);
        else if (arrival is Arrival.Refused(_, var refused))
            LogRefused(claimed.Study, claimed.Kind, refused);
        else if (arrival is Arrival.Unknown(var unknown))
            LogUnknown(claimed.Study, claimed.Kind, unknown);
    }

    /// <summary>Whatever a platform's client throws, the post may have arrived.</summary>
    private async Task<Arrival> TryAsync(Func<CancellationToken, Task<Arrival>> send, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(s_longestSending, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await send(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return new Arrival.Unknown(cancellationToken.IsCancellationRequested ? "The program was stopped while it was being sent." : "The platform did not answer in time.");
        }
        catch (Exception e)
        {
            return new Arrival.Unknown($"The platform's answer could not be understood ({e.GetType().Name}).");
        }
    }

    /// <summary>Twice as long each time, and never the same for all that failed together; or as long as the platform asks.</summary>
    private TimeSpan Wait(int attempt, Arrival arrival)
    {
        var most = TimeSpan.FromSeconds(Math.Min(s_longestWait.TotalSeconds, 5 * Math.Pow(2, Math.Min(attempt, 20) - 1)));
        var wait = most * (0.5 + (lottery.Share() / 2));
        return arrival is Arrival.Later({ } asked, _) && asked > wait ? asked + (most * lottery.Share() / 10) : wait;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Study {Study}: a post ({Kind}) was refused for good: {Why}")]
    private partial void LogRefused(string study, PostKind kind, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Study {Study}: nobody knows whether a post ({Kind}) arrived: {Why}")]
    private partial void LogUnknown(string study, PostKind kind, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Study {Study}: post {Post} was sent too slowly and taken over by another sender")]
    private partial void LogLost(string study, string post);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox can't be read or written now; this is tried again")]
    private partial void LogHeld(Exception exception);
}
