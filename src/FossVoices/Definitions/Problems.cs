using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Definitions;

/// <summary>Gathers what is wrong with one file while it is read, so that its author sees everything at once.</summary>
public sealed class Problems(string file)
{
    /// <summary>Past this many errors, or warnings, more lines help nobody: the file is wrong as a whole.</summary>
    private const int Most = 200;

    private readonly List<Problem> _found = [];
    private int _errors;

    public string File => file;

    public bool AnyError => _errors > 0;

    /// <summary>Whether so much is wrong, or so much is in the file, that looking further would only cost time.</summary>
    public bool Hopeless { get; private set; }

    public void Error(string code, Position at, string message, string? suggestion = null)
    {
        if (_errors++ < Most)
            _found.Add(new Problem(file, at.Line, at.Column, Severity.Error, code, message, suggestion));
        Hopeless |= _errors >= Most;
    }

    public void Warning(string code, Position at, string message, string? suggestion = null)
    {
        if (_found.Count - Math.Min(_errors, Most) < Most)
            _found.Add(new Problem(file, at.Line, at.Column, Severity.Warning, code, message, suggestion));
    }

    /// <summary>Reports something of a size that no study has, after which the file is looked at no further.</summary>
    public void Absurd(Position at, string message, string suggestion)
    {
        Error("FV008", at, message, suggestion);
        Hopeless = true;
    }

    /// <summary>Reports a name that nothing has, with the nearest one that something has.</summary>
    public void Unknown(string code, Position at, string what, string name, IEnumerable<string> known)
    {
        if (Hopeless)
            return;

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
        var cut = text.Length <= 60 ? text.Length : char.IsHighSurrogate(text[56]) ? 56 : 57;
        var line = string.Concat(text[..cut].Select(c => char.IsControl(c) ? ' ' : c));
        return cut == text.Length ? line : line + "…";
    }

    /// <summary>A large number as it may stand in a message, the same on every machine.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
