namespace FossVoices.Definitions;

/// <summary>A token, password or key. It shows itself to nobody: a log line or an exception that holds it says what it is, not which.</summary>
/// <param name="value">The secret itself.</param>
/// <param name="what">What it is, such as <c>client secret</c>.</param>
internal sealed class Secret(string value, string what)
{
    private readonly string _value = value;

    /// <summary>The secret itself, for the one place that needs it.</summary>
    public string Reveal() => _value;

    public override string ToString() => $"({what})";
}
