using System.Collections.Immutable;
using FossVoices.Coding;
using FossVoices.Flows;

namespace FossVoices.Reports;

/// <summary>
/// As much of an answer as others are shown: of a long one the whole sentences around its most densely coded stretch, so that it does not end before its point.
/// </summary>
internal static class Passage
{
    /// <summary>Stands where something is left out.</summary>
    private const string Omitted = "…";

    /// <summary>The mark with the space beside it.</summary>
    private const int Marked = 2;

    /// <summary>The text in one line where it fits; its passage otherwise; its beginning where nothing in it is coded.</summary>
    /// <param name="text">Words as others may read them.</param>
    /// <param name="coded">Where codes were found in it, in UTF-16 code units; a stretch with several codes once for each.</param>
    /// <param name="longest">In UTF-16 code units, at least 20.</param>
    public static string Of(string text, IEnumerable<TextSpan> coded, int longest)
    {
        var line = Harmless.Line(text);
        if (line.Length <= longest)
            return line;
        var sentences = SentencesOf(text);
        ImmutableArray<Stretch> stretches =
        [
            .. coded.Where(span => span.Start >= 0 && span.Length > 0 && span.Start <= text.Length - span.Length && !text.AsSpan(span.Start, span.Length).IsWhiteSpace())
                .Select(span => Stretch.Of(span, sentences))
                .OrderBy(stretch => stretch.First).ThenBy(stretch => stretch.Last).ThenBy(stretch => stretch.Span.Start).ThenBy(stretch => stretch.Span.Length),
        ];
        if (stretches.IsEmpty)
            return Excerpt.Of(line, longest);

        var fitting = stretches.Where(stretch => Fits(stretch.First, stretch.Last)).ToImmutableArray();
        if (fitting.IsEmpty) // As many of the sentences that a stretch goes over as fit, from where it begins.
            fitting = [.. stretches.Where(stretch => Fits(stretch.First, stretch.First)).Select(stretch => stretch with { Last = Reach(stretch.First) })];
        return fitting.IsEmpty ? Shown(text, Cut(text, stretches[0].Span, sentences[stretches[0].First], longest - (2 * Marked))) : Shown(text, Around(Densest(fitting)));

        bool Fits(int first, int last) =>
            (first > 0 ? Marked : 0) + sentences[last].End - sentences[first].Start + (last + 1 < sentences.Length ? Marked : 0) <= longest;

        int Reach(int first)
        {
            var last = first;
            while (last + 1 < sentences.Length && Fits(first, last + 1))
                last++;
            return last;
        }

        // Of the stretches that fit together the most; of as many, in the fewest letters; of these, the earliest.
        (int First, int Last) Densest(ImmutableArray<Stretch> sorted)
        {
            var (best, most, shortest) = ((sorted[0].First, sorted[0].Last), 0, int.MaxValue);
            for (var i = 0; i < sorted.Length; i++)
            {
                var first = sorted[i].First;
                if (i > 0 && sorted[i - 1].First == first)
                    continue;
                var (reach, last, count) = (Reach(first), first, 0);
                for (var next = i; next < sorted.Length && sorted[next].First <= reach; next++)
                {
                    if (sorted[next].Last > reach)
                        continue;
                    (last, count) = (Math.Max(last, sorted[next].Last), count + 1);
                }

                var length = sentences[last].End - sentences[first].Start;
                if (count > most || (count == most && length < shortest))
                    (best, most, shortest) = ((first, last), count, length);
            }

            return best;
        }

        // With what was said before and after, in turn, for as long as it fits.
        TextSpan Around((int First, int Last) core)
        {
            var (first, last) = core;
            while (true)
            {
                var before = first > 0 && Fits(first - 1, last);
                if (before)
                    first--;
                var after = last + 1 < sentences.Length && Fits(first, last + 1);
                if (after)
                    last++;
                if (!before && !after)
                    return Between(sentences[first].Start, sentences[last].End);
            }
        }
    }

