using System.Text.Json;
using FossVoices.Channels;
using FossVoices.Teams.Cards;
using FossVoices.Teams.Connector;

namespace FossVoices.Teams;

/// <summary>What the bot says in Teams without having been asked: invitations, reports, and reminders to those who wanted one.</summary>
internal sealed class TeamsChannel(ConnectorClient connector, TeamsSettings settings, Turnout turnout) : IChannel
{
    /// <summary>Well below what the outbox waits for.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public string Platform => Respondent.Platform;

    /// <summary>Teams knows none.</summary>
    public TimeSpan KnowsNonce => TimeSpan.Zero;

    public async Task<Arrival> SendAsync(string address, Post post, string nonce, CancellationToken cancellationToken)
    {
        if (Reference.TryRead(address) is not { } to)
            return NotHeardFrom();
        // A chat of several people ends in @thread.v2, and knows no threads.
        var isChannel = to.Conversation.EndsWith("@thread.tacv2", StringComparison.Ordinal) || to.Conversation.EndsWith("@thread.skype", StringComparison.Ordinal);
        var body = await BodyAsync(post, cancellationToken);
        var answer = await connector.CallAsync(
            isChannel && post is not Post.Reminder ? ConnectorCall.NewThread(to, body) : ConnectorCall.Send(to, body), s_patience, cancellationToken);
        return answer is ConnectorAnswer.Done sent ? new Arrival.Delivered(MessageIn(to, sent)) : ArrivalOf(answer);
    }

    public async Task<Arrival> EditAsync(string address, string message, Post post, CancellationToken cancellationToken)
    {
        if (Reference.TryRead(address) is not { } to)
            return NotHeardFrom();
        if (message.Split('\n') is not [var conversation, var activity])
            return new Arrival.Refused(Hindrance.MessageGone, "Teams told no id of the message when it was sent, so it can't be changed.");
        to = to with { Conversation = conversation };
        var answer = await connector.CallAsync(ConnectorCall.Update(to, activity, await BodyAsync(post, cancellationToken)), s_patience, cancellationToken);
        if (answer is not ConnectorAnswer.Done)
            return ArrivalOf(answer, isEdit: true);
        // A message that changes tells nobody. What is said below it may be missing, but the correction stands.
        if (post is Post.Report)
            await connector.CallAsync(ConnectorCall.Reply(to, activity, Speaker.Words(Sentences.Say(post.Language, "corrected"))), s_patience, cancellationToken);
        return new Arrival.Delivered(message);
    }

    /// <summary>What it takes to change the message later; empty where Teams tells too little.</summary>
    private static string MessageIn(Reference to, ConnectorAnswer.Done sent)
    {
        // A new thread is a conversation of its own, which holds the id of its first message.
        if (sent.Text("activityId") is { } activity)
            return $"{sent.Id ?? to.Conversation}\n{activity}";
        if (sent.Id is not { } id)
            return "";
        return id.Split(";messageid=") is [_, var first] ? $"{id}\n{first}" : $"{to.Conversation}\n{id}";
    }

    private async Task<Action<Utf8JsonWriter>> BodyAsync(Post post, CancellationToken cancellationToken) => post switch
    {
        Post.Report report => ReportCard.Of(report, settings.Site).Message,
        Post.Notice notice => PlainCards.Sentence(DeskOf(post), notice.Text).Message,
        Post.Invitation invitation => Invitation.Of(
            DeskOf(post, invitation.Flow), invitation, await turnout.OfAsync(post.Study, here: null, cancellationToken)).Message,
        Post.Reminder reminder => PlainCards.Sentence(
            DeskOf(post, reminder.Flow), reminder.Text, Element.Button(DeskOf(post, reminder.Flow), reminder.Resume, Act.Resume, style: "positive"),
            Element.Button(DeskOf(post, reminder.Flow), reminder.Stop, Act.Forget)).Message,
        _ => throw new System.Diagnostics.UnreachableException(post.GetType().Name),
    };

    private static Desk DeskOf(Post post, string flow = "") => new(post.Study, flow, post.Language);

    private static Arrival.Later NotHeardFrom() => new(
        TimeSpan.FromMinutes(10), "Nothing has come from that place yet, so that nobody knows how to write there. Add the app to the team, or mention the bot in that channel once.");

    private static Arrival ArrivalOf(ConnectorAnswer answer, bool isEdit = false) => answer switch
    {
        ConnectorAnswer.Later(var after, var why) => new Arrival.Later(after, why),
        ConnectorAnswer.Unknown(var why) => new Arrival.Unknown(why),
        ConnectorAnswer.Refused { Status: 404 } gone => new Arrival.Refused(isEdit ? Hindrance.MessageGone : Hindrance.PlaceGone, gone.Why),
        ConnectorAnswer.Refused { Status: 403 } barred => new Arrival.Refused(Hindrance.Forbidden, barred.Why),
        ConnectorAnswer.Refused refused => new Arrival.Refused(Hindrance.Unacceptable, refused.Why),
        _ => throw new System.Diagnostics.UnreachableException(answer.GetType().Name),
    };
}
