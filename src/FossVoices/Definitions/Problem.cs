namespace FossVoices.Definitions;

/// <summary>How much a <see cref="Problem"/> weighs. Only errors keep a study from being opened.</summary>
public enum Severity
{
    /// <summary>The study can't be opened before this is mended.</summary>
    Error,

    /// <summary>The study works, but people will probably be asked something else than was meant.</summary>
    Warning,
}

/// <summary>Where something stands in a file: line and column, both counted from 1, columns in UTF-16 code units.</summary>
public readonly record struct Position(int Line, int Column)
{
    public static Position Start { get; } = new(1, 1);
}

/// <summary>One thing to mend in a study's files, in words for the person who wrote them.</summary>
/// <param name="File">The file's path as the person named it.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1, in UTF-16 code units.</param>
/// <param name="Severity">Whether the study can be opened all the same.</param>
/// <param name="Code">The stable number of this kind of problem, <c>FVnnn</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Suggestion">What to do about it, or null where the message says it all.</param>
public sealed record Problem(string File, int Line, int Column, Severity Severity, string Code, string Message, string? Suggestion)
{
    public override string ToString()
    {
        var severity = Severity == Severity.Error ? "error" : "warning";
        var advice = Suggestion is null ? "" : $" ({Suggestion})";
        return $"{File}:{Line}:{Column}: {severity} {Code}: {Message}{advice}";
    }
}
