using Spectre.Console;

namespace FossVoices.Host.Commands;

/// <summary>A progress bar where somebody watches, and nothing where the output is redirected.</summary>
internal static class Bar
{
    /// <param name="what">What is being done, in a few words.</param>
    public static Task<T> ShowAsync<T>(Terminal terminal, string what, Func<IProgress<(int Done, int Of)>?, Task<T>> work) =>
        Console.IsErrorRedirected || Console.IsOutputRedirected
            ? work(null)
            : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) })
                .Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(context =>
                {
                    var task = context.AddTask(Markup.Escape(what));
                    return work(new Progress<(int Done, int Of)>(reached =>
                    {
                        task.MaxValue = Math.Max(1, reached.Of);
                        task.Value = reached.Done;
                    }));
                });
}
