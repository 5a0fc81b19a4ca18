using System.Globalization;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Teams.Cards;
using FossVoices.Teams.Connector;
using FossVoices.Teams.Inbound;
using Microsoft.AspNetCore.Http;

namespace FossVoices.Teams;

/// <summary>Takes somebody from a channel to the private chat, and says so to nobody else.</summary>
internal sealed class Joining(
    ConnectorClient connector, Respondent respondent, Speaker speaker, OpenStudies studies, Newcomers newcomers, Turnout turnout, TeamsSettings settings, TimeProvider time)
{
    /// <summary>An invitation is not changed more often than this.</summary>
    private static readonly TimeSpan s_counts = TimeSpan.FromSeconds(30);

    private readonly Recent<(string Conversation, string Message), DateTimeOffset> _counted = new(half: 1_000);

    /// <summary>For how long whoever pressed waits to be told how it went.</summary>
    private static readonly TimeSpan s_atOnce = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <param name="to">The channel's thread.</param>
    /// <param name="isInvitation">Whether the card that was used is an invitation, rather than a report.</param>
    public async Task<Answered> JoinAsync(Activity activity, Reference to, Given given, bool isInvitation, bool again, CancellationToken cancellationToken)
    {
        var locale = activity.Locale ?? Wording.Original;
        if (given.Study is null || studies.Find(given.Study) is not { } open || studies.FindFlow(open.Study, given.Flow) is not { } flow)
            return Told(activity, to, Sentences.Say(locale, "not_ours"), again);
        var study = open.Study.In(locale);
        var here = newcomers.PlaceIn(study.Id, activity.Scene);
        var desk = new Desk(study.Id, flow, study.Language) { Through = study.Pool ? null : here.Community };
        // Opening a chat twice finds the same one.
        var opening = OpenAsync(activity, to, s_patience, cancellationToken);
        var opened = await Task.WhenAny(opening, Task.Delay(s_atOnce, time, cancellationToken)) == opening ? await opening : null;
        var (note, isBarred) = opened switch
        {
            null => (desk.Say("join_coming"), false),
            ConnectorAnswer.Done { Id: not null } => (desk.Say("joined"), false),
            ConnectorAnswer.Refused { Status: 403 } => (desk.Say("join_not_installed"), true),
            _ => (desk.Say("join_failed"), false),
        };
        Func<CancellationToken, Task>? then = again || opened is not (null or ConnectorAnswer.Done) ? null : token => GreetAsync(activity, to, desk, opening, token);
        if (activity.Happened is not Happened.Executed)
            return isBarred && !again ? Told(activity, to, $"{note} {ChatLink}", again) : new Answered(StatusCodes.Status202Accepted, Then: then);
        if (!isInvitation || Posts.InvitationOf(study, flow) is not { } invitation)
            return new Answered(StatusCodes.Status200OK, Replied.Words(isBarred ? $"{note} {ChatLink}" : note), then);
        var now = await turnout.OfAsync(study.Id, here, cancellationToken);
        var card = Invitation.Of(desk, invitation, now, note, isBarred ? [Element.Link(desk.Say("join_link"), ChatLink)] : []);
        return new Answered(StatusCodes.Status200OK, Replied.With(card), async token =>
        {
            if (then is not null)
                await then(token);
            if (!again && given.About != now.ToString(CultureInfo.InvariantCulture) && activity.Replies is { Length: > 0 } shared)
                await CountAsync(to, shared, open.Study, flow, now, token);
        });
    }

    /// <summary>Tells everybody in the channel how many take part now, in the study's own language. The card comes to lie anew for those who pressed, too.</summary>
    private Task CountAsync(Reference to, string shared, Studies.Study study, string flow, int now, CancellationToken cancellationToken) =>
        Posts.InvitationOf(study, flow) is not { } invitation || !_counted.KeepUnless((to.Conversation, shared), time.GetUtcNow(), last => time.GetUtcNow() - last < s_counts).Kept
            ? Task.CompletedTask
            : connector.CallAsync(ConnectorCall.Update(to, shared, Invitation.Of(new Desk(study.Id, flow, study.Language), invitation, now).Message), s_patience, cancellationToken);

    /// <summary>Where anybody can open the chat with the bot, and add it first where need be.</summary>
    public string ChatLink => $"https://teams.microsoft.com/l/chat/0/0?users=28:{settings.AppId}";

    private Task<ConnectorAnswer> OpenAsync(Activity activity, Reference to, TimeSpan patience, CancellationToken cancellationToken) =>
        connector.CallAsync(ConnectorCall.OpenChat(to, activity.From.Id), patience, cancellationToken);

    private async Task GreetAsync(Activity activity, Reference to, Desk desk, Task<ConnectorAnswer> opening, CancellationToken cancellationToken)
    {
        if (await opening is not ConnectorAnswer.Done { Id: { } chat })
            return;
        var visit = new Visit(activity.Id, activity.From.Id, to with { Conversation = chat }, activity.Locale, Replies: null, Once: activity.Replies);
        await speaker.SayAsync(visit, await respondent.HelloAsync(desk, visit, cancellationToken), cardAnswered: false, cancellationToken);
    }

    /// <summary>A sentence to whoever pressed: in the answer where there can be one, else below the card.</summary>
    private Answered Told(Activity activity, Reference to, string sentence, bool again) => activity.Happened is Happened.Executed
        ? new Answered(StatusCodes.Status200OK, Replied.Words(sentence))
        : new Answered(StatusCodes.Status202Accepted, Then: again ? null : token => connector.CallAsync(Below(activity, to, Speaker.Words(sentence)), s_patience, token));

    public static ConnectorCall Below(Activity activity, Reference to, Action<System.Text.Json.Utf8JsonWriter> message) =>
        (activity.Replies ?? activity.Id) is { Length: > 0 } above ? ConnectorCall.Reply(to, above, message) : ConnectorCall.Send(to, message);
}
