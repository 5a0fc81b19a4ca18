using System.Collections.Immutable;
using FossVoices.Flows;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>What was heard in open answers while they were given.</summary>
internal static class HeardRows
{
    public static async Task<ImmutableDictionary<string, Heard>> LoadAsync(SqliteTransaction transaction, string study, string session)
    {
        var rows = await transaction.ListAsync<Row>(
            """
            select h.address, h.lexicon, h.distress, c.code, c.confidence
              from heard h
              left join heard_code c on c.study = h.study and c.session = h.session and c.address = h.address
             where h.study = @study and h.session = @session
             order by h.address, c.place
            """,
            new { study, session });
        return rows.GroupBy(row => row.Address, StringComparer.Ordinal).ToImmutableDictionary(
            answer => answer.Key,
            answer => new Heard(
                [.. answer.Where(row => row.Code is not null).Select(row => new HeardCode(row.Code!, row.Confidence!.Value))],
                answer.First().Distress != 0,
                answer.First().Lexicon));
    }

    public static async Task ReplaceAsync(SqliteTransaction transaction, string study, string session, string address, Heard? heard)
    {
        await transaction.ExecuteAsync("delete from heard where study = @study and session = @session and address = @address", new { study, session, address });
        if (heard is null)
            return;

        await transaction.ExecuteAsync(
            "insert into heard (study, session, address, lexicon, distress) values (@study, @session, @address, @Lexicon, @distress)",
            new { study, session, address, heard.Lexicon, distress = heard.Distress ? 1 : 0 });
        for (var place = 0; place < heard.Codes.Length; place++)
        {
            await transaction.ExecuteAsync(
                "insert into heard_code (study, session, address, code, place, confidence) values (@study, @session, @address, @Code, @place, @Confidence)",
                new { study, session, address, place, heard.Codes[place].Code, heard.Codes[place].Confidence });
        }
    }

    private sealed record Row
    {
        public string Address { get; init; } = "";

        public string Lexicon { get; init; } = "";

        public int Distress { get; init; }

        public string? Code { get; init; }

        public double? Confidence { get; init; }
    }
}
