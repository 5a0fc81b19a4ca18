using System.Globalization;

namespace FossVoices.Host.Web;

/// <summary>Writes what the framework and the engine log as one line each, for whoever runs the bot.</summary>
internal sealed class TerminalLog(TextWriter output) : ILoggerProvider
{
    private readonly Lock _oneAtATime = new();

    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose()
    {
        // The terminal is not ours to close.
    }

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{Word(level)}: {category}: {message}{Of(exception)}").ReplaceLineEndings(" ");
        lock (_oneAtATime)
            output.WriteLine(line);
    }

    /// <summary>The kinds of the exceptions and where the first arose. Never their messages: those may repeat what somebody wrote.</summary>
    private static string Of(Exception? exception)
    {
        if (exception is null)
            return "";
        var kinds = new List<string>();
        for (var e = exception; e is not null; e = e.InnerException)
            kinds.Add(e.GetType().Name);
        var where = exception.GetBaseException().StackTrace?.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault();
        return $" ({string.Join(" < ", kinds)}{(where is null ? "" : $" {where}")})";
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Warning => "warning",
        LogLevel.Error or LogLevel.Critical => "error",
        _ => "info",
    };

    private sealed class Lines(TerminalLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Write(logLevel, category, formatter(state, exception), exception);
        }
    }
}
