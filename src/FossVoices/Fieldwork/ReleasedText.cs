using System.Collections.Immutable;
using System.Text;
using FossVoices.Channels;
using FossVoices.Coding;

namespace FossVoices.Fieldwork;

/// <summary>Words as others may read them.</summary>
/// <param name="Text">With <see cref="Mask"/> in place of what is hidden.</param>
/// <param name="Coded">Where codes were found, in UTF-16 code units of <paramref name="Text"/>; not where all of it is hidden.</param>
internal sealed record ReleasedText(string Text, ImmutableArray<TextSpan> Coded)
{
    public const string Mask = "[…]";

    /// <param name="parts">The stored words, in order and without gaps.</param>
    /// <param name="coded">In UTF-16 code units of the stored words.</param>
    public static ReleasedText Of(ImmutableArray<QuotePart> parts, IEnumerable<TextSpan> coded)
    {
        var text = new StringBuilder();
        var pieces = new List<(TextSpan Stored, TextSpan Shown, bool Hidden)>(parts.Length);
        var at = 0;
        foreach (var part in parts)
        {
            var shown = part.Hidden ? Mask : part.Text;
            pieces.Add((new TextSpan(at, part.Text.Length), new TextSpan(text.Length, shown.Length), part.Hidden));
            text.Append(shown);
            at += part.Text.Length;
        }

        return new ReleasedText(text.ToString(), [.. coded.Where(span => span.Start >= 0 && span.Length > 0 && span.Start <= at - span.Length).Select(Moved).OfType<TextSpan>()]);

        TextSpan? Moved(TextSpan span)
        {
            var touched = pieces.FindAll(piece => piece.Stored.Start < span.End && span.Start < piece.Stored.End);
            if (touched.TrueForAll(piece => piece.Hidden))
                return null;
            var (first, last) = (touched[0], touched[^1]);
            var start = first.Shown.Start + (first.Hidden ? 0 : Math.Max(0, span.Start - first.Stored.Start));
            var end = last.Hidden ? last.Shown.End : last.Shown.Start + Math.Min(span.End, last.Stored.End) - last.Stored.Start;
            return new TextSpan(start, end - start);
        }
    }
}
