using FossVoices.Fieldwork;

namespace FossVoices.Host.Web;

/// <summary>Sends what waits in the outbox, while the program runs.</summary>
internal sealed class Postman(Outbox outbox) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => outbox.RunAsync(stoppingToken);
}
