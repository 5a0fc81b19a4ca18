using System.Collections.Immutable;

namespace FossVoices.Reports;

/// <summary>A report in words, before any format: what is said is settled here, and only its layout is left to a renderer.</summary>
internal sealed record Document(string Title, ImmutableArray<Block> Blocks);

/// <summary>One part of a report in words. Texts are plain: each renderer makes them harmless in its own format.</summary>
internal abstract record Block
{
    private Block()
    {
    }

    public sealed record Heading(string Text) : Block;

    public sealed record Paragraph(string Text) : Block;

    /// <summary>Something with a title of its own and what is said of it, line by line.</summary>
    public sealed record Entry(string Title, ImmutableArray<string> Lines) : Block;

    public sealed record Bullets(ImmutableArray<string> Items) : Block;

    /// <summary>The first column names the row.</summary>
    public sealed record Table(ImmutableArray<string> Header, ImmutableArray<ImmutableArray<string>> Rows) : Block;
}
