using Spectre.Console;

namespace FossVoices.Host.Commands;

/// <summary>Shows how far long work has come: a bar where somebody watches, nothing where the output is redirected.</summary>
internal static class Bar
{
    /// <param name="steps">How many steps the work reports.</param>
    /// <param name="work">Reports the steps done since it last did.</param>
    public static T Show<T>(Terminal terminal, string what, int steps, Func<IProgress<int>?, T> work)
    {
        if (Console.IsErrorRedirected || Console.IsOutputRedirected)
            return work(null);

        return AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) }).Progress().AutoClear(true).HideCompleted(true).Start(context =>
        {
            var task = context.AddTask(what, maxValue: steps);
            return work(new Steps(task));
        });
    }

    private sealed class Steps(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Increment(value);
    }
}
