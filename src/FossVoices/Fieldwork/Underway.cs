using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FossVoices.Fieldwork;

/// <summary>Work that nobody waits for while it runs, and that a stop waits for.</summary>
internal sealed partial class Underway(ILogger log)
{
    private readonly ConcurrentDictionary<Task, bool> _tasks = new();

    public int Count => _tasks.Count;

    /// <summary>Starts it and returns at once. What it throws is logged by type only: a message may hold what somebody wrote.</summary>
    public void Run(Func<Task> work)
    {
        var task = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException)
            {
                // The program stops, or whoever asked is gone: nobody is left to tell.
            }
#pragma warning disable CA1031 // One interaction that fails must not take the others along.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                LogFault(fault.GetType().Name, fault.StackTrace);
            }
        });
        _tasks.TryAdd(task, true);
        _ = task.ContinueWith(t => _tasks.TryRemove(t, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits until all of it has ended.</summary>
    public Task SettleAsync() => Task.WhenAll(_tasks.Keys);

    [LoggerMessage(Level = LogLevel.Error, Message = "What nobody waited for failed: {Fault}\n{Trace}")]
    private partial void LogFault(string fault, string? trace);
}
