using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FossVoices.Flows;

/// <summary>Reads a number as people type it.</summary>
internal static partial class TypedNumber
{
    /// <summary>
    /// The number, with its unit or without; null where the text is none, or could be two: <c>1,000</c> is a thousand to some and one
    /// to others, so it is asked for again rather than guessed.
    /// </summary>
    public static double? Read(string text, string? unit)
    {
        if (text.Length > 100 || Written().Match(WithAsciiDigits(text)) is not { Success: true } match)
            return null;

        var (whole, fraction, rest) = (match.Groups["whole"].Value, match.Groups["fraction"].Value, match.Groups["rest"].Value.Trim());
        if (rest.Length > 0 && (unit is null || !IsUnit(rest, unit)))
            return null;
        if (fraction.Length == 3 && whole.TrimStart('-', '+', '0').Length > 0)
            return null;
        return double.Parse($"{whole.Replace('−', '-')}.{fraction}0", NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>A unit cut short, or in the singular, is the unit all the same.</summary>
    private static bool IsUnit(string said, string unit) =>
        unit.StartsWith(said.TrimEnd('.'), StringComparison.OrdinalIgnoreCase) || said.StartsWith(unit, StringComparison.OrdinalIgnoreCase);

    private static string WithAsciiDigits(string text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (var c in text)
            digits.Append(CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit ? (char)('0' + digit) : c);
        return digits.ToString();
    }

    [GeneratedRegex(@"^\s*(?<whole>[-+−]?[0-9]{1,15})(?:[.,٫](?<fraction>[0-9]{1,15}))?(?<rest>[^0-9]*)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Written();
}
