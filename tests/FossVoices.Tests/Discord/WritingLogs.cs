using Microsoft.Extensions.Logging;

namespace FossVoices.Tests.Discord;

/// <summary>Keeps every log line, with the exceptions.</summary>
internal sealed class WritingLogs(StringWriter writer) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (writer)
            writer.WriteLine($"{logLevel} {formatter(state, exception)} {exception}");
    }

    public static string Read(StringWriter writer)
    {
        lock (writer)
            return writer.ToString();
    }

    public void Dispose()
    {
    }
}
