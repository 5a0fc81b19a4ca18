namespace FossVoices.Flows;

/// <summary>What somebody allows to become of an answer in their own words, from the least to the most.</summary>
public enum Release
{
    /// <summary>Nothing: it is kept for its author, and in no report, export or coding.</summary>
    None,

    /// <summary>It may be coded and counted; nobody but the study's team reads the words.</summary>
    Count,

    /// <summary>It may be told in other words.</summary>
    Paraphrase,

    /// <summary>The words may be shown without a name.</summary>
    Anonymous,

    /// <summary>The words may be shown under the name that was chosen, and under the study's open licence.</summary>
    Named,
}

/// <summary>How releases are spelt in files, commands and the database.</summary>
internal static class Releases
{
    /// <summary>What holds for an answer of which its author has said nothing.</summary>
    public const Release Default = Release.Count;

    public static string Spelt(this Release release) => Definitions.Spelling.Of(release);

    /// <summary>Null where it is none.</summary>
    public static Release? TryRead(string? text)
    {
        foreach (var release in Enum.GetValues<Release>())
        {
            if (string.Equals(release.Spelt(), text, StringComparison.OrdinalIgnoreCase))
                return release;
        }

        return null;
    }

    /// <summary>Whether the very words may be shown to others.</summary>
    public static bool ShowsWords(this Release release) => release >= Release.Anonymous;
}
