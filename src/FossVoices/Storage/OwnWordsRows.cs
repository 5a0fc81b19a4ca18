using FossVoices.Flows;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Takes released words back, with all that shows them.</summary>
internal static class OwnWordsRows
{
    /// <summary>
    /// What was said of words is said of these words: when an answer changes or goes, its release goes with it, and posts that show it are put into words again.
    /// </summary>
    /// <param name="address">Null for all answers of the session.</param>
    public static async Task ForgetAsync(SqliteTransaction transaction, byte[] studyKey, string study, string session, string? address, DateTimeOffset now)
    {
        await TakeBackAsync(transaction, studyKey, study, session, address, now);
        await transaction.ExecuteAsync(
            "delete from excerpt where study = @study and session = @session and (@address is null or address = @address)", new { study, session, address });
        await transaction.ExecuteAsync(
            "delete from own_words where study = @study and session = @session and (@address is null or address = @address)", new { study, session, address });
    }

    /// <summary>Puts an edit into the outbox for every post that shows the words.</summary>
    public static async Task TakeBackAsync(SqliteTransaction transaction, byte[] studyKey, string study, string session, string? address, DateTimeOffset now)
    {
        foreach (var told in await transaction.ListAsync<Told>(
            "select distinct series || '#' || number as Subject from told where study = @study and session = @session and (@address is null or address = @address)",
            new { study, session, address }))
        {
            // The same words can be released and taken back more than once.
            await PostEdits.QueueAsync(transaction, studyKey, study, told.Subject, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{session}~{address}@{now.ToUnixTimeMilliseconds()}"), now);
        }
    }

    /// <summary>What holds for an answer; <see cref="Releases.Default"/> where nothing was said.</summary>
    public static async Task<Release> ReleaseOfAsync(SqliteTransaction moment, string study, string session, string address) =>
        Releases.TryRead(await moment.FindAsync<string>(
            "select release from answer_release where study = @study and session = @session and address = @address", new { study, session, address })) ?? Releases.Default;

    private sealed record Told
    {
        public string Subject { get; init; } = "";
    }
}
