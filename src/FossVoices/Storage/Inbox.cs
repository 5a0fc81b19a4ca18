using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>The gate that every delivery passes once. A platform's id of a delivery is never stored, only its keyed hash.</summary>
internal sealed class Inbox(SqliteTransaction transaction, string study, string delivery)
{
    public static string Key(ReadOnlySpan<byte> studyKey, string deliveryId) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(studyKey, Encoding.UTF8.GetBytes($"delivery|{deliveryId}")).AsSpan(0, 16));

    /// <summary>True the first time.</summary>
    public async Task<bool> OpensAsync(DateTimeOffset at) => await transaction.ExecuteAsync(
        "insert into inbox (study, delivery, at) values (@study, @delivery, @at) on conflict do nothing",
        new { study, delivery, at = at.ToUnixTimeMilliseconds() }) == 1;

    public Task KeepAsync(string session, Outcome outcome) => transaction.ExecuteAsync(
        """
        update inbox set session = @session, kind = @kind, address = @Address, revision = @Revision, refusal = @refusal
         where study = @study and delivery = @delivery
        """,
        new { study, delivery, session, kind = Name(outcome.Kind), outcome.Address, outcome.Revision, refusal = RefusalText.Of(outcome.Why) });

    /// <summary>What became of it the first time, and to which session; null where that session has been withdrawn.</summary>
    public async Task<(string Session, Outcome Outcome)?> RememberAsync() =>
        await transaction.FindAsync<Row>(
            "select session, kind, address, revision, refusal from inbox where study = @study and delivery = @delivery and session <> ''", new { study, delivery })
        is { } row
            ? (row.Session, new Outcome(Kind(row.Kind), row.Address, row.Revision, RefusalText.Read(row.Refusal)))
            : null;

    public Task ForgetAsync() => transaction.ExecuteAsync("delete from inbox where study = @study and delivery = @delivery", new { study, delivery });

    private static string Name(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Begun => "begun",
        OutcomeKind.Asked => "asked",
        OutcomeKind.Finished => "finished",
        OutcomeKind.Refused => "refused",
        OutcomeKind.Paused => "paused",
        _ => "too_late",
    };

    private static OutcomeKind Kind(string name) => name switch
    {
        "begun" => OutcomeKind.Begun,
        "asked" => OutcomeKind.Asked,
        "finished" => OutcomeKind.Finished,
        "refused" => OutcomeKind.Refused,
        "paused" => OutcomeKind.Paused,
        _ => OutcomeKind.TooLate,
    };

    private sealed record Row
    {
        public string Session { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Address { get; init; } = "";

        public int Revision { get; init; }

        public string Refusal { get; init; } = "";
    }
}
