using System.Collections.Immutable;

namespace FossVoices.Reports;

/// <summary>A report as one Discord message. Send it with mentions switched off all the same.</summary>
internal static class DiscordText
{
    /// <summary>Discord counts UTF-16 units.</summary>
    public const int Limit = 2000;

    public static string Of(GapReport report)
    {
        var digest = Digest.Of(report);
        var closing = $"\n**How sure?** {Markdown.Escaped($"{digest.Sure} {Words.Chose}")}\n{Markdown.Escaped(digest.Next)}\n";
        var head = $"**{Markdown.Escaped(digest.Title)}**\n{string.Join('\n', digest.Lead.Select(line => Markdown.Escaped(line.Replace(Words.Chose, "", StringComparison.Ordinal))))}\n";
        var parts = digest.Gaps.Select(Told).Concat(digest.Lines.Select((line, i) => $"{(i == 0 ? "\n" : "")}**{Markdown.Escaped(line.Label)}:** {Markdown.Escaped(line.Sentence)}\n")).ToImmutableArray();

        // Whole parts only, the most important first; what does not fit is in the longer formats. What is short can still follow what was too long.
        var text = head;
        foreach (var part in parts)
        {
            if (text.Length + part.Length + closing.Length <= Limit)
                text += part;
        }

        return text + closing;
    }

    /// <summary>What pairs of people mean is said once; after that the shares speak.</summary>
    private static string Told(DigestGap gap, int index) =>
        $"\n**{Markdown.Escaped(gap.Title)}**\n{Markdown.Escaped(string.Join(' ', index == 0 ? gap.Lines : gap.Lines.RemoveAt(1)))}\n"
        + (gap.Question is { } question ? $"💬 *{Markdown.Escaped(question)}*\n" : "");
}
