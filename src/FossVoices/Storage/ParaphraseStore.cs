using System.Collections.Immutable;

namespace FossVoices.Storage;

/// <summary>
/// What researchers write in place of words that may be told in other words. Nobody but the words' author is shown it before the author accepts it; it is
/// sealed with the words, and goes with them.
/// </summary>
internal sealed class ParaphraseStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>Every answer that may be told in other words, with what has been written. A look at raw text: to be logged by the caller.</summary>
    public Task<ImmutableArray<OwnWordsRow>> OpenAsync(string study, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<OwnWordsRow>>(
        async moment => [.. await moment.ListAsync<OwnWordsRow>(
            $"{OwnWordsRow.Columns} and s.study = @study and r.release = 'paraphrase' order by s.wave, a.session, a.address", new { study })],
        cancellationToken);

    /// <summary>Puts a text before the author, in place of an earlier one. False where there is no such answer, or it may not be told in other words.</summary>
    /// <param name="text">At most <see cref="Flows.Excerpt.Longest"/>, so that nobody reads less of it than the author did.</param>
    public Task<bool> ProposeAsync(string study, string session, string address, string text, string by, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            if (await RowAsync(transaction, study, session, address) is not { Its: Flows.Release.Paraphrase } row)
                return false;
            var now = time.GetUtcNow();
            if (row.HasParaphrase)
                await OwnWordsRows.TakeBackAsync(transaction, database.StudyKey(study), study, session, address, now);
            var (key, _) = await database.Vault.MakeAsync(study, session, now, CancellationToken.None);
            return await transaction.ExecuteAsync(
                """
                insert into paraphrase (study, session, address, text, state, written_by, written_at) values (@study, @session, @address, @words, 'proposed', @by, @at)
                on conflict (study, session, address) do update
                   set text = excluded.text, state = 'proposed', written_by = excluded.written_by, written_at = excluded.written_at, decided_at = null
                """,
                new { study, session, address, words = Words.ToBytes(key, OwnWordsRow.ParaphraseOf(address), text), by, at = now.ToUnixTimeMilliseconds() }) == 1;
        },
        cancellationToken);

    /// <summary>The author's word on it. What was accepted and is refused now goes from what was posted.</summary>
    /// <param name="text">The text that the author read; another one that was written meanwhile is not accepted with it.</param>
    /// <returns>False where the person has no such text to decide on.</returns>
    public Task<bool> DecideAsync(string study, string respondent, string session, string address, string text, bool yes, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            if (await RowAsync(transaction, study, session, address) is not { } row || row.Respondent != respondent || row.ParaphraseText(database.Vault) != text)
                return false;
            var now = time.GetUtcNow();
            await OwnWordsRows.TakeBackAsync(transaction, database.StudyKey(study), study, session, address, now);
            return await transaction.ExecuteAsync(
                "update paraphrase set state = @state, decided_at = @at where study = @study and session = @session and address = @address",
                new { study, session, address, state = yes ? "accepted" : "refused", at = now.ToUnixTimeMilliseconds() }) == 1;
        },
        cancellationToken);

    private static Task<OwnWordsRow?> RowAsync(Microsoft.Data.Sqlite.SqliteTransaction transaction, string study, string session, string address) =>
        transaction.FindAsync<OwnWordsRow>($"{OwnWordsRow.Columns} and s.study = @study and a.session = @session and a.address = @address", new { study, session, address });
}
