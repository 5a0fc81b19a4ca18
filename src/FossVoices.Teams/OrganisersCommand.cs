namespace FossVoices.Teams;

/// <summary>What an organiser typed: <c>voices-study open STUDY</c>, with the slash or without.</summary>
/// <param name="Study">Empty where none is named.</param>
/// <param name="Rest">What stands after that.</param>
internal sealed record OrganisersCommand(string Word, string Study, string Rest)
{
    private const string Name = "voices-study";

    /// <summary>Null where it is none.</summary>
    public static OrganisersCommand? Read(string text) =>
        text.Trim().TrimStart('/').Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries) is [var name, .. var rest] && string.Equals(name, Name, StringComparison.OrdinalIgnoreCase)
            ? new OrganisersCommand(rest.ElementAtOrDefault(0)?.ToLowerInvariant() ?? "", rest.ElementAtOrDefault(1) ?? "", rest.ElementAtOrDefault(2) ?? "")
            : null;
}
