using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Looks names up by the bytes that SQLite holds, so that counting millions of rows makes no strings.</summary>
internal sealed class Utf8Key : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    private Utf8Key()
    {
    }

    public static Utf8Key Comparer { get; } = new();

    /// <summary>The text of a column of the row that is being read, as UTF-8; it holds until the next row.</summary>
    public static ReadOnlySpan<byte> Of(SqliteDataReader row, int column) => SQLitePCL.raw.sqlite3_column_blob(row.Handle, column);

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = new HashCode();
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
