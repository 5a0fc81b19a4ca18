using System.Text;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>How to reach somebody who asked to be reminded: sealed with the key of the session, so that it goes unreadable with it.</summary>
internal static class ContactRow
{
    private const string Where = "contact?"; // No answer has such an address.

    public static Task<int> KeepAsync(SqliteTransaction transaction, SessionKey key, string study, string session, string platform, string address) =>
        transaction.ExecuteAsync(
            """
            insert into contact (study, session, platform, address) values (@study, @session, @platform, @sealedAddress)
            on conflict (study, session) do update set platform = excluded.platform, address = excluded.address
            """,
            new { study, session, platform, sealedAddress = key.Seal(Where, Encoding.UTF8.GetBytes(address)) });

    /// <summary>Null where there is none, or its key is gone.</summary>
    public static async Task<string?> FindAsync(SqliteTransaction transaction, Vault vault, string study, string session)
    {
        try
        {
            return await transaction.FindAsync<byte[]>("select address from contact where study = @study and session = @session", new { study, session }) is { } address
                && vault.Find(study, session) is { } key
                ? Encoding.UTF8.GetString(key.Open(Where, address))
                : null;
        }
        catch (StorageUnavailable)
        {
            return null;
        }
    }
}
