using FossVoices.Fieldwork;

namespace FossVoices.Host.Web;

/// <summary>Makes and posts the reports that are due, while the program runs.</summary>
internal sealed class Reporter(ReportSchedule schedule) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => schedule.RunAsync(stoppingToken);
}
