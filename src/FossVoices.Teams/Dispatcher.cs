using FossVoices.Fieldwork;
using FossVoices.Flows;
using FossVoices.Teams.Connector;
using FossVoices.Teams.Inbound;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FossVoices.Teams;

/// <summary>Hears every activity, and says who sees to it.</summary>
internal sealed partial class Dispatcher(
    Respondent respondent, Organiser organiser, Joining joining, Speaker speaker, Newcomers newcomers, OpenStudies studies, TeamsSettings settings, ILogger<Dispatcher> log) : IActivities
{
    public async Task<Answered> HearAsync(Activity activity, bool again, CancellationToken cancellationToken)
    {
        var reference = new Reference(
            activity.ServiceUrl, activity.Tenants[0], activity.Scene.Conversation, activity.Bot.Length > 0 ? activity.Bot : $"28:{settings.AppId}");
        try
        {
            return activity.Happened switch
            {
                Happened.Wrote(var text) => again ? Accepted : activity.Scene.IsPersonal
                    ? await WroteAsync(activity, reference, text, cancellationToken)
                    : await InChannelAsync(activity, reference, text, cancellationToken),
                Happened.Submitted(var data) => again ? Accepted : await SentAsync(activity, reference, "", data, again, cancellationToken),
                Happened.Executed(var verb, var data) => await SentAsync(activity, reference, verb, data, again, cancellationToken),
                Happened.Invoked => new Answered(StatusCodes.Status501NotImplemented),
                Happened.Added or Happened.Removed or Happened.ChannelGone => await newcomers.HearAsync(activity, reference, cancellationToken),
                _ => new Answered(StatusCodes.Status200OK),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it was, the person is not left without a word. The log names no person and no words.
            LogFailed(e.GetType().Name, e.StackTrace);
            var sentence = Sentences.Say(activity.Locale ?? Wording.Original, "failed");
            return activity.Happened is Happened.Executed
                ? new Answered(StatusCodes.Status200OK, Replied.Error(StatusCodes.Status500InternalServerError, "failed", sentence))
                : new Answered(StatusCodes.Status202Accepted);
        }
    }

    private static Answered Accepted { get; } = new(StatusCodes.Status202Accepted);

    private async Task<Answered> WroteAsync(Activity activity, Reference reference, string text, CancellationToken cancellationToken)
    {
        if (OrganisersCommand.Read(text) is { } command)
            return await organiser.CommandedAsync(activity, reference, command, cancellationToken);
        var visit = new Visit(activity.Id, activity.From.Id, reference, activity.Locale, Replies: null);
        var turned = await respondent.WroteAsync(visit, text, cancellationToken);
        return new Answered(StatusCodes.Status202Accepted, Then: token => speaker.SayAsync(visit, turned, cardAnswered: false, token));
    }

    /// <summary>In a channel nobody answers; whoever speaks to the bot there is told how to.</summary>
    private async Task<Answered> InChannelAsync(Activity activity, Reference reference, string text, CancellationToken cancellationToken)
    {
        await newcomers.RememberAsync(activity.Scene, reference, again: false, cancellationToken);
        if (OrganisersCommand.Read(text) is { } command)
            return await organiser.CommandedAsync(activity, reference, command, cancellationToken);
        return studies.All is [var only] && Typed.Read(text, activity.Locale ?? Wording.Original) is { Act: Act.Show }
            ? await joining.JoinAsync(activity, reference, new Given(Act.Join, only.Study.Id, null, null, null, "", []), isInvitation: false, again: false, cancellationToken)
            : await organiser.TellAsync(activity, reference, "in_private", cancellationToken, ("link", joining.ChatLink));
    }

    private async Task<Answered> SentAsync(Activity activity, Reference reference, string verb, System.Text.Json.JsonElement data, bool again, CancellationToken cancellationToken)
    {
        if (Given.TryRead(verb, data) is not { } given)
        {
            return activity.Happened is Happened.Executed
                ? new Answered(StatusCodes.Status200OK, Replied.Error(StatusCodes.Status400BadRequest, "unreadable", Sentences.Say(activity.Locale ?? Wording.Original, "unreadable")))
                : Accepted;
        }

        if (!activity.Scene.IsPersonal)
            return await joining.JoinAsync(activity, reference, given, isInvitation: given.Inputs.ContainsKey("act"), again, cancellationToken);
        var visit = new Visit(activity.Id, activity.From.Id, reference, activity.Locale, activity.Replies ?? "");
        var turned = await respondent.SentAsync(visit, given, cancellationToken);
        if (activity.Happened is not Happened.Executed)
            return new Answered(StatusCodes.Status202Accepted, Then: token => speaker.SayAsync(visit, turned, cardAnswered: false, token));
        var body = (turned.Here ?? turned.Spent) is { } card ? Replied.With(card) : Replied.Words(turned.Words ?? Sentences.Say(activity.Locale ?? Wording.Original, "below"));
        return new Answered(StatusCodes.Status200OK, body, again ? null : token => speaker.SayAsync(visit, turned, cardAnswered: true, token));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An activity could not be heard: {Fault}\n{Trace}")]
    private partial void LogFailed(string fault, string? trace);
}
