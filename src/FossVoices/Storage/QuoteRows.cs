using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Takes quotes back, and what was posted with them.</summary>
internal static class QuoteRows
{
    /// <summary>Deletes the quotes of a session, or of one answer of it, and puts an edit into the outbox for every post that shows one of them.</summary>
    /// <param name="address">Null for all answers.</param>
    public static async Task ForgetAsync(SqliteTransaction transaction, byte[] studyKey, string study, string session, string? address, DateTimeOffset now)
    {
        foreach (var quote in await transaction.ListAsync<string>(
            "select quote from quote where study = @study and session = @session and (@address is null or address = @address)", new { study, session, address }))
        {
            await TakeBackAsync(transaction, studyKey, study, quote, now);
            await transaction.ExecuteAsync("delete from quote where study = @study and quote = @quote", new { study, quote });
        }
    }

    /// <summary>Puts an edit into the outbox for every post that shows the quote. What is still to be sent is put into words then, without it.</summary>
    public static async Task TakeBackAsync(SqliteTransaction transaction, byte[] studyKey, string study, string quote, DateTimeOffset now)
    {
        foreach (var subject in await transaction.ListAsync<string>(
            "select series || '#' || number from quoted where study = @study and quote = @quote", new { study, quote }))
        {
            await PostEdits.QueueAsync(transaction, studyKey, study, subject, quote, now);
        }
    }
}
