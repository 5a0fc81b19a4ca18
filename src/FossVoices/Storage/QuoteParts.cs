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
}
