namespace FossVoices.Reports;

/// <summary>A part of a study's people that is reported by itself: those who began in one server or team, or by the web link.</summary>
/// <param name="Platform">As in <see cref="Sessions.Origin.Platform"/>.</param>
/// <param name="Key">A keyed hash of the server's or team's id, which tells nobody which one it is.</param>
internal sealed record Community(string Platform, string Key)
{
    /// <summary>Everybody who came by the web.</summary>
    public static Community Web { get; } = new("web", "web");

    /// <summary>Whose answers a report of it counts, as the reader of a report is told.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Counted => Platform switch
    {
        "discord" => "This report counts only people who began in this Discord server.",
        "teams" => "This report counts only people who began in this team.",
        _ => "This report counts only people who came by the web page.",
    };
}

/// <summary>Reports that are numbered together: what has been shown to one reader says what may be shown to that reader next.</summary>
/// <param name="Wave">Empty in a study without waves.</param>
/// <param name="At">The part of the people it counts; null for all of them.</param>
internal sealed record Series(string Wave, Audience Audience, Community? At = null)
{
    /// <summary>The name under which its reports are kept.</summary>
    public override string ToString() =>
        (Audience == Audience.Channel ? Channel : "researcher") + (At is { } at ? $"@{at.Key}" : "") + (Wave.Length > 0 ? $"/{Wave}" : "");

    /// <summary>Whether reports kept under a name are of this wave and for the channel, and count all people or a part.</summary>
    /// <returns>Null where they are not.</returns>
    public static bool? IsApart(string name, string wave) =>
        name == new Series(wave, Audience.Channel).ToString() ? false
        : name.StartsWith(Channel + "@", StringComparison.Ordinal) && (name.Split('/', 2) is [_, var its] ? its : "") == wave ? true : null;

    private const string Channel = "channel";
}
