using FossVoices.Flows;
using FossVoices.Sessions;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Writes what a turn has changed in a session, and nothing else.</summary>
internal static class SessionWriting
{
    public static async Task InsertAsync(SqliteTransaction transaction, Vault vault, Session session, PathFacts path, string receipt, string consentHash)
    {
        await transaction.ExecuteAsync(
            "insert into respondent (study, respondent) values (@Study, @Respondent) on conflict do nothing", new { session.Study, session.Respondent });
        await transaction.ExecuteAsync(
            """
            insert into session (study, session, respondent, flow, wave, flow_hash, consent_hash, receipt, platform, source, community, public, attested, quotes, seed, draws,
                                 side, both_sides, standing, revisiting, paused, revision, started_at, core_at, finished_at, keep_until)
            values (@Study, @Id, @Respondent, @Flow, @Wave, @FlowHash, @consentHash, @receipt, @Platform, @Source, @community, @public, @attested, @Quotes, @Seed, @draws,
                    @side, @both, @standing, @Revisiting, @paused, @Revision, @startedAt, @coreAt, @finishedAt, @keepUntil)
            """,
            new
            {
                session.Study,
                session.Id,
                session.Respondent,
                session.Flow,
                session.Wave,
                session.FlowHash,
                consentHash,
                receipt,
                session.Origin.Platform,
                session.Origin.Source,
                community = session.Origin.Community ?? "",
                @public = Flag(session.Origin.Public),
                attested = Flag(session.Origin.Attested),
                session.Progress.Quotes,
                session.Progress.Draws.Seed,
                draws = DrawsText.Of(session.Progress.Draws),
                side = path.Side ?? "",
                both = Flag(path.Both),
                standing = path.Standing ?? "",
                session.Progress.Revisiting,
                paused = Flag(session.Progress.Paused),
                session.Revision,
                startedAt = session.StartedAt.ToUnixTimeMilliseconds(),
                coreAt = session.CoreAt?.ToUnixTimeMilliseconds(),
                finishedAt = session.FinishedAt?.ToUnixTimeMilliseconds(),
                keepUntil = session.KeepUntil?.ToUnixTimeMilliseconds(),
            });
        foreach (var answer in session.Progress.Answers.Values)
            await KeepAsync(transaction, vault, session, answer, path, replaces: false);
    }

    /// <param name="before">The session as it was loaded in this transaction.</param>
    /// <param name="offPath">The addresses that were marked as left behind.</param>
    public static async Task UpdateAsync(SqliteTransaction transaction, Vault vault, Session before, IReadOnlySet<string> offPath, Session after, PathFacts path)
    {
        var (old, now) = (before.Progress, after.Progress);
        foreach (var answer in now.Answers.Values)
        {
            if (old.Answers.GetValueOrDefault(answer.Address) != answer)
                await KeepAsync(transaction, vault, after, answer, path, replaces: old.Answers.ContainsKey(answer.Address));
            else if (!ReferenceEquals(old.Heard.GetValueOrDefault(answer.Address), now.Heard.GetValueOrDefault(answer.Address)))
                await HeardRows.ReplaceAsync(transaction, after.Study, after.Id, answer.Address, now.Heard.GetValueOrDefault(answer.Address));

            if (old.Answers.ContainsKey(answer.Address) && offPath.Contains(answer.Address) == path.OnPath(answer.Address))
            {
                await MarkAsync(transaction, after, answer.Address, path.OnPath(answer.Address));
                await OwnWordsRows.TakeBackAsync(transaction, vault.Root.OfStudy(after.Study), after.Study, after.Id, answer.Address, now.Answers.Values.Max(latest => latest.At)); // It moved because an answer came.
            }
        }

        foreach (var gone in old.Answers.Keys.Where(address => !now.Answers.ContainsKey(address)))
        {
            await transaction.ExecuteAsync(
                "delete from answer where study = @Study and session = @Id and address = @gone", new { after.Study, after.Id, gone });
        }

        var rows = await transaction.ExecuteAsync(
            """
            update session set quotes = @Quotes, attested = @attested, side = @side, both_sides = @both, standing = @standing, revisiting = @Revisiting, paused = @paused,
                               revision = @Revision, core_at = @coreAt, finished_at = @finishedAt
             where study = @Study and session = @Id and revision = @seen
            """,
            new
            {
                after.Study,
                after.Id,
                now.Quotes,
                attested = Flag(after.Origin.Attested),
                side = path.Side ?? "",
                both = Flag(path.Both),
                standing = path.Standing ?? "",
                now.Revisiting,
                paused = Flag(now.Paused),
                after.Revision,
                coreAt = after.CoreAt?.ToUnixTimeMilliseconds(),
                finishedAt = after.FinishedAt?.ToUnixTimeMilliseconds(),
                seen = before.Revision,
            });
        if (rows != 1)
            throw new InvalidOperationException($"Session {after.Id} moved on from revision {before.Revision} while it was held.");
    }

