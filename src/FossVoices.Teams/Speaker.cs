using System.Text.Json;
using FossVoices.Teams.Cards;
using FossVoices.Teams.Connector;
using Microsoft.Extensions.Logging;

namespace FossVoices.Teams;

/// <summary>Says in a private chat what is to be said, in order, by calls of our own.</summary>
internal sealed partial class Speaker(ConnectorClient connector, Chats chats, TimeProvider time, ILogger<Speaker> log)
{
    /// <summary>A button that is pressed twice within this time, or told of twice, has one consequence.</summary>
    private static readonly TimeSpan s_oneClick = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly Recent<(string Person, string Card, string Summary), DateTimeOffset> _said = new(half: 5_000);

    /// <param name="cardAnswered">Whether the card that was used has been answered already, by the answer to the request.</param>
    public async Task SayAsync(Visit visit, Turned turned, bool cardAnswered, CancellationToken cancellationToken)
    {
        var chat = chats.Find(visit.Person);
        if (visit.Replies is { Length: > 0 } pressed && !cardAnswered && (turned.Here ?? turned.Spent) is { } instead)
            await connector.CallAsync(ConnectorCall.Update(visit.Reference, pressed, instead.Message), s_patience, cancellationToken);
        else if (visit.Replies is null && turned.Spent is { } spent && chat is { Address.Length: > 0, Message: { } shown })
            await connector.CallAsync(ConnectorCall.Update(visit.Reference, shown, spent.Message), s_patience, cancellationToken);

        // A message that nobody knew to have arrived did arrive, and was answered: the one in its place asks no longer.
        if (visit.Replies is { Length: > 0 } answered && turned.Took.Length > 0 && chat is { Message: { } other } && chat.Address == turned.Took && other != answered)
            await connector.CallAsync(ConnectorCall.Update(visit.Reference, other, Below(turned.Spent?.Language).Message), s_patience, cancellationToken);

        if (visit.Replies is null && turned.Here is { } here)
            await SendAsync(visit, new Said(here), cancellationToken);
        if (turned.Words is { } words && !cardAnswered)
            await connector.CallAsync(ConnectorCall.Send(visit.Reference, Words(words)), s_patience, cancellationToken);
        foreach (var next in turned.Next)
        {
            if (next.MayStay && next.Asks.Length > 0 && chat?.Address == next.Asks && chat.Message is { } stands && stands != visit.Replies
                && await connector.CallAsync(ConnectorCall.Update(visit.Reference, stands, next.Card.Message), s_patience, cancellationToken) is ConnectorAnswer.Done)
            {
                continue;
            }

            if ((visit.Replies ?? visit.Once) is not { } used || IsNew((visit.Person, used, next.Card.Summary)))
                await SendAsync(visit, next, cancellationToken);
        }

        foreach (var gone in turned.Gone.Select(visit.MessageOf).OfType<string>().Where(message => message != visit.Replies))
        {
            if (await connector.CallAsync(ConnectorCall.Delete(visit.Reference, gone), s_patience, cancellationToken) is not (ConnectorAnswer.Done or ConnectorAnswer.Refused { Status: 404 }))
                LogLeft();
        }
    }

    private static Card Below(string? language)
    {
        var desk = new Desk("", "", language ?? Flows.Wording.Original);
        return PlainCards.Sentence(desk, desk.Say("below"));
    }

    /// <summary>Whether this was not said a moment ago in answer to the same card; from now on it is.</summary>
    private bool IsNew((string Person, string Card, string Summary) said)
    {
        var now = time.GetUtcNow();
        return _said.KeepUnless(said, now, before => now - before <= s_oneClick).Kept;
    }

    /// <summary>A plain sentence as a message.</summary>
    public static Action<Utf8JsonWriter> Words(string text) => json =>
    {
        json.WriteString("type"u8, "message"u8);
        json.WriteString("text"u8, Reports.CardElement.WithoutMarkup(text));
        json.WriteString("textFormat"u8, "plain"u8);
    };

    private async Task SendAsync(Visit visit, Said said, CancellationToken cancellationToken)
    {
        var answer = await connector.CallAsync(ConnectorCall.Send(visit.Reference, said.Card.Message), s_patience, cancellationToken);
        var message = (answer as ConnectorAnswer.Done)?.Id;
        if (answer is ConnectorAnswer.Unknown && (visit.Replies ?? chats.Find(visit.Person)?.Message) is { Length: > 0 } used)
        {
            // It may be there or not. In place of a message that is known to be there it can be shown as often as need be, and is never doubled.
            LogDoubtful();
            if (await connector.CallAsync(ConnectorCall.Update(visit.Reference, used, said.Card.Message), s_patience, cancellationToken) is ConnectorAnswer.Done)
                message = used;
        }
        else if (answer is not ConnectorAnswer.Done)
        {
            _said.Forget((visit.Person, visit.Replies ?? visit.Once ?? "", said.Card.Summary));
            LogUnsaid(answer switch { ConnectorAnswer.Refused refused => refused.Why, ConnectorAnswer.Later later => later.Why, ConnectorAnswer.Unknown unknown => unknown.Why, _ => "" });
        }

        if (said.Asks.Length > 0)
            chats.Change(visit.Person, chat => chat with { Address = said.Asks, Message = message, Paused = false });
        if (said.Kept is { } keep && message is not null)
            await keep(visit.Trace(message), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody knows whether a message of a private chat arrived; it is shown in place of the one before")]
    private partial void LogDoubtful();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A card that showed answers which were withdrawn could not be taken away")]
    private partial void LogLeft();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of a private chat could not be sent: {Why}")]
    private partial void LogUnsaid(string why);
}
