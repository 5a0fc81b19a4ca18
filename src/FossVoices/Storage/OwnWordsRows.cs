using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>What was said of own words, beside the words.</summary>
internal static class OwnWordsRows
{
    /// <summary>
    /// What was said of words is said of these words: when an answer changes or goes, its release, what was written in its place and its place in reports
    /// go with it.
    /// </summary>
    public static async Task ForgetAsync(SqliteTransaction transaction, byte[] studyKey, string study, string session, string address, DateTimeOffset now)
    {
        await TakeBackAsync(transaction, studyKey, study, session, address, now);
        foreach (var table in (string[])["excerpt", "own_words"])
            await transaction.ExecuteAsync($"delete from {table} where study = @study and session = @session and address = @address", new { study, session, address });
        await ForgetToldAsync(transaction, study, session, address);
    }

    /// <summary>Takes words out of reports for good, and with them what was written in their place.</summary>
    public static async Task ForgetToldAsync(SqliteTransaction transaction, string study, string session, string address)
    {
        foreach (var table in (string[])["told", "paraphrase"])
            await transaction.ExecuteAsync($"delete from {table} where study = @study and session = @session and address = @address", new { study, session, address });
    }

    /// <summary>Has every posted report in words that rests on a session's words, or on one answer of it, put into words again. To be called before they go.</summary>
    /// <param name="address">Null for all answers.</param>
    public static async Task TakeBackAsync(SqliteTransaction transaction, byte[] studyKey, string study, string session, string? address, DateTimeOffset now)
    {
        foreach (var number in await transaction.ListAsync<int>(
            "select distinct number from told where study = @study and session = @session and (@address is null or address = @address)", new { study, session, address }))
        {
            // The same words can be released and taken back more than once.
            await PostEdits.QueueAsync(
                transaction, studyKey, study, OutboxPost.Snapshot(ToldStore.Series, number),
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{session}~{address}@{now.ToUnixTimeMilliseconds()}"), now);
        }
    }
}
