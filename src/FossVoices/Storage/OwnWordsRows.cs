using FossVoices.Flows;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>What was said of own words, beside the words.</summary>
internal static class OwnWordsRows
{
    /// <summary>What was said of words is said of these words: when an answer changes or goes, its release goes with it.</summary>
    public static async Task ForgetAsync(SqliteTransaction transaction, string study, string session, string address)
    {
        var of = new { study, session, address };
        await transaction.ExecuteAsync("delete from excerpt where study = @study and session = @session and address = @address", of);
        await transaction.ExecuteAsync("delete from own_words where study = @study and session = @session and address = @address", of);
    }

    /// <summary>What holds for an answer; <see cref="Releases.Default"/> where nothing was said.</summary>
    public static async Task<Release> ReleaseOfAsync(SqliteTransaction moment, string study, string session, string address) =>
        Releases.TryRead(await moment.FindAsync<string>(
            "select release from answer_release where study = @study and session = @session and address = @address", new { study, session, address })) ?? Releases.Default;
}
