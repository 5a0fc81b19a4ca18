using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;

namespace FossVoices.Teams.Inbound;

/// <summary>A message as its author meant it: without the bot's mention, and without the markup that Teams puts around typed text.</summary>
internal static partial class Spoken
{
    /// <param name="mentions">The texts that mention the bot.</param>
    public static string Of(string text, ImmutableArray<string> mentions)
    {
        foreach (var mention in mentions.Where(mention => mention.Length > 0))
            text = text.Replace(mention, " ", StringComparison.Ordinal);
        // Only what Teams itself writes: people write < and > too, and those come escaped.
        text = Breaks().Replace(text, "\n");
        text = Paragraphs().Replace(text, "");
        return WebUtility.HtmlDecode(text).Replace('\u00a0', ' ').ReplaceLineEndings("\n").Trim();
    }

    [GeneratedRegex(@"<br\s*/?>|</p>\s*<p>|</div>\s*<div>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Breaks();

    [GeneratedRegex("</?(p|div)>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Paragraphs();
}
