using FossVoices.Fieldwork;
using FossVoices.Storage;

namespace FossVoices.Teams;

/// <summary>
/// How many take part, as a channel may know it: in steps of the study's minimum group, and not at all below the first. A figure that moved with each person would
/// tell the channel who has just begun.
/// </summary>
internal sealed class Turnout(CoverageStore coverage, OpenStudies studies)
{
    /// <returns>So many or more; 0 where that is not to be told.</returns>
    public async Task<int> OfAsync(string study, CancellationToken cancellationToken) =>
        studies.Find(study)?.Study is { } its ? Step((await coverage.CountAsync(study, wave: null, cancellationToken)).Started, its.MinimumGroup) : 0;

    public static int Step(long persons, int group) => (int)(persons / group) * group;
}
