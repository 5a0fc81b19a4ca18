using FossVoices.Fieldwork;

namespace FossVoices.Host.Web;

/// <summary>Deletes what is due, when the web chat starts and every hour while it runs.</summary>
internal sealed class Upkeep(Retention retention) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => retention.RunAsync(stoppingToken);
}
