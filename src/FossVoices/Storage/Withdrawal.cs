using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Deletes what somebody has said, with all that hangs on it. What remains is a number.</summary>
internal static class Withdrawal
{
    /// <param name="studyKey">
    /// The study's key, where somebody withdraws: a person who has no session left in the wave then counts as withdrawn, and a narrator's transcript does not
    /// bring back what was in it. Null where the time is over, or where a transcript has changed.
    /// </param>
    /// <returns>False where there is no such session.</returns>
    public static async Task<bool> DeleteAsync(SqliteTransaction transaction, string study, string session, byte[]? studyKey)
    {
        var leaving = await transaction.FindAsync<Leaving>(
            """
            select respondent, wave, platform, source, community, case when both_sides = 1 then 'both' when side = '' then 'unknown' else side end as side
              from session where study = @study and session = @session
            """,
            new { study, session });
        if (leaving is null)
            return false;

        // Answers, codes heard and assigned, and readings go with the session: their foreign keys cascade.
        await TallyBook.KeepAsync(transaction, study, [leaving.Respondent], () =>
            transaction.ExecuteAsync("delete from session where study = @study and session = @session", new { study, session }));

        // That a delivery was heard stays, as a keyed hash, until deliveries are forgotten: the same event sent again must not begin anew.
        await transaction.ExecuteAsync(
            "update inbox set session = '', kind = '', address = '', revision = 0, refusal = '' where study = @study and session = @session", new { study, session });

        if (studyKey is not null)
        {
            await CountAsync(transaction, study, leaving);
            if (leaving.Platform == ImportStore.Platform)
                await transaction.ExecuteAsync(
                    "insert into left_narrator (study, narrator) values (@study, @narrator) on conflict do nothing", new { study, narrator = Tombstone(studyKey, leaving.Respondent) });
        }

        await transaction.ExecuteAsync(
            """
            delete from respondent where study = @study and respondent = @Respondent
               and not exists (select 1 from session where study = @study and respondent = @Respondent)
            """,
            new { study, leaving.Respondent });
        return true;
    }

    /// <summary>Whether a narrator has withdrawn from a study.</summary>
    public static async Task<bool> HasLeftAsync(SqliteTransaction moment, string study, byte[] studyKey, string respondent) =>
        await moment.FindAsync<long>(
            "select count(*) from left_narrator where study = @study and narrator = @narrator", new { study, narrator = Tombstone(studyKey, respondent) }) > 0;

    /// <summary>Not the pseudonym itself, which goes with the person.</summary>
    private static string Tombstone(byte[] studyKey, string respondent) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(studyKey, Encoding.UTF8.GetBytes($"left|{respondent}")).AsSpan(0, 16));

    private static Task<int> CountAsync(SqliteTransaction transaction, string study, Leaving leaving) => transaction.ExecuteAsync(
        """
        insert into withdrawn (study, wave, side, platform, source, community, persons)
        select @study, @Wave, @Side, @Platform, @Source, @Community, 1
         where not exists (select 1 from session where study = @study and wave = @Wave and respondent = @Respondent)
        on conflict (study, wave, side, platform, source, community) do update set persons = withdrawn.persons + 1
        """,
        new { study, leaving.Wave, leaving.Side, leaving.Platform, leaving.Source, leaving.Community, leaving.Respondent });

    private sealed record Leaving
    {
        public string Respondent { get; init; } = "";

        public string Wave { get; init; } = "";

        public string Side { get; init; } = "";

        public string Platform { get; init; } = "";

        public string Source { get; init; } = "";

        public string Community { get; init; } = "";
    }
}
