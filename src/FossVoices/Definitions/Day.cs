using System.Globalization;

namespace FossVoices.Definitions;

/// <summary>Days as people read them.</summary>
internal static class Day
{
    /// <summary>Such as 22 November 2027, with the month named in the language; the day is that of the time's own offset.</summary>
    public static string InWords(DateTimeOffset day, string language) => InWords(DateOnly.FromDateTime(day.DateTime), language);

    public static string InWords(DateOnly day, string language) => day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo(language));
}
