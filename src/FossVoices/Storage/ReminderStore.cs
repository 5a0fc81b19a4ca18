using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>What became of asking for a reminder.</summary>
internal enum ReminderAsked
{
    Yes,

    /// <summary>The one reminder has been sent already.</summary>
    HadOne,

    /// <summary>There is no such session (any more), or its key is gone.</summary>
    Nobody,
}

/// <summary>Reminders wait in the outbox like any post, each with a sealed contact row that goes when it does. A session gets one at most.</summary>
internal sealed class ReminderStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <param name="address">How the platform's channel reaches the person; kept sealed with the session's key.</param>
    public Task<ReminderAsked> AskAsync(
        string study, string session, string flow, string platform, string address, DateTimeOffset due, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var key = database.Vault.Find(study, session);
        return writer.WriteAsync(
            async transaction =>
            {
                if (key is null || await SessionRow.FindAsync(transaction, study, session) is null)
                    return ReminderAsked.Nobody;
                if (await transaction.FindAsync<long>(
                    "select count(*) from outbox where study = @study and session = @session and kind = 'reminder' and state <> 'waiting'", new { study, session }) > 0)
                {
                    return ReminderAsked.HadOne;
                }

                await ForgetAsync(transaction, study, session);
                await ContactRow.KeepAsync(transaction, key, study, session, platform, address);
                await OutboxStore.QueueAsync(
                    transaction, study, database.StudyKey(study),
                    new OutboxPost(PostKind.Reminder, flow, Place: null, session, due, until, $"reminder/{session}"), time.GetUtcNow());
                return ReminderAsked.Yes;
            },
            cancellationToken);
    }

    /// <summary>Whether one waits to be sent.</summary>
    public Task<bool> WaitsAsync(string study, string session, CancellationToken cancellationToken) => database.LookAsync(
        async moment => await moment.FindAsync<long>(
            "select count(*) from outbox where study = @study and session = @session and kind = 'reminder' and state in ('waiting', 'sending')", new { study, session }) > 0,
        cancellationToken);

    /// <summary>The person does not want it any more.</summary>
    public Task<bool> ForgetAsync(string study, string session, CancellationToken cancellationToken) =>
        writer.WriteAsync(transaction => ForgetAsync(transaction, study, session), cancellationToken);

    /// <summary>Takes back a reminder that has not been sent, with the contact; also when somebody goes on by themselves. True where there was one.</summary>
    public static async Task<bool> ForgetAsync(SqliteTransaction transaction, string study, string session)
    {
        await transaction.ExecuteAsync("delete from contact where study = @study and session = @session", new { study, session });
        return await transaction.ExecuteAsync(
            "delete from outbox where study = @study and session = @session and kind = 'reminder' and state = 'waiting'", new { study, session }) > 0;
    }
}
