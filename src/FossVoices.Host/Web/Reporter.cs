using FossVoices.Fieldwork;

namespace FossVoices.Host.Web;

/// <summary>Makes and posts the reports that are due, while the program runs.</summary>
internal sealed class Reporter(ReportSchedule schedule, WordsPosting words) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(schedule.RunAsync(stoppingToken), words.RunAsync(stoppingToken));
}
