using System.Collections.Immutable;

namespace FossVoices.Coding;

/// <summary>A piece of a text, and which of the given spans cover it.</summary>
internal sealed record MarkedPiece(string Text, ImmutableArray<int> Spans);

/// <summary>Cuts a text where spans begin and end, so that overlapping ones can be shown.</summary>
internal static class MarkedText
{
    /// <param name="spans">In UTF-16 code units; what reaches beyond the text is cut off.</param>
    public static ImmutableArray<MarkedPiece> Of(string text, IReadOnlyList<(int Start, int Length)> spans)
    {
        var inside = spans.Select(span => (Start: Math.Clamp(span.Start, 0, text.Length), End: Math.Clamp(span.Start + Math.Max(0, span.Length), 0, text.Length))).ToArray();
        var cuts = inside.SelectMany(span => new[] { span.Start, span.End }).Append(0).Append(text.Length).Where(cut => !SplitsARune(text, cut)).Distinct().Order().ToArray();
        var pieces = ImmutableArray.CreateBuilder<MarkedPiece>();
        for (var i = 1; i < cuts.Length; i++)
        {
            var (from, to) = (cuts[i - 1], cuts[i]);
            pieces.Add(new MarkedPiece(text[from..to], [.. Enumerable.Range(0, inside.Length).Where(s => inside[s].Start < to && inside[s].End > from)]));
        }

        return pieces.ToImmutable();
    }

    /// <summary>Finds words in a text as a person would: spaces evened out, and in any case. The occurrence nearest to where they are expected.</summary>
    /// <returns>Null where they do not stand there.</returns>
    public static (int Start, int Length)? Find(string text, string words, int near)
    {
        var wanted = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0)
            return null;
        (int Start, int Length)? best = null;
        for (var from = 0; from <= text.Length - wanted[0].Length && (from = text.IndexOf(wanted[0], from, StringComparison.OrdinalIgnoreCase)) >= 0; from++)
        {
            if (End(text, from, wanted) is { } end && (best is null || Math.Abs(from - near) < Math.Abs(best.Value.Start - near)))
                best = (from, end - from);
        }

        return best;
    }

    private static int? End(string text, int at, string[] wanted)
    {
        for (var word = 0; word < wanted.Length; word++)
        {
            var begins = at;
            while (word > 0 && at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if ((word > 0 && at == begins) || string.Compare(text, at, wanted[word], 0, wanted[word].Length, StringComparison.OrdinalIgnoreCase) != 0)
                return null;
            at += wanted[word].Length;
        }

        return at;
    }

    private static bool SplitsARune(string text, int at) => at > 0 && at < text.Length && char.IsHighSurrogate(text[at - 1]) && char.IsLowSurrogate(text[at]);
}
