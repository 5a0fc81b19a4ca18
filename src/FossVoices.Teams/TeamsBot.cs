using FossVoices.Fieldwork;
using FossVoices.Teams.Inbound;
using Microsoft.Extensions.Hosting;

namespace FossVoices.Teams;

/// <summary>The bot while the program runs. It starts only when it can check who calls, and stops when what is under way has been said.</summary>
internal sealed class TeamsBot(TeamsSettings settings, SigningKeys keys, Underway underway, TimeProvider time) : IHostedService
{
    private const int Tries = 3;

    /// <exception cref="KeysUnavailable">The signing keys can't be had, so nobody could be told from anybody.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; !settings.AllowUnauthenticated; attempt++)
        {
            try
            {
                await keys.ReadAsync(cancellationToken);
                return;
            }
            catch (KeysUnavailable) when (attempt < Tries)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), time, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => underway.SettleAsync().WaitAsync(cancellationToken).ContinueWith(
        _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