    /// <summary>
    /// Whole sentences, without the spaces between them. One ends at its mark before a space, and at an empty line; after a single letter a full stop is an
    /// abbreviation's, and the mark of what is hidden ends none.
    /// </summary>
    internal static ImmutableArray<TextSpan> SentencesOf(string text)
    {
        var sentences = ImmutableArray.CreateBuilder<TextSpan>();
        var (start, at) = (-1, 0);
        while (at < text.Length)
        {
            if (!char.IsWhiteSpace(text[at]))
            {
                start = start < 0 ? at : start;
                at++;
                continue;
            }

            var gap = at;
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            var closes = at < text.Length && text[at] == '»'; // French sets a space before it.
            if (start >= 0 && !closes && (IsEnd(text, start, gap) || text.AsSpan(gap, at - gap).Count('\n') > 1))
            {
                sentences.Add(Between(start, gap));
                start = -1;
            }
        }

        if (start >= 0)
            sentences.Add(Between(start, text.AsSpan().TrimEnd().Length));
        return sentences.ToImmutable();
    }

    private static bool IsEnd(string text, int start, int end)
    {
        var last = end - 1;
        while (last > start && (text[last] is ')' or ']' or '"' or '\'' or '”' or '’' or '»' || char.IsWhiteSpace(text[last])))
            last--;
        return text[last] switch
        {
            '!' or '?' => true,
            '…' => last == start || text[last - 1] != '[',
            '.' => last == start || !char.IsLetter(text[last - 1]) || (last - 1 > start && (char.IsLetterOrDigit(text[last - 2]) || text[last - 2] is '\'' or '’')),
            _ => false,
        };
    }

    /// <summary>A part of one sentence that is too long, cut between words, with the coded words in it where they fit.</summary>
    private static TextSpan Cut(string text, TextSpan span, TextSpan sentence, int room)
    {
        var words = Math.Max(sentence.Start, span.Start);
        while (words > sentence.Start && !char.IsWhiteSpace(text[words - 1]))
            words--;
        if (span.Start - words > room / 2)
            words = sentence.Start; // In no word that anybody wrote.
        var lead = Math.Max(sentence.Start, words - Math.Max(0, room - (Math.Min(span.End, sentence.End) - words)) / 2);
        while (lead > sentence.Start && lead < words && !char.IsWhiteSpace(text[lead - 1]))
            lead++;
        if (sentence.End - lead <= room)
            return Between(lead, sentence.End);

        var end = lead + room;
        while (end > lead && !char.IsWhiteSpace(text[end]))
            end--;
        return Between(lead, end > lead + (room / 3) ? end : lead + Excerpt.Whole(text.Substring(lead, room)));
    }

    private static string Shown(string text, TextSpan passage) => string.Concat(
        text.AsSpan(0, passage.Start).IsWhiteSpace() ? "" : $"{Omitted} ",
        Harmless.Line(text.Substring(passage.Start, passage.Length)),
        text.AsSpan(passage.End).IsWhiteSpace() ? "" : $" {Omitted}");

    private static TextSpan Between(int start, int end) => new(start, end - start);

    /// <summary>A coded stretch, by the sentences that it goes over.</summary>
    private sealed record Stretch(TextSpan Span, int First, int Last)
    {
        public static Stretch Of(TextSpan span, ImmutableArray<TextSpan> sentences)
        {
            return new Stretch(span, Least(sentences, sentence => sentence.End > span.Start), Least(sentences, sentence => sentence.Start >= span.End) - 1);
        }

        /// <summary>The first sentence for which something holds that holds for all after it; their number where there is none.</summary>
        private static int Least(ImmutableArray<TextSpan> sentences, Func<TextSpan, bool> holds)
        {
            var (low, high) = (0, sentences.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = holds(sentences[middle]) ? (low, middle) : (middle + 1, high);
            }

            return low;
        }
    }
}
