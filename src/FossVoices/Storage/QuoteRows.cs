using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Takes quotes back, and what was posted with them.</summary>
internal static class QuoteRows
{
    private static readonly TimeSpan s_worthEditing = TimeSpan.FromDays(30);

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
        foreach (var shown in await transaction.ListAsync<Shown>(
            """
            select o.post as Post, o.subject as Subject, o.place as Place, coalesce(o.edits, o.post) as Message
              from quoted q
              join outbox o on o.study = q.study and o.subject = q.series || '#' || q.number
             where q.study = @study and q.quote = @quote and o.kind = 'report' and o.state in ('sent', 'sending') and o.place is not null
               and not exists (select 1 from outbox later
                                where later.study = o.study and later.edits = coalesce(o.edits, o.post) and later.state in ('waiting', 'sending', 'sent')
                                  and (later.created_at > o.created_at or (later.created_at = o.created_at and later.post <> o.post and o.edits is null)))
            """,
            new { study, quote }))
        {
            await OutboxStore.QueueAsync(
                transaction, study, studyKey,
                new OutboxPost(PostKind.Report, shown.Subject, shown.Place, Session: null, now, now + s_worthEditing, $"edit/{shown.Post}/{quote}", shown.Message), now);
        }
    }

    private sealed record Shown(string Post, string Subject, string Place, string Message);
}
