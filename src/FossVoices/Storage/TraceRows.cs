using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>
/// The messages of a platform that show somebody's answers, so that they can be taken away when the person withdraws: sealed with the key of the session, and
/// gone with it. In the clear there is only a keyed hash, so that the same message is remembered once.
/// </summary>
internal static class TraceRows
{
    private const string Where = "trace?"; // No answer has such an address.

    public static async Task<int> KeepAsync(SqliteTransaction transaction, Database database, string study, string session, string trace) =>
        database.Vault.Find(study, session) is not { } key ? 0 : await transaction.ExecuteAsync(
            """
            insert into trace (study, session, trace, message)
            select @study, @session, @trace, @message where exists (select 1 from session where study = @study and session = @session)
            on conflict (study, session, trace) do nothing
            """,
            new { study, session, trace = KeyOf(database.StudyKey(study), trace), message = key.Seal(Where, Encoding.UTF8.GetBytes(trace)) });

    public static async Task<ImmutableArray<string>> ListAsync(SqliteTransaction moment, Database database, string study, string session) =>
        database.Vault.Find(study, session) is not { } key ? []
            : [.. (await moment.ListAsync<byte[]>("select message from trace where study = @study and session = @session order by trace", new { study, session }))
                .Select(message => Encoding.UTF8.GetString(key.Open(Where, message)))];

    private static string KeyOf(ReadOnlySpan<byte> studyKey, string trace) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(studyKey, Encoding.UTF8.GetBytes($"trace|{trace}")).AsSpan(0, 16));
}
