using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Has reports that were posted put into words again, without what was taken back.</summary>
internal static class PostEdits
{
    private static readonly TimeSpan s_worthEditing = TimeSpan.FromDays(30);

    /// <summary>Puts an edit into the outbox for every post of a report. What is still to be sent is put into words then, without it.</summary>
    /// <param name="subject">The report: see <see cref="OutboxPost.Snapshot"/>.</param>
    /// <param name="why">What is taken back: each change is one edit of a post, however often it is asked for.</param>
    public static async Task QueueAsync(SqliteTransaction transaction, byte[] studyKey, string study, string subject, string why, DateTimeOffset now)
    {
        foreach (var shown in await transaction.ListAsync<Shown>(
            """
            select o.post as Post, o.subject as Subject, o.place as Place, coalesce(o.edits, o.post) as Message
              from outbox o
             where o.study = @study and o.subject = @subject and o.kind = 'report' and o.state in ('sent', 'sending') and o.place is not null
               and not exists (select 1 from outbox later
                                where later.study = o.study and later.edits = coalesce(o.edits, o.post) and later.state in ('waiting', 'sending', 'sent')
                                  and (later.created_at > o.created_at or (later.created_at = o.created_at and later.post <> o.post and o.edits is null)))
            """,
            new { study, subject }))
        {
            await OutboxStore.QueueAsync(
                transaction, study, studyKey,
                new OutboxPost(PostKind.Report, shown.Subject, shown.Place, Session: null, now, now + s_worthEditing, $"edit/{shown.Post}/{why}", shown.Message), now);
        }
    }

    private sealed record Shown(string Post, string Subject, string Place, string Message);
}
