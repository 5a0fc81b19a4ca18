using FossVoices.Fieldwork;

namespace FossVoices.Host.Web;

/// <summary>Deletes what is due and freezes what opens, when the web chat starts and while it runs.</summary>
internal sealed class Upkeep(Retention retention, Freezing freezing) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(retention.RunAsync(stoppingToken), freezing.RunAsync(stoppingToken));
}
