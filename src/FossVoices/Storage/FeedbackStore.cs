using System.Security.Cryptography;

namespace FossVoices.Storage;

/// <summary>Something that was said to those who run a study.</summary>
internal sealed record Feedback(DateTimeOffset At, string Text);

/// <summary>Keeps feedback, sealed under a key of the study. It has no author: it can be neither asked for nor withdrawn by one.</summary>
internal sealed class FeedbackStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>For how long a place is tried.</summary>
    private static readonly TimeSpan s_worthSending = TimeSpan.FromDays(7);

    /// <summary>Keeps it, and puts it into the outbox for each place of the organisers.</summary>
    /// <param name="id">A random id.</param>
    public Task KeepAsync(string study, string id, string text, CancellationToken cancellationToken)
    {
        var words = Words.ToBytes(KeyOf(study), id, text);
        return writer.WriteAsync(
            async transaction =>
            {
                var now = time.GetUtcNow();
                await transaction.ExecuteAsync(
                    "insert into feedback (study, feedback, words, at) values (@study, @id, @words, @at)", new { study, id, words, at = now.ToUnixTimeMilliseconds() });
                foreach (var place in await transaction.ListAsync<string>(
                    "select place from place where study = @study and role = 'organisers' and gone_at is null", new { study }))
                {
                    await OutboxStore.QueueAsync(
                        transaction, study, database.StudyKey(study),
                        new OutboxPost(PostKind.Feedback, id, place, Session: null, now, now + s_worthSending, $"feedback/{id}/{place}"), now);
                }

                return id;
            },
            cancellationToken);
    }

    /// <summary>One of them; null where it is gone.</summary>
    public async Task<string?> FindAsync(string study, string id, CancellationToken cancellationToken) =>
        (await ListAsync("select feedback as Id, words as Words, at as At from feedback where study = @study and feedback = @id", new { study, id }, study, cancellationToken))
            .SingleOrDefault()?.Text;

    /// <summary>All of them, the oldest first.</summary>
    public Task<IReadOnlyList<Feedback>> AllAsync(string study, CancellationToken cancellationToken) =>
        ListAsync("select feedback as Id, words as Words, at as At from feedback where study = @study order by at, feedback", new { study }, study, cancellationToken);

    public Task<long> CountAsync(string study, CancellationToken cancellationToken) =>
        database.LookAsync(moment => moment.FindAsync<long>("select count(*) from feedback where study = @study", new { study }), cancellationToken);

    /// <summary>Deletes what was said before a time. Returns how many.</summary>
    public Task<int> ForgetAsync(string study, DateTimeOffset before, CancellationToken cancellationToken) => writer.WriteAsync(
        transaction => transaction.ExecuteAsync("delete from feedback where study = @study and at < @at", new { study, at = before.ToUnixTimeMilliseconds() }), cancellationToken);

    private Task<IReadOnlyList<Feedback>> ListAsync(string sql, object which, string study, CancellationToken cancellationToken) => database.LookAsync<IReadOnlyList<Feedback>>(
        async moment => (await moment.ListAsync<Row>(sql, which))
            .ConvertAll(row => new Feedback(DateTimeOffset.FromUnixTimeMilliseconds(row.At), Words.FromBytes(KeyOf(study), row.Id, row.Words))),
        cancellationToken);

    private SessionKey KeyOf(string study) => new(HMACSHA256.HashData(database.StudyKey(study), "feedback"u8), study, "feedback");

    private sealed record Row(string Id, byte[] Words, long At);
}
