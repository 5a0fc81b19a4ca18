using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FossVoices.Coding;

/// <summary>Who codes: machines by their names, and people by the names they go by here.</summary>
internal static class Coders
{
    /// <summary>Under this name stands what was settled where two people had coded the same answer.</summary>
    public const string Gold = "gold";

    /// <summary>The language model's name.</summary>
    public const string Llm = "llm";

    /// <summary>The longest name of a person, in UTF-16 code units.</summary>
    public const int LongestName = 40;

    private static readonly ImmutableArray<string> s_machines = [AuthorCoder.Name, LexiconCoder.Name, LinearCoder.Name, CombinedCoder.Name, Llm];

    public static bool IsMachine(string coder) => s_machines.Contains(coder, StringComparer.Ordinal);

    /// <summary>Whether it is a person's own name: neither a machine's, nor one under which several people stand together.</summary>
    public static bool IsPerson(string coder) => !IsMachine(coder) && coder is not (Gold or CoderJudgements.People);

    /// <summary>
    /// The name that somebody gives for his or her codings: a name or initials. Spaces are evened out, and who has coded under the name in other case before goes on under that.
    /// </summary>
    /// <param name="said">As typed.</param>
    /// <param name="known">Names that are there already.</param>
    /// <returns>Null where it can't be one: empty, too long, a machine's name, or with characters that no name has.</returns>
    public static string? Name(string? said, IEnumerable<string> known)
    {
        if (said is null || !TryNormalize(ref said))
            return null;
        var name = string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (name.Length is 0 or > LongestName || !name.EnumerateRunes().All(IsOfName) || !name.EnumerateRunes().Any(Rune.IsLetterOrDigit))
            return null;
        return IsPerson(name.ToLowerInvariant())
            ? known.FirstOrDefault(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase)) ?? name
            : null;
    }

    private static bool IsOfName(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '.' or '-' or '_' or '\'' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool TryNormalize(ref string said)
    {
        try
        {
            said = said.Normalize(NormalizationForm.FormC);
            return true;
        }
        catch (ArgumentException) // An unpaired surrogate.
        {
            return false;
        }
    }
}
