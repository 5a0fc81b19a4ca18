using FossVoices.Channels;
using FossVoices.Sessions;
using FossVoices.Storage;

namespace FossVoices.Fieldwork;

/// <summary>Knows where somebody was last, for words that do not say what they are about.</summary>
internal sealed class Whereabouts(OpenStudies studies, Openings openings, Database database, TurnStore turns)
{
    /// <summary>The study and flow in which a person said something last, over all studies; null where nothing was begun.</summary>
    public async Task<(string Study, string Flow)?> OfAsync(Person person, CancellationToken cancellationToken)
    {
        (string Study, string Flow, DateTimeOffset At)? last = null;
        foreach (var study in studies.All.Select(open => open.Study))
        {
            var pseudonym = Pseudonym.Of(database.StudyKey(study.Id), person.Platform, person.Id);
            foreach (var flow in study.Flows.Keys)
            {
                var opening = await openings.NowAsync(study, flow, cancellationToken);
                if (await turns.FindAsync(study.Id, flow, opening.Wave, pseudonym, cancellationToken) is { } session
                    && session.Progress.Answers.Values.Select(answer => answer.At).Append(session.StartedAt).Max() is var at && (last is null || at > last.Value.At))
                {
                    last = (study.Id, flow, at);
                }
            }
        }

        return last is var (where, which, _) ? (where, which) : null;
    }
}
