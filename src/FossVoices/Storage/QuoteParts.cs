using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Channels;
using FossVoices.Coding;

namespace FossVoices.Storage;

/// <summary>What of a quote is hidden, as it is kept: positions, no words.</summary>
internal static class QuoteParts
{
    /// <param name="telling">Parts that may give somebody away, in order, from the quote's start.</param>
    /// <param name="shown">Which of them are shown all the same.</param>
    public static string Write(ImmutableArray<TextSpan> telling, IReadOnlySet<int> shown) => string.Join(
        ' ', telling.Select((span, i) => string.Create(CultureInfo.InvariantCulture, $"{span.Start}+{span.Length}{(shown.Contains(i) ? '=' : '-')}")));

    public static ImmutableArray<(TextSpan Span, bool Hidden)> Read(string kept) =>
    [
        .. kept.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part[..^1].Split('+') is [var start, var length]
            ? (new TextSpan(int.Parse(start, CultureInfo.InvariantCulture), int.Parse(length, CultureInfo.InvariantCulture)), part[^1] == '-')
            : throw new FormatException(kept)),
    ];

    /// <summary>The quote in parts: those that may give somebody away, and what stands between them.</summary>
    public static ImmutableArray<QuotePart> Of(string quote, string kept)
    {
        var parts = ImmutableArray.CreateBuilder<QuotePart>();
        var at = 0;
        foreach (var (span, hidden) in Read(kept).Where(part => part.Span.End <= quote.Length))
        {
            if (span.Start > at)
                parts.Add(new QuotePart(quote[at..span.Start], Telling: false, Hidden: false));
            parts.Add(new QuotePart(quote.Substring(span.Start, span.Length), Telling: true, hidden));
            at = span.End;
        }

        if (at < quote.Length)
            parts.Add(new QuotePart(quote[at..], Telling: false, Hidden: false));
        return parts.ToImmutable();
    }

    /// <summary>What is hidden after the author has said so.</summary>
    /// <param name="hidden">The parts that stay hidden, by place among all parts; null to leave it as it is.</param>
    /// <param name="also">More words to hide, a phrase a line.</param>
    public static string Changed(string quote, string before, IReadOnlySet<int>? hidden, string also)
    {
        var parts = Of(quote, before);
        var kept = new List<(TextSpan Span, bool Hidden)>();
        for (var (i, at) = (0, 0); i < parts.Length; at += parts[i].Text.Length, i++)
        {
            if (parts[i].Telling)
                kept.Add((new TextSpan(at, parts[i].Text.Length), hidden?.Contains(i) ?? parts[i].Hidden));
        }

        var more = also.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(phrase => Redaction.Occurrences(quote, phrase));
        var hiddenNow = Redaction.Joined(kept.Where(part => part.Hidden).Select(part => part.Span).Concat(more));
        var shownNow = kept.Where(part => !part.Hidden).Select(part => part.Span).Where(span => !hiddenNow.Any(h => h.Start < span.End && span.Start < h.End));
        var all = hiddenNow.Select(span => (Span: span, Hidden: true)).Concat(shownNow.Select(span => (Span: span, Hidden: false))).OrderBy(part => part.Span.Start).ToImmutableArray();
        return Write([.. all.Select(part => part.Span)], all.Index().Where(part => !part.Item.Hidden).Select(part => part.Index).ToHashSet());
    }
}
