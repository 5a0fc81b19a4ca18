namespace FossVoices.Host.Commands;

/// <summary>Where a verb reads and writes, and which clock it goes by; tests hand in their own.</summary>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error, TimeProvider Time);

/// <summary>What a verb's exit code says.</summary>
internal static class ExitCode
{
    /// <summary>Fine, warnings included.</summary>
    public const int Fine = 0;

    /// <summary>What was checked has errors.</summary>
    public const int ErrorsFound = 1;

    /// <summary>The command line can't be understood.</summary>
    public const int WrongUsage = 2;

    /// <summary>It could not run.</summary>
    public const int CouldNotRun = 3;
}

/// <summary>The verb can't go on. Its message is one sentence: what, where, and what to do.</summary>
internal sealed class CannotRun(string sentence, int exitCode = ExitCode.CouldNotRun) : Exception(sentence)
{
    public int ExitCode => exitCode;
}
