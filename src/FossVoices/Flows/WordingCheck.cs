using System.Collections.Frozen;
using System.Text.RegularExpressions;
using FossVoices.Definitions;

namespace FossVoices.Flows;

/// <summary>
/// Looks for two faults of wording that spoil an answer: two meanings of <em>expect</em> in one item, and two questions in one.
/// By tell-tale words of the languages that it knows; a warning, since words can mislead.
/// </summary>
internal static partial class WordingCheck
{
    private static readonly FrozenDictionary<string, Tells> s_tells = new Dictionary<string, Tells>(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = new(EnglishReadings(), EnglishShould(), EnglishTwoThings()),
        ["fr"] = new(FrenchReadings(), FrenchShould(), FrenchTwoThings()),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static void Check(Flow flow, FoundText text, Problems problems)
    {
        if (text.Item is null || text.Use != TextUse.Asked || !s_tells.TryGetValue(flow.Language.Split('-')[0], out var tells)
            || text.Text.Value.Length > 4000 || flow.Find(text.Item) is not { } item || item is Item.Notice or Item.Gate)
        {
            return;
        }

        var said = text.Text.Value;
        var rated = item is Item.Rating or Item.Pair;
        if (tells.Readings.IsMatch(said))
            problems.Warning("FV034", text.Text.At, "this asks what ought to be and what is, or will be, at once", "ask for one of them; a second item can ask for the other");
        else if (rated && item.Reading is Reading.Kept or Reading.Predicted && tells.Should.IsMatch(said))
            problems.Warning("FV034", text.Text.At, $"'reading' says that this is about what {(item.Reading == Reading.Kept ? "is" : "will be")}, and the text asks what should be", "change the one or the other");

        if (rated && tells.TwoThings.Match(said) is { Success: true } match)
            problems.Warning("FV035", text.Text.At, $"'{Problems.Shown(match.Value)}' may ask two things at once", "nobody can answer two questions with one tap: make two items, or keep the one that matters");
    }

    [GeneratedRegex(@"\b(should|ought to)\b[^.?!]*\b(and|or)\b\s+(does|do|is|are|will|has|have)\b|\b(does|do|is|are|will)\b[^.?!]*\b(and|or)\b\s+(should|ought to)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex EnglishReadings();

    [GeneratedRegex(@"\bshould\b|\bought to\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex EnglishShould();

    [GeneratedRegex(@"\band/or\b|\b\w+ (and|or) \w+\?|\bhow (far|much|often|likely)\b[^.?!]*\band (how|whether)\b|\bboth\b[^.?!]*\band\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex EnglishTwoThings();

    [GeneratedRegex(@"\b(devrait|devraient|faudrait)\b[^.?!]*\b(et|ou)\b\s+(est|sont|fait|font|sera|seront|va|vont)\b|\b(est|sont|fait|font|sera|seront)\b[^.?!]*\b(et|ou)\b\s+(devrait|devraient|faudrait)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex FrenchReadings();

    [GeneratedRegex(@"\b(devrait|devraient|faudrait)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex FrenchShould();

    [GeneratedRegex(@"\bet/ou\b|\b\w+ (et|ou) \w+\s*\?|\b(à quel point|dans quelle mesure|combien)\b[^.?!]*\bet (comment|si|à quel point|dans quelle mesure|combien)\b|\bà la fois\b[^.?!]*\bet\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex FrenchTwoThings();

    /// <summary>What tells of a fault in one language.</summary>
    /// <param name="Readings">Two meanings of <em>expect</em>.</param>
    /// <param name="Should">What ought to be.</param>
    /// <param name="TwoThings">Two questions.</param>
    private sealed record Tells(Regex Readings, Regex Should, Regex TwoThings);
}
