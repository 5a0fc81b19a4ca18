using System.Collections.Immutable;

namespace FossVoices.Exchange;

/// <summary>Rows and columns to be written; CSV and JSON lines show the same ones.</summary>
/// <param name="Name">The file's name without its ending.</param>
internal sealed record Table(string Name, ImmutableArray<string> Columns, IEnumerable<ImmutableArray<Cell>> Rows);

/// <summary>One cell: a text, a number, or nothing.</summary>
internal readonly record struct Cell
{
    public string? Text { get; private init; }

    public double? Number { get; private init; }

    public static Cell Nothing => default;

    public static Cell Yes(bool yes) => new() { Number = yes ? 1 : 0 };

    public static implicit operator Cell(string? text) => new() { Text = text };

    public static implicit operator Cell(double? number) => new() { Number = number };

    public static implicit operator Cell(int number) => new() { Number = number };
}

/// <summary>One file of an export.</summary>
internal sealed record ExportFile(string Name, Action<Stream> Write);
