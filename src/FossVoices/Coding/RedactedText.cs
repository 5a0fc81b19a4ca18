using System.Collections.Immutable;
using System.Text;

namespace FossVoices.Coding;

/// <summary>A text in which whatever could give somebody away reads <c>[name]</c>, and the way back from a place in it to the place in the text as said.</summary>
internal sealed class RedactedText
{
    /// <summary>What stands in place of a part.</summary>
    public const string Mask = "[name]";

    private readonly ImmutableArray<TextSpan> _masked;

    private RedactedText(string text, ImmutableArray<TextSpan> masked) => (Text, _masked) = (text, masked);

    public string Text { get; }

    /// <param name="said">The text as said.</param>
    /// <param name="names">Names that the study knows; their parts count, too.</param>
    public static RedactedText Of(string said, IEnumerable<string> names)
    {
        var all = names.SelectMany(name => name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(part => part.Length > 2).Append(name));
        var masked = Redaction.Suggest(said, all.Distinct(StringComparer.OrdinalIgnoreCase));
        var text = new StringBuilder(said.Length);
        var at = 0;
        foreach (var part in masked)
        {
            text.Append(said, at, part.Start - at).Append(Mask);
            at = part.End;
        }

        return new RedactedText(text.Append(said, at, said.Length - at).ToString(), masked);
    }

    /// <summary>Where a part of the redacted text stands in the text as said. A part of a mask is the whole of what it hides.</summary>
    public TextSpan InSaid(int start, int length)
    {
        var (from, to) = (Back(start, end: false), Back(start + length, end: true));
        return new TextSpan(from, to - from);
    }

    private int Back(int at, bool end)
    {
        var shift = 0; // How much longer the redacted text is, before here, than what was said.
        foreach (var part in _masked)
        {
            var mask = part.Start + shift;
            if (at <= mask)
                break;
            if (at < mask + Mask.Length)
                return end ? part.End : part.Start;
            shift += Mask.Length - part.Length;
        }

        return at - shift;
    }
}
