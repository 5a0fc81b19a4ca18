using System.Globalization;

namespace FossVoices.Flows;

/// <summary>As much of an answer as a mirror shows.</summary>
public static class Excerpt
{
    /// <summary>In UTF-16 code units: a few of them fit a chat's message beside the question.</summary>
    public const int Longest = 320;

    /// <summary>The text in one line, cut at the end of a sentence where there is one, and never within a character.</summary>
    public static string Of(string text, int longest = Longest)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= longest)
            return line;

        var most = line[..(longest - 2)];
        var sentence = most.LastIndexOfAny(['.', '!', '?', '…']);
        if (sentence >= longest / 3)
            return $"{most[..(sentence + 1)]} …";
        var word = most.LastIndexOf(' ');
        var end = word >= longest / 3 ? word : Whole(most);
        return $"{most[..end].TrimEnd()} …";
    }

    /// <summary>How much of a text can be kept without tearing its last character apart.</summary>
    internal static int Whole(string text)
    {
        var elements = StringInfo.ParseCombiningCharacters(text);
        return elements.Length > 1 ? elements[^1] : text.Length;
    }
}
