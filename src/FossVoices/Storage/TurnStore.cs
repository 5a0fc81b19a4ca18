using System.Collections.Immutable;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Studies;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Keeps what people answer: one turn, one transaction, once.</summary>
internal sealed class TurnStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>
    /// Begins a session. Who has one of this flow and wave already gets that one back, as <see cref="Kept.Before"/>.
    /// </summary>
    /// <param name="deliveryId">The platform's id of the event; kept only as a keyed hash.</param>
    /// <param name="path">Where the session stands at its beginning.</param>
    /// <param name="receiptFingerprint"><see cref="Receipt.Fingerprint"/> of the session's receipt.</param>
    /// <param name="consentHash">A hash of the text that was agreed to.</param>
    /// <param name="asked">The flow as it is now, kept beside the session for as long as that may go on.</param>
    public Task<Kept> BeginAsync(
        string study, string deliveryId, Session begun, PathFacts path, string receiptFingerprint, string consentHash, Bundle asked, CancellationToken cancellationToken) =>
        BeginAsync(study, deliveryId, begun, path, receiptFingerprint, consentHash, asked, code: null, cancellationToken);

    /// <summary>As above, with a one-time code, which is used up by it; <see cref="Kept.Nothing"/> where it can't be.</summary>
    /// <param name="code">The code's fingerprint; null where none is asked for.</param>
    public async Task<Kept> BeginAsync(
        string study, string deliveryId, Session begun, PathFacts path, string receiptFingerprint, string consentHash, Bundle asked, string? code,
        CancellationToken cancellationToken)
    {
        var delivery = Inbox.Key(database.StudyKey(study), deliveryId);
        var (_, isNew) = await database.Vault.MakeAsync(study, begun.Id, time.GetUtcNow(), cancellationToken); // Before the session: no words without a key.
        var kept = await writer.WriteAsync<Kept>(
            async transaction =>
            {
                var inbox = new Inbox(transaction, study, delivery);
                if (!await inbox.OpensAsync(time.GetUtcNow()))
                    return await BeforeAsync(transaction, database.Vault, study, inbox);

                if (await SessionRow.FindAsync(transaction, study, begun.Flow, begun.Wave, begun.Respondent) is { } there)
                {
                    var outcome = new Outcome(OutcomeKind.Begun, there.Standing, there.Revision);
                    await inbox.KeepAsync(there.Session, outcome);
                    return new Kept.Before((await there.LoadAsync(transaction, database.Vault)).Session, outcome);
                }

                if (code is not null && !await CodeStore.EnterAsync(transaction, study, begun.Wave, code, time.GetUtcNow()))
                {
                    await inbox.ForgetAsync();
                    return new Kept.Nothing();
                }

                if (begun.Origin.Community is not null)
                    begun = begun with { Origin = begun.Origin with { Community = await SessionRow.CommunityAsync(transaction, begun) ?? begun.Origin.Community } };
                await BundleStore.KeepAsync(transaction, study, asked, time.GetUtcNow());
                await TallyBook.BeginAsync(transaction, begun, path);
                await SessionWriting.InsertAsync(transaction, database.Vault, begun, path, receiptFingerprint, consentHash);
                await inbox.KeepAsync(begun.Id, new Outcome(OutcomeKind.Begun, path.Standing ?? "", begun.Revision));
                return new Kept.Now(begun, path.Finished ? new Turn.Finished(begun.Progress, null) : new Turn.Asked(begun.Progress, null));
            },
            cancellationToken);
        if (isNew && kept is not Kept.Now)
            await database.Vault.DestroyAsync(study, [begun.Id], CancellationToken.None);
        return kept;
    }

    /// <summary>Takes one reply.</summary>
    public Task<Kept> TakeAsync(
        string study, string deliveryId, string sessionId, int? askedRevision, Func<Session, Decided> decide, CancellationToken cancellationToken) =>
        TakeAsync(study, deliveryId, sessionId, seen: null, askedRevision, trace: null, decide, cancellationToken);

    /// <summary>As above, of a session that was read a moment ago; and remembers the message that will show it.</summary>
    /// <param name="askedRevision">The revision that the card or form carried; null for typed text, which carries none.</param>
    /// <param name="trace">See <see cref="TraceRows"/>; null for none.</param>
    /// <param name="decide">Pure. Runs inside the transaction, on the session as it is then.</param>
    public Task<Kept> TakeAsync(
        string study, string deliveryId, Session seen, int? askedRevision, string? trace, Func<Session, Decided> decide, CancellationToken cancellationToken) =>
        TakeAsync(study, deliveryId, seen.Id, seen, askedRevision, trace, decide, cancellationToken);

    private Task<Kept> TakeAsync(
        string study, string deliveryId, string sessionId, Session? seen, int? askedRevision, string? trace, Func<Session, Decided> decide, CancellationToken cancellationToken)
    {
        var delivery = Inbox.Key(database.StudyKey(study), deliveryId);
        return writer.WriteAsync<Kept>(
            async transaction =>
            {
                var inbox = new Inbox(transaction, study, delivery);
                if (!await inbox.OpensAsync(time.GetUtcNow()))
                    return await BeforeAsync(transaction, database.Vault, study, inbox);

                if (await SessionRow.FindAsync(transaction, study, sessionId) is not { } row)
                {
                    await inbox.ForgetAsync();
                    return new Kept.Nothing();
                }

                var (session, offPath) = await row.LoadAsync(transaction, database.Vault, seen);
                if (askedRevision is { } asked && asked != session.Revision)
                {
                    await inbox.KeepAsync(session.Id, new Outcome(OutcomeKind.TooLate, row.Standing, row.Revision));
                    return new Kept.TooLate(session);
                }

                var (turn, path) = decide(session);
                var after = After(session, turn, path, row.Side);
                if (session.Progress.Paused && !after.Progress.Paused)
                    await ReminderStore.ForgetAsync(transaction, study, session.Id); // Whoever goes on needs no reminder.
                if (after != session)
                {
                    await TallyBook.TurnAsync(transaction, row, session, offPath, after, path);
                    if ((row.Side, row.BothSides != 0) != (path.Side ?? "", path.Both)) // Reports in words tell from which side somebody speaks.
                        await OwnWordsRows.TakeBackAsync(transaction, database.StudyKey(study), study, session.Id, address: null, time.GetUtcNow());
                    await SessionWriting.UpdateAsync(transaction, database.Vault, session, offPath, after, path);
                    if (trace is not null)
                        await TraceRows.KeepAsync(transaction, database, study, session.Id, trace);
                }

                await inbox.KeepAsync(session.Id, new Outcome(Kind(turn), path.Standing ?? "", after.Revision, (turn as Turn.Refused)?.Why));
                return new Kept.Now(after, turn);
            },
            cancellationToken);
    }

    /// <summary>Remembers a message that shows answers; nothing where the session is gone.</summary>
    public Task TraceAsync(string study, string sessionId, string trace, CancellationToken cancellationToken) =>
        writer.WriteAsync(transaction => TraceRows.KeepAsync(transaction, database, study, sessionId, trace), cancellationToken);

    /// <summary>The messages that show answers of a session.</summary>
    public Task<ImmutableArray<string>> TracesAsync(string study, string sessionId, CancellationToken cancellationToken) =>
        database.LookAsync(moment => TraceRows.ListAsync(moment, database, study, sessionId), cancellationToken);

    public Task<Session?> LoadAsync(string study, string sessionId, CancellationToken cancellationToken) =>
        LookAsync(moment => SessionRow.FindAsync(moment, study, sessionId), cancellationToken);

    /// <summary>The person's last session of the flow in the wave (empty in a study without waves).</summary>
    public Task<Session?> FindAsync(string study, string flow, string wave, string respondent, CancellationToken cancellationToken) =>
        LookAsync(
            async moment => await SessionRow.FindAsync(moment, study, flow, wave, respondent) ?? await SessionRow.FindComeBackAsync(moment, study, flow, wave, respondent), cancellationToken);

    public Task<Session?> FindByReceiptAsync(string study, string fingerprint, CancellationToken cancellationToken) =>
        LookAsync(moment => SessionRow.FindByReceiptAsync(moment, study, fingerprint), cancellationToken);

    /// <summary>Changes whether the words may be quoted; where they may not any more, quotes are taken back. False where there is no such session.</summary>
    public Task<bool> SetQuotesAsync(string study, string sessionId, string quotes, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            if (quotes is not ("anonymous" or "named"))
                await QuoteRows.ForgetAsync(transaction, database.StudyKey(study), study, sessionId, address: null, time.GetUtcNow());
            return await transaction.ExecuteAsync(
                "update session set quotes = @quotes where study = @study and session = @sessionId", new { study, sessionId, quotes }) == 1;
        },
        cancellationToken);

    /// <summary>Changes the language in which somebody is asked. False where there is no such session.</summary>
    public Task<bool> SetLanguageAsync(string study, string sessionId, string language, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction => await transaction.ExecuteAsync(
            "update session set language = @language where study = @study and session = @sessionId", new { study, sessionId, language }) == 1,
        cancellationToken);

    /// <summary>Deletes the session, all that belongs to it, and the person when this was the last one; then scrubs the files.</summary>
    public async Task<Withdrawn> WithdrawAsync(string study, string sessionId, CancellationToken cancellationToken)
    {
        var found = await writer.WriteAsync(
            async transaction =>
            {
                await QuoteRows.ForgetAsync(transaction, database.StudyKey(study), study, sessionId, address: null, time.GetUtcNow());
                await OwnWordsRows.TakeBackAsync(transaction, database.StudyKey(study), study, sessionId, address: null, time.GetUtcNow());
                return await Withdrawal.DeleteAsync(transaction, study, sessionId, database.StudyKey(study));
            },
            cancellationToken);
        await database.Vault.DestroyAsync(study, [sessionId], CancellationToken.None);
        return new Withdrawn(found, Scrubbed: !found || await database.ScrubAsync(CancellationToken.None)); // Once deleted, scrubbing is not called off.
    }

    /// <summary>
    /// Deletes the sessions whose time is over, as withdrawing would, except that nobody counts as having withdrawn. Those of people who published their words stay.
    /// The caller scrubs the files when all is done.
    /// </summary>
    /// <param name="keptUntil">Sessions that were promised to be kept until before it.</param>
    /// <param name="startedBefore">Sessions begun before it are over as well, transcripts included; null where nobody knows how long the study keeps them.</param>
    /// <returns>How many sessions went.</returns>
    public async Task<int> ExpireAsync(string study, DateTimeOffset keptUntil, DateTimeOffset? startedBefore, CancellationToken cancellationToken)
    {
        const int together = 100; // Few enough that people who answer meanwhile do not wait.
        var total = 0;
        while (true)
        {
            var over = await writer.WriteAsync(
                async transaction =>
                {
                    var sessions = await transaction.ListAsync<string>(
                        """
                        select session from session
                         where study = @study and public = 0 and (keep_until < @keptUntil or started_at < @startedBefore)
                         limit @together
                        """,
                        new
                        {
                            study,
                            keptUntil = keptUntil.ToUnixTimeMilliseconds(),
                            startedBefore = startedBefore?.ToUnixTimeMilliseconds() ?? long.MinValue,
                            together,
                        });
                    foreach (var session in sessions)
                    {
                        await QuoteRows.ForgetAsync(transaction, database.StudyKey(study), study, session, address: null, time.GetUtcNow());
                        await OwnWordsRows.TakeBackAsync(transaction, database.StudyKey(study), study, session, address: null, time.GetUtcNow());
                        await Withdrawal.DeleteAsync(transaction, study, session, studyKey: null);
                    }

                    return sessions;
                },
                cancellationToken);
            await database.Vault.DestroyAsync(study, over, CancellationToken.None);
            total += over.Count;
            if (over.Count < together)
                return total;
        }
    }

    /// <summary>
    /// Destroys keys whose session is not there: one was made for somebody who then did not begin, or the program was stopped between deleting a session and its key.
    /// </summary>
    /// <param name="madeBefore">Younger ones stay, since a key is made before its session.</param>
    /// <returns>How many were destroyed.</returns>
    public async Task<int> DestroyStrayKeysAsync(DateTimeOffset madeBefore, CancellationToken cancellationToken)
    {
        const int together = 1000;
        var destroyed = 0;
        for (var after = ("", ""); database.Vault.MadeBefore(madeBefore, after, together) is { Count: > 0 } keys; after = keys[^1])
        {
            // Inside a transaction, so that nobody can begin a session with such a key meanwhile.
            destroyed += await writer.WriteAsync(
                async transaction =>
                {
                    var stray = 0;
                    foreach (var (study, session) in keys)
                    {
                        if (await transaction.FindAsync<long>("select count(*) from session where study = @study and session = @session", new { study, session }) == 0)
                            stray += await database.Vault.DestroyAsync(study, [session], CancellationToken.None);
                    }

                    return stray;
                },
                cancellationToken);
        }

        return destroyed;
    }

    /// <summary>Every study of which something is kept, served at present or not.</summary>
    public Task<IReadOnlyList<string>> StudiesAsync(CancellationToken cancellationToken) => database.LookAsync<IReadOnlyList<string>>(
        async moment => await moment.ListAsync<string>("select study from session union select study from inbox union select study from feedback union select study from one_time_code union select study from outbox order by 1", new { }), cancellationToken);

    /// <summary>Forgets deliveries heard before a time: platforms send again for minutes, not for weeks. Returns how many.</summary>
    public Task<int> ForgetDeliveriesAsync(string study, DateTimeOffset before, CancellationToken cancellationToken) => writer.WriteAsync(
        transaction => transaction.ExecuteAsync("delete from inbox where study = @study and at < @at", new { study, at = before.ToUnixTimeMilliseconds() }),
        cancellationToken);

    private static async Task<Kept> BeforeAsync(SqliteTransaction transaction, Vault vault, string study, Inbox inbox) =>
        await inbox.RememberAsync() is var (sessionId, outcome) && await SessionRow.FindAsync(transaction, study, sessionId) is { } row
            ? new Kept.Before((await row.LoadAsync(transaction, vault)).Session, outcome)
            : new Kept.Nothing();

    private static OutcomeKind Kind(Turn turn) => turn switch
    {
        Turn.Asked => OutcomeKind.Asked,
        Turn.Finished => OutcomeKind.Finished,
        Turn.Refused => OutcomeKind.Refused,
        Turn.Paused => OutcomeKind.Paused,
        _ => throw new System.Diagnostics.UnreachableException(turn.GetType().Name),
    };

    /// <summary>The session after the turn: the same one where nothing has changed.</summary>
    /// <param name="side">The side before it.</param>
    private Session After(Session session, Turn turn, PathFacts path, string side)
    {
        if (turn.Progress == session.Progress)
            return session;

        var now = time.GetUtcNow();
        return session with
        {
            Origin = (path.Side ?? "") == side ? session.Origin : session.Origin with { Attested = false }, // What was shown was the other side.
            Progress = turn.Progress,
            Revision = session.Revision + 1,
            CoreAt = path.CoreDone ? session.CoreAt ?? now : null,
            FinishedAt = path.Finished ? session.FinishedAt ?? now : null,
        };
    }

    private Task<Session?> LookAsync(Func<SqliteTransaction, Task<SessionRow?>> find, CancellationToken cancellationToken) => database.LookAsync(
        async moment => await find(moment) is { } row ? (await row.LoadAsync(moment, database.Vault)).Session : null, cancellationToken);
}