    /// <summary>What was coded in an answer belongs to the words as they were, so it goes when they change.</summary>
    public static async Task ForgetCodingAsync(SqliteTransaction transaction, string study, string session, string address)
    {
        var answer = new { study, session, address };
        await transaction.ExecuteAsync("delete from assignment where study = @study and session = @session and address = @address", answer);
        await transaction.ExecuteAsync("delete from reading where study = @study and session = @session and address = @address", answer);
        await transaction.ExecuteAsync("delete from memo where study = @study and session = @session and address = @address", answer);
        await transaction.ExecuteAsync("delete from coding_event where study = @study and session = @session and address = @address", answer);
        await transaction.ExecuteAsync("delete from claim_citation where study = @study and session = @session and address = @address", answer);
        await transaction.ExecuteAsync("update excerpt set coded = '' where study = @study and session = @session and address = @address and coded is not null", answer);
    }

    private static async Task KeepAsync(SqliteTransaction transaction, Vault vault, Session session, Answer answer, PathFacts path, bool replaces)
    {
        // Made long before, when the session began; only one from before there were keys gets its key here.
        var key = answer.Value is Value.Words ? (await vault.MakeAsync(session.Study, session.Id, answer.At, CancellationToken.None)).Key : null;
        var row = AnswerRow.Of(answer, path.OnPath(answer.Address), key);
        await transaction.ExecuteAsync(
            """
            insert into answer (study, session, address, kind, value, number, words, on_path, at)
            values (@Study, @Id, @Address, @Kind, @Value, @Number, @Words, @OnPath, @At)
            on conflict (study, session, address) do update
               set kind = excluded.kind, value = excluded.value, number = excluded.number, words = excluded.words, on_path = excluded.on_path, at = excluded.at
            """,
            new { session.Study, session.Id, row.Address, row.Kind, row.Value, row.Number, row.Words, row.OnPath, row.At });
        if (replaces)
        {
            await QuoteRows.ForgetAsync(transaction, vault.Root.OfStudy(session.Study), session.Study, session.Id, answer.Address, answer.At);
            await OwnWordsRows.ForgetAsync(transaction, vault.Root.OfStudy(session.Study), session.Study, session.Id, answer.Address, answer.At);
            await ForgetCodingAsync(transaction, session.Study, session.Id, answer.Address);
        }

        if (replaces || session.Progress.Heard.ContainsKey(answer.Address))
            await HeardRows.ReplaceAsync(transaction, session.Study, session.Id, answer.Address, session.Progress.Heard.GetValueOrDefault(answer.Address));
    }

    private static Task<int> MarkAsync(SqliteTransaction transaction, Session session, string address, bool onPath) => transaction.ExecuteAsync(
        "update answer set on_path = @onPath where study = @Study and session = @Id and address = @address",
        new { session.Study, session.Id, address, onPath = Flag(onPath) });

    private static int Flag(bool yes) => yes ? 1 : 0;
}
