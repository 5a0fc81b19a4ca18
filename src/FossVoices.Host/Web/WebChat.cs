using System.Globalization;
using FossVoices.Host.Commands;

namespace FossVoices.Host.Web;

/// <summary>Runs the web chat until it is told to stop, and tells whoever started it what there is.</summary>
internal static class WebChat
{
    /// <param name="data">The folder in which answers are kept.</param>
    /// <param name="studies">The folder that holds the studies.</param>
    /// <param name="urls">Where to listen, divided by semicolons.</param>
    /// <param name="demoPeople">How many simulated people answer a demo study; 0 for no demo.</param>
    /// <param name="settings">What is switched on.</param>
    /// <param name="cancellationToken">Stops it: what is being said is finished first, as far as two seconds allow.</param>
    /// <exception cref="CannotRun">It can't start; the message says why.</exception>
    public static async Task<int> RunAsync(string data, string studies, string urls, int demoPeople, Settings settings, Terminal terminal, CancellationToken cancellationToken)
    {
        if (demoPeople > 0)
            await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{demoPeople} simulated people answer a demo study …"));
        await using (var site = await Site.StartAsync(
            data, studies, urls, terminal, cancellationToken, reviewPassword: settings.ReviewPassword, preview: settings.Preview, demoPeople: demoPeople, discord: settings.Discord, teams: settings.Teams))
        {
            await terminal.Out.WriteLineAsync(Greeting.Of(site.Studies, site.Addresses, Path.GetFullPath(data), settings.Discord is not null, settings.Teams is not null));
            var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (cancellationToken.Register(stop.SetResult))
                await stop.Task;
        }

        await terminal.Out.WriteLineAsync("Stopped. Everything that was answered is kept.");
        return ExitCode.Fine;
    }
}
