using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Coding;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Where in an answer codes were found: as text <c>START+LENGTH</c>, in UTF-16 code units of the answer as stored, once for each code.</summary>
internal static class CodedSpans
{
    /// <summary>Of codes that count in the answer. Where people say it goes before where machines suggest it; codings go when the words change.</summary>
    /// <param name="only">Of these codes alone; empty for all.</param>
    public static async Task<string> OfAsync(SqliteTransaction moment, string study, string session, string address, ImmutableArray<string> only)
    {
        var answer = new { study, session, address };
        var readers = await moment.ListAsync<string>("select coder from reading where study = @study and session = @session and address = @address", answer);
        var rows = await moment.ListAsync<Row>(
            """
            select code as Code, span_start as Start, span_length as Length, coder as Coder, status as Status from assignment
             where study = @study and session = @session and address = @address
            """,
            answer);
        var counting = CodesGiven.Of(readers, rows.Select(row => (row.Code, row.Status, row.Coder))).Codes.Select(its => its.Code).ToHashSet(StringComparer.Ordinal);
        var spans = rows.FindAll(row => row is { Start: not null, Length: > 0, Status: not ("rejected" or "superseded") } && counting.Contains(row.Code)
            && (only.IsEmpty || only.Contains(row.Code)));
        var byPeople = spans.FindAll(row => !Coders.IsMachine(row.Coder) || row.Status == "confirmed");
        return string.Join(' ', (byPeople.Count > 0 ? byPeople : spans).DistinctBy(row => (row.Code, row.Start, row.Length))
            .OrderBy(row => row.Start).ThenBy(row => row.Length)
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Start}+{row.Length}")));
    }

    /// <summary>The row with where it is coded now, where that was not fixed when a round was opened.</summary>
    /// <param name="only">See <see cref="OfAsync"/>.</param>
    public static async Task<OwnWordsRow> WithAsync(SqliteTransaction moment, OwnWordsRow row, ImmutableArray<string> only) =>
        row.Coded is null ? row with { Coded = await OfAsync(moment, row.Study, row.Session, row.Address, only) } : row;

    public static ImmutableArray<TextSpan> Read(string? kept) =>
    [
        .. (kept ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(span => span.Split('+') is [var start, var length]
            ? new TextSpan(int.Parse(start, CultureInfo.InvariantCulture), int.Parse(length, CultureInfo.InvariantCulture))
            : throw new FormatException(kept)),
    ];

    private sealed record Row
    {
        public string Code { get; init; } = "";

        public int? Start { get; init; }

        public int? Length { get; init; }

        public string Coder { get; init; } = "";

        public string Status { get; init; } = "";
    }
}
