using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Storage;

namespace FossVoices.Teams;

/// <summary>
/// How many take part, as a channel may know it: in steps of the study's minimum group, and not at all below the first. A figure that moved with each person would
/// tell the channel who has just begun.
/// </summary>
internal sealed class Turnout(CoverageStore coverage, OpenStudies studies, PlaceStore places)
{
    /// <param name="here">The channel, which is told of those who began there where the study reports its places apart; null where nobody knows which one it is.</param>
    /// <returns>So many or more; 0 where that is not to be told.</returns>
    public async Task<int> OfAsync(string study, Place? here, CancellationToken cancellationToken)
    {
        if (studies.Find(study)?.Study is not { } its || (here is null && !its.Pool))
            return 0;
        var at = here is null || its.Pool ? null : places.CommunityOf(study, here);
        return Step((await coverage.CountAsync(study, wave: null, at?.Key, cancellationToken)).Started, its.MinimumGroup);
    }

    public static int Step(long persons, int group) => (int)(persons / group) * group;
}
