using System.Collections.Immutable;
using System.Text;

namespace FossVoices.Flows;

/// <summary>
/// A text with places to fill in: <c>{name}</c>, or <c>{name|what to say when there is no value}</c>;
/// <c>\{</c> is a brace. Parsed once, when the flow is compiled.
/// </summary>
public sealed record Template
{
    /// <summary>A brace that closes no sooner than this closes nothing.</summary>
    private const int LongestPlace = 600;

    private readonly ImmutableArray<Piece> _pieces;

    private Template(string source, ImmutableArray<Piece> pieces, bool hasLooseBrace) =>
        (Source, _pieces, HasLooseBrace) = (source, pieces, hasLooseBrace);

    /// <summary>The text as the researcher wrote it.</summary>
    public string Source { get; }

    /// <summary>The places to fill in, in order.</summary>
    public IEnumerable<Piece> Places => _pieces.Where(p => p.Name is not null);

    /// <summary>Whether a brace stands there as itself although nothing says that it is meant to.</summary>
    public bool HasLooseBrace { get; }

    /// <summary>Whether it says the same to everybody.</summary>
    public bool IsFixed => _pieces is [] or [{ Name: null }];

    /// <summary>Never fails: a brace that does not close, or holds no name, is a brace.</summary>
    public static Template Parse(string source)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        var literal = new StringBuilder();
        var loose = false;
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == '\\' && i + 1 < source.Length && source[i + 1] == '{')
            {
                literal.Append('{');
                i++;
            }
            else if (source[i] == '{' && source.IndexOf('}', i, Math.Min(LongestPlace, source.Length - i)) is > 0 and var end && Place(source[(i + 1)..end]) is { } place)
            {
                if (literal.Length > 0)
                    pieces.Add(new Piece(null, literal.ToString()));
                literal.Clear();
                pieces.Add(place);
                i = end;
            }
            else
            {
                loose |= source[i] == '{';
                literal.Append(source[i]);
            }
        }

        if (literal.Length > 0)
            pieces.Add(new Piece(null, literal.ToString()));
        return new Template(source, pieces.ToImmutable(), loose);
    }

    /// <summary>The text with every place filled in; a place without value says its fallback.</summary>
    /// <param name="value">The value of a name, or null where there is none.</param>
    public string Fill(Func<string, string?> value)
    {
        if (IsFixed)
            return _pieces is [var only] ? only.Text : "";

        var text = new StringBuilder();
        foreach (var piece in _pieces)
            text.Append(piece.Name is { } name ? value(name) ?? piece.Text : piece.Text);
        return text.ToString();
    }

    public bool Equals(Template? other) => other is not null && Source == other.Source;

    public override int GetHashCode() => Source.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Source;

    private static Piece? Place(string inside)
    {
        var bar = inside.IndexOf('|', StringComparison.Ordinal);
        var name = bar < 0 ? inside : inside[..bar];
        return name.Length is > 0 and <= 80 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '#')
            ? new Piece(name, bar < 0 ? "" : inside[(bar + 1)..], HasFallback: bar >= 0)
            : null;
    }

    /// <summary>A literal text, or a place with its fallback.</summary>
    /// <param name="Name">The name of the place; null for a literal.</param>
    /// <param name="Text">The literal, or the fallback (empty where none is given).</param>
    /// <param name="HasFallback">Whether a fallback is given, be it empty.</param>
    public sealed record Piece(string? Name, string Text, bool HasFallback = false);
}
