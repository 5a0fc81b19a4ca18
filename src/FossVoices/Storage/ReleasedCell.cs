using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Reports;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>A cell as a snapshot released it. See <see cref="Refresh"/>.</summary>
internal sealed record ReleasedCell(CellKey Key, Cell Cell)
{
    private const int BytesPerMember = sizeof(ulong) + sizeof(uint);

    public static async Task<ImmutableArray<ReleasedCell>> ListAsync(SqliteTransaction moment, string study, string series) =>
    [
        .. (await moment.ListAsync<Row>("select cell, side, counts, members from released where study = @study and series = @series", new { study, series }))
            .Select(row => row.ToReleased()),
    ];

    public static async Task ReplaceAsync(SqliteTransaction transaction, string study, string series, IReadOnlyList<ReleasedCell> released)
    {
        await transaction.ExecuteAsync("delete from released where study = @study and series = @series", new { study, series });
        foreach (var (key, cell) in released)
        {
            await transaction.ExecuteAsync(
                "insert into released (study, series, cell, side, counts, members) values (@study, @series, @Name, @Side, @counts, @members)",
                new { study, series, key.Name, key.Side, counts = string.Join(' ', cell.Counts.Select(c => c.ToString(CultureInfo.InvariantCulture))), members = Bytes(cell.Members) });
        }
    }

    private static byte[] Bytes(ImmutableArray<Member> members)
    {
        var bytes = new byte[members.Length * BytesPerMember];
        for (var i = 0; i < members.Length; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * BytesPerMember), members[i].Person);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(i * BytesPerMember + sizeof(ulong)), members[i].Said);
        }

        return bytes;
    }

    private sealed record Row
    {
        public string Cell { get; init; } = "";

        public string Side { get; init; } = "";

        public string Counts { get; init; } = "";

        public byte[] Members { get; init; } = [];

        public ReleasedCell ToReleased() => new(
            new CellKey(Cell, Side),
            new Cell(
                [.. Counts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(count => long.Parse(count, CultureInfo.InvariantCulture))],
                [.. Enumerable.Range(0, Members.Length / BytesPerMember).Select(i => new Member(
                    BinaryPrimitives.ReadUInt64BigEndian(Members.AsSpan(i * BytesPerMember)),
                    BinaryPrimitives.ReadUInt32BigEndian(Members.AsSpan(i * BytesPerMember + sizeof(ulong)))))]));
    }
}
