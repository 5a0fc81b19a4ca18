using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Storage;
using FossVoices.Teams.Connector;
using FossVoices.Teams.Inbound;
using Microsoft.AspNetCore.Http;

namespace FossVoices.Teams;

/// <summary>
/// Remembers how to write to places that study files name, once they are heard from, and forgets places from which the bot is removed: nothing is sent there
/// any more. Answers stay until withdrawn or expired, as consented. Nobody is written to for having been given the app.
/// </summary>
internal sealed class Newcomers(OpenStudies studies, PlaceStore places, Hearing hearing)
{
    public async Task<Answered> HearAsync(Activity activity, Reference reference, CancellationToken cancellationToken)
    {
        var scene = activity.Scene;
        switch (activity.Happened)
        {
            case Happened.Added when !scene.IsPersonal:
                await RememberAsync(scene, reference, again: true, cancellationToken);
                break;
            case Happened.Removed when scene.IsPersonal:
                await LeaveAsync(activity, reference, cancellationToken);
                break;
            case Happened.Removed:
                await places.ForgetAsync(new Place(Respondent.Platform, scene.Team ?? scene.Thread!), cancellationToken);
                foreach (var named in NamedBy(scene))
                    await places.ForgetAsync(named.Place, cancellationToken);
                break;
            case Happened.ChannelGone:
                await places.ForgetAsync(PlaceOf(scene), cancellationToken);
                await places.ForgetAsync(new Place(Respondent.Platform, scene.Thread!), cancellationToken);
                break;
        }

        return new Answered(StatusCodes.Status200OK);
    }

    /// <summary>Learns how to write to a channel that a study's file names.</summary>
    /// <param name="again">Whether the bot has just been asked in.</param>
    public async Task RememberAsync(Scene scene, Reference reference, bool again, CancellationToken cancellationToken)
    {
        foreach (var (study, place) in NamedBy(scene))
            await places.RememberAsync(study, place, PlaceRole.Channel, AddressOf(scene, reference), again, cancellationToken);
    }

    /// <summary>A channel with its team before it; as the study's file has it, where it names the channel alone.</summary>
    public Place PlaceIn(string study, Scene scene) => NamedBy(scene).FirstOrDefault(named => named.Study == study).Place ?? PlaceOf(scene);

    /// <summary>How to begin a thread in the channel, or to write in the chat.</summary>
    public static string AddressOf(Scene scene, Reference reference) => (reference with { Conversation = scene.Thread ?? scene.Conversation }).ToString();

    private static Place PlaceOf(Scene scene) => new(Respondent.Platform, scene.Team is { } team ? $"{team}/{scene.Thread}" : scene.Thread ?? scene.Conversation);

    private IEnumerable<(string Study, Place Place)> NamedBy(Scene scene) => studies.All.SelectMany(open => open.Study.Channels
        .Select(channel => Place.TryRead(channel)).OfType<Place>()
        .Where(place => place.Platform == Respondent.Platform && (place.Id == scene.Thread || place == PlaceOf(scene)))
        .Select(place => (open.Study.Id, place)));

    /// <summary>Whoever takes the app away wants no reminder.</summary>
    private async Task LeaveAsync(Activity activity, Reference reference, CancellationToken cancellationToken)
    {
        var visit = new Visit(activity.Id, activity.From.Id, reference, activity.Locale, Replies: null);
        foreach (var study in studies.All.Select(open => open.Study))
        {
            foreach (var flow in study.Flows.Keys)
                await hearing(visit.Heard(new Cards.Desk(study.Id, flow, study.Language), new Channels.Said.NoReminder(), asked: null), cancellationToken);
        }
    }
}
