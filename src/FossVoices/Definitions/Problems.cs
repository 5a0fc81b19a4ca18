using System.Collections.Immutable;

namespace FossVoices.Definitions;

/// <summary>Gathers what is wrong with one file while it is read, so that its author sees everything at once.</summary>
public sealed class Problems(string file)
{
    /// <summary>Past this many, more lines help nobody: the file is wrong as a whole.</summary>
    private const int Most = 200;

    private readonly List<Problem> _found = [];

    public string File => file;

    public bool AnyError => _found.Exists(p => p.Severity == Severity.Error);

    public void Error(string code, Position at, string message, string? suggestion = null) => Add(Severity.Error, code, at, message, suggestion);

    public void Warning(string code, Position at, string message, string? suggestion = null) => Add(Severity.Warning, code, at, message, suggestion);

    /// <summary>Reports a name that nothing has, with the nearest one that something has.</summary>
    public void Unknown(string code, Position at, string what, string name, IEnumerable<string> known)
    {
        var names = known.ToImmutableArray();
        var suggestion = Nearest.To(name, names) is { } nearest ? $"did you mean '{nearest}'?"
            : names.Length is > 0 and <= 12 ? $"there is {string.Join(", ", names)}"
            : null;
        Error(code, at, $"no {what} '{Shown(name)}'", suggestion);
    }

    /// <summary>What was found, in the order of the file.</summary>
    public ImmutableArray<Problem> InOrder() =>
        [.. _found.OrderBy(p => p.Line).ThenBy(p => p.Column).ThenBy(p => p.Code, StringComparer.Ordinal)];

    /// <summary>A piece of the file as it may stand in a message: one line, of bearable length.</summary>
    public static string Shown(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= 60 ? line : line[..57] + "…";
    }

    private void Add(Severity severity, string code, Position at, string message, string? suggestion)
    {
        if (_found.Count < Most)
            _found.Add(new Problem(file, at.Line, at.Column, severity, code, message, suggestion));
    }
}
