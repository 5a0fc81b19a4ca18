using FossVoices.Storage;

namespace FossVoices.Fieldwork;

/// <summary>Work in the background: done now, and again after each pause. A store that cannot be used for a moment ends nothing.</summary>
internal static class Recurring
{
    /// <summary>Goes on until stopped.</summary>
    /// <param name="pause">Asked after each round.</param>
    /// <param name="held">Told that the store could not be used; the next round tries again.</param>
    public static async Task RunAsync(
        Func<CancellationToken, Task> work, Func<TimeSpan> pause, Action<StorageUnavailable> held, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await work(cancellationToken);
            }
            catch (StorageUnavailable e)
            {
                held(e);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(pause(), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
