using System.Globalization;
using System.Text;

namespace FossVoices.Reports;

/// <summary>Makes texts fit.</summary>
internal static class Shortened
{
    /// <summary>The text in at most so many UTF-16 units, cut between letters as people see them, with an ellipsis where something is missing.</summary>
    public static string To(string text, int most)
    {
        var line = Harmless.Line(text);
        if (line.Length <= most)
            return line;

        var kept = new StringBuilder(most);
        foreach (var letter in Letters(line))
        {
            if (kept.Length + letter.Length > most - 1)
                break;
            kept.Append(letter);
        }

        return kept.ToString().TrimEnd() + "…";
    }

    private static IEnumerable<string> Letters(string line)
    {
        var letters = StringInfo.GetTextElementEnumerator(line);
        while (letters.MoveNext())
            yield return letters.GetTextElement();
    }
}
