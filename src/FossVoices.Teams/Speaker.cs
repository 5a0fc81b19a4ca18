using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FossVoices.Teams.Connector;
using Microsoft.Extensions.Logging;

namespace FossVoices.Teams;

/// <summary>Says in a private chat what is to be said, in order, by calls of our own.</summary>
internal sealed partial class Speaker(ConnectorClient connector, Chats chats, TimeProvider time, ILogger<Speaker> log)
{
    /// <summary>A button that is pressed twice within this time, or told of twice, has one consequence.</summary>
    private static readonly TimeSpan s_oneClick = TimeSpan.FromSeconds(20);
    private const int MostRemembered = 10_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Person, string Card, string Summary), DateTimeOffset> _said = new();

    /// <param name="cardAnswered">Whether the card that was used has been answered already, by the answer to the request.</param>
    public async Task SayAsync(Visit visit, Turned turned, bool cardAnswered, CancellationToken cancellationToken)
    {
        var chat = chats.Find(visit.Person);
        if (visit.Replies is { Length: > 0 } used && !cardAnswered && (turned.Here ?? turned.Spent) is { } instead)
            await connector.CallAsync(ConnectorCall.Update(visit.Reference, used, instead.Message()), s_patience, cancellationToken);
        else if (visit.Replies is null && turned.Spent is { } spent && chat is { Address.Length: > 0, Message: { } shown })
            await connector.CallAsync(ConnectorCall.Update(visit.Reference, shown, spent.Message()), s_patience, cancellationToken);

        if (visit.Replies is null && turned.Here is { } here)
            await SendAsync(visit, new Said(here), cancellationToken);
        if (turned.Words is { } words && !cardAnswered)
            await connector.CallAsync(ConnectorCall.Send(visit.Reference, Words(words)), s_patience, cancellationToken);
        foreach (var next in turned.Next)
        {
            if (next.MayStay && next.Asks.Length > 0 && chat?.Address == next.Asks && chat.Message is { } stands && stands != visit.Replies
                && await connector.CallAsync(ConnectorCall.Update(visit.Reference, stands, next.Card.Message()), s_patience, cancellationToken) is ConnectorAnswer.Done)
            {
                continue;
            }

            if (visit.Replies is null || IsNew((visit.Person, visit.Replies, next.Card.Summary)))
                await SendAsync(visit, next, cancellationToken);
        }
    }

    /// <summary>Whether this was not said a moment ago in answer to the same card; from now on it is.</summary>
    private bool IsNew((string Person, string Card, string Summary) said)
    {
        var now = time.GetUtcNow();
        foreach (var old in _said.Count < MostRemembered ? [] : _said.Where(one => now - one.Value > s_oneClick).Select(one => one.Key))
            _said.TryRemove(old, out _);
        while (!_said.TryAdd(said, now))
        {
            if (_said.TryGetValue(said, out var before) && now - before <= s_oneClick)
                return false;
            _said.TryRemove(said, out _);
        }

        return true;
    }

    /// <summary>A plain sentence as a message.</summary>
    public static JsonObject Words(string text) => new() { ["type"] = "message", ["text"] = Reports.CardElement.WithoutMarkup(text), ["textFormat"] = "plain" };

    private async Task SendAsync(Visit visit, Said said, CancellationToken cancellationToken)
    {
        var answer = await connector.CallAsync(ConnectorCall.Send(visit.Reference, said.Card.Message()), s_patience, cancellationToken);
        var message = (answer as ConnectorAnswer.Done)?.Id;
        if (answer is ConnectorAnswer.Unknown && (visit.Replies ?? chats.Find(visit.Person)?.Message) is { Length: > 0 } used)
        {
            // It may be there or not. In place of a message that is known to be there it can be shown as often as need be, and is never doubled.
            LogDoubtful();
            if (await connector.CallAsync(ConnectorCall.Update(visit.Reference, used, said.Card.Message()), s_patience, cancellationToken) is ConnectorAnswer.Done)
                message = used;
        }
        else if (answer is not ConnectorAnswer.Done)
        {
            _said.TryRemove((visit.Person, visit.Replies ?? "", said.Card.Summary), out _);
            LogUnsaid(answer switch { ConnectorAnswer.Refused refused => refused.Why, ConnectorAnswer.Later later => later.Why, ConnectorAnswer.Unknown unknown => unknown.Why, _ => "" });
        }

        if (chats.Find(visit.Person) is { } chat && said.Asks.Length > 0)
            chats.Keep(visit.Person, chat with { Address = said.Asks, Message = message, Paused = false });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody knows whether a message of a private chat arrived; it is shown in place of the one before")]
    private partial void LogDoubtful();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of a private chat could not be sent: {Why}")]
    private partial void LogUnsaid(string why);
}
