using System.Globalization;

namespace FossVoices.Storage;

/// <summary>One thing that persons are counted by.</summary>
/// <param name="Public">People who published their words, or those who did not.</param>
/// <param name="Attested">Attested people alone, or all.</param>
/// <param name="Side">See <see cref="Sides"/>.</param>
/// <param name="About">One of the names here.</param>
/// <param name="Area">The flow; of <see cref="Came"/>, the platform.</param>
/// <param name="Name">The question's address, the id of pair, tension or code; of <see cref="Came"/>, the source.</param>
/// <param name="Kind">Of an answer, its kind; of a tension, which halves are held; else what is counted.</param>
/// <param name="Value">The option, point, number or difference.</param>
internal readonly record struct TallyCell(
    string Wave, bool Public, bool Attested, string Side, string About, string Area = "", string Name = "", string Kind = "", string Value = "")
{
    public const string Answer = "answer";
    public const string Difference = "difference";
    public const string Tension = "tension";
    public const string Code = "code";
    public const string Read = "read";
    public const string Unread = "unread";

    /// <summary>How far people came: <see cref="Started"/>, <see cref="Core"/>, <see cref="Finished"/>.</summary>
    public const string Came = "came";

    public const string Started = "started";
    public const string Core = "core";
    public const string Finished = "finished";

    public const string Persons = "persons";
    public const string Confirmed = "confirmed";
    public const string Answers = "answers";
    public const string ConfirmedAnswers = "confirmed_answers";

    /// <summary>A tension by the halves that are held.</summary>
    public static string Held(bool a, bool b) => (a, b) switch
    {
        (false, false) => "neither",
        (true, false) => "a",
        (false, true) => "b",
        (true, true) => "both",
    };

    /// <summary>A point or number as the text of a cell; null for the absence of one.</summary>
    public static string Text(double? number) => number is { } n ? (n + 0.0).ToString("R", CultureInfo.InvariantCulture) : ""; // -0 is 0, as it is for SQL.

    public override string ToString() => string.Join('/', new[]
    {
        Wave.Length > 0 ? $"wave {Wave}" : "", Public ? "published" : "", Attested ? "attested" : "", Side, About, Area, Name, Kind, Value.ReplaceLineEndings("+"),
    }.Where(part => part.Length > 0));
}
