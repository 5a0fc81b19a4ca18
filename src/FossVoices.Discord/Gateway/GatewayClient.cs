using System.Text.Json;
using FossVoices.Discord.Interactions;
using FossVoices.Discord.Rest;
using FossVoices.Fieldwork;
using Microsoft.Extensions.Logging;

namespace FossVoices.Discord.Gateway;

/// <summary>The gateway: all shards. Interactions go to <see cref="Answering"/>, what became of servers and channels to <see cref="IGatewayNews"/>.</summary>
internal sealed partial class GatewayClient(
    DiscordRest rest, GatewaySettings settings, string userAgent, Answering answering, IGatewayNews news, Underway underway,
    TimeProvider time, Func<double> chance, ILogger<GatewayClient> log)
{
    private readonly IdentifyLimit _identifies = new(time);
    private GatewayShard[] _shards = [];

    /// <summary>Whether every shard hears what happens.</summary>
    public bool IsReady => _shards.Length > 0 && _shards.All(s => s.Stage == GatewayStage.Ready);

    /// <summary>Stays connected until cancelled, or until nothing is left to try: then the sentence for the operator.</summary>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        int recommended;
        for (var failures = 0; ; failures++)
        {
            switch (await rest.SendAsync(new ApiRequest(Route.BotGateway), cancellationToken))
            {
                case ApiAnswer.Done(var answer):
                    _identifies.Learn(answer);
                    recommended = (int)(ApiJson.Number(answer, "shards") ?? 1);
                    break;
                case ApiAnswer.TokenWrong:
                    return ApiAnswer.TokenWrong.Sentence;
                case ApiAnswer.Refused refused:
                    return refused.Sentence;
                case ApiAnswer.Unreachable(var why):
                    LogUnreachable(why);
                    await Task.Delay(TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, Math.Min(failures, 6))) + chance()), time, cancellationToken);
                    continue;
                default:
                    continue;
            }

            break;
        }

        var shards = settings.Shards ?? Math.Max(1, recommended);
        _shards = [.. Enumerable.Range(0, shards).Select(shard => new GatewayShard(
            shard, shards, settings, userAgent, _identifies, AddressAsync, (name, data) => Hear(name, data, cancellationToken), time, chance, log))];

        // The first shard that must not come back ends all: the others have the same token, intents and version.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = _shards.Select(s => s.RunAsync(ends.Token)).ToArray();
        try
        {
            return await await Task.WhenAny(running);
        }
        finally
        {
            await ends.CancelAsync();
            await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Asked before each session that begins anew, so that the budget of identifies is Discord's own count, also after a restart of the program.</summary>
    private async Task<GatewayAddress> AddressAsync(CancellationToken cancellationToken)
    {
        switch (await rest.SendAsync(new ApiRequest(Route.BotGateway), cancellationToken))
        {
            case ApiAnswer.TokenWrong:
                return new GatewayAddress.TokenWrong();
            case ApiAnswer.Done(var answer) when ApiJson.Text(answer, "url") is { } url:
                _identifies.Learn(answer);
                return new GatewayAddress.At(url);
            default:
                return new GatewayAddress.Unknown();
        }
    }

    /// <summary>Must not wait: heartbeats are in the same queue.</summary>
    private void Hear(string name, JsonElement data, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case "INTERACTION_CREATE":
                var arrived = time.GetTimestamp();
                underway.Run(() => answering.ByCallbackAsync(data, arrived, cancellationToken));
                break;
            case "GUILD_DELETE" when ApiJson.Get(data, "unavailable").ValueKind != JsonValueKind.True && ApiJson.Text(data, "id") is { } guild:
                underway.Run(() => news.HearAsync(new GatewayNews.GuildGone(guild), cancellationToken));
                break;
            case "CHANNEL_DELETE" when ApiJson.Text(data, "id") is { } channel && ApiJson.Text(data, "guild_id") is { } home:
                underway.Run(() => news.HearAsync(new GatewayNews.ChannelGone(home, channel), cancellationToken));
                break;
            case "MESSAGE_CREATE" when DirectMessage(data) is { } message:
                underway.Run(() => news.HearAsync(message, cancellationToken));
                break;
        }
    }

    /// <summary>A message that a person wrote to the bot; null for any other.</summary>
    private static GatewayNews.DirectMessage? DirectMessage(JsonElement data) =>
        ApiJson.Text(data, "guild_id") is null && ApiJson.Get(data, "author") is var author && ApiJson.Get(author, "bot").ValueKind != JsonValueKind.True
        && ApiJson.Text(data, "id") is { } id && ApiJson.Text(data, "channel_id") is { } channel && ApiJson.Text(author, "id") is { } user
            ? new GatewayNews.DirectMessage(id, channel, user, ApiJson.Text(data, "content") ?? "")
            : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Discord cannot be reached: {Why}")]
    private partial void LogUnreachable(string why);
}
