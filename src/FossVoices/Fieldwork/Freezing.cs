using FossVoices.Storage;
using Microsoft.Extensions.Logging;

namespace FossVoices.Fieldwork;

/// <summary>
/// Freezes what a wave asks on the day that opens it, whether or not anybody comes that day: once for each wave, so that what is changed afterwards is
/// seen as a change.
/// </summary>
internal sealed partial class Freezing(OpenStudies studies, Openings openings, BundleStore bundles, TimeProvider time, ILogger<Freezing> log)
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <summary>Looks now, every hour, and when a day begins, until stopped.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Recurring.RunAsync(FreezeAsync, UntilNext, LogFailed, time, cancellationToken);

    private TimeSpan UntilNext()
    {
        var today = time.GetUtcNow().UtcDateTime;
        var tomorrow = today.Date.AddDays(1) - today;
        return tomorrow < s_hour ? tomorrow : s_hour;
    }

    /// <summary>Freezes the flows of every wave that is open and was not frozen before.</summary>
    public async Task FreezeAsync(CancellationToken cancellationToken)
    {
        foreach (var open in studies.All.Where(open => !open.Study.Waves.IsEmpty))
        {
            var frozen = await bundles.FrozenAsync(open.Study.Id, cancellationToken);
            foreach (var wave in (await openings.OpenAsync(open.Study, cancellationToken)).Where(wave => !frozen.Contains(wave.Id)))
            {
                await bundles.FreezeAsync(open.Study.Id, wave.Id, [.. open.Study.AskedIn(wave.Id).Select(open.BundleOf)], cancellationToken);
                LogFrozen(open.Study.Id, wave.Id);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Study {Study}: wave {Wave} has opened, and what it asks is kept as it is now")]
    private partial void LogFrozen(string study, string wave);

    [LoggerMessage(Level = LogLevel.Error, Message = "What a wave asks could not be kept; this is tried again in an hour")]
    private partial void LogFailed(Exception exception);
}
