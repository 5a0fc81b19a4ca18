using System.Collections.Immutable;
using FossVoices.Definitions;
using FossVoices.Storage;
using FossVoices.Studies;

namespace FossVoices.Fieldwork;

/// <summary>Whether a study takes answers now, and in which wave.</summary>
/// <param name="Wave">The wave's id; empty in a study without waves.</param>
/// <param name="Closed">Why it takes none, in a sentence for people; null where it does.</param>
internal sealed record Opening(string Wave, string? Closed);

/// <summary>Knows which wave is open: by its dates, or by what an organiser last said. Speaks the language of the study it is given.</summary>
internal sealed class Openings(WaveStore waves, TimeProvider time)
{
    public async Task<Opening> NowAsync(Study study, string flow, CancellationToken cancellationToken)
    {
        var said = await waves.StatesAsync(study.Id, cancellationToken);
        if (study.Waves.IsEmpty)
            return new Opening("", said.GetValueOrDefault("", true) ? null : Sentences.Say(study.Language, "closed"));

        var today = Today;
        var open = study.Waves.LastOrDefault(w => said.GetValueOrDefault(w.Id, IsInDates(w, today)));
        if (open is null)
        {
            var next = study.Waves.Where(w => w.Open > today).Min(w => w.Open);
            return new Opening(study.Waves.LastOrDefault(w => w.Open is null || w.Open <= today)?.Id ?? study.Waves[0].Id, next is { } day
                ? Sentences.Say(study.Language, "opens", ("day", Day.InWords(day, study.Language)))
                : Sentences.Say(study.Language, "closed"));
        }

        // A wave can't name a flow whose file is gone; who began it may finish it.
        return open.Flows.IsEmpty || open.Flows.Contains(flow) || !study.Flows.ContainsKey(flow)
            ? new Opening(open.Id, null)
            : new Opening(open.Id, Sentences.Say(study.Language, "part_closed"));
    }

    /// <summary>Every wave that is open now.</summary>
    public async Task<ImmutableArray<Wave>> OpenAsync(Study study, CancellationToken cancellationToken)
    {
        var said = await waves.StatesAsync(study.Id, cancellationToken);
        return [.. study.Waves.Where(w => said.GetValueOrDefault(w.Id, IsInDates(w, Today)))];
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static bool IsInDates(Wave wave, DateOnly today) =>
        (wave.Open is not null || wave.Close is not null) && (wave.Open ?? today) <= today && today <= (wave.Close ?? today);
}
