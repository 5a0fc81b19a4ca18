using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FossVoices.Codebooks;

namespace FossVoices.Exchange;

/// <summary>Makes ids of the names that codes have elsewhere: small letters, digits and underscores, each once.</summary>
internal static class CodeIds
{
    private const int Longest = 60;

    public static ImmutableArray<string> Of(IReadOnlyList<string> names)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var ids = ImmutableArray.CreateBuilder<string>(names.Count);
        foreach (var name in names)
        {
            var id = IdOf(name);
            var free = id;
            for (var number = 2; !taken.Add(Codebook.Folded(free)); number++)
                free = string.Create(CultureInfo.InvariantCulture, $"{id}_{number}");
            ids.Add(free);
        }

        return ids.ToImmutable();
    }

    /// <summary><c>#Bus factor</c> is bus_factor, and <c>Épuisement</c> is epuisement.</summary>
    private static string IdOf(string name)
    {
        var id = new StringBuilder();
        foreach (var c in PlainText.Of(name).Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
                id.Append(char.ToLowerInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && id.Length > 0 && id[^1] != '_')
                id.Append('_');
        }

        var plain = id.ToString()[..Math.Min(id.Length, Longest)].TrimEnd('_');
        return plain.Length == 0 ? "code" : char.IsAsciiLetter(plain[0]) ? plain : $"code_{plain}";
    }
}
