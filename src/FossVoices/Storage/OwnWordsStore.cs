using System.Collections.Immutable;
using FossVoices.Channels;
using FossVoices.Definitions;
using FossVoices.Flows;
using FossVoices.Sessions;

namespace FossVoices.Storage;

/// <summary>What an author says of one answer.</summary>
/// <param name="Name">The name to stand under it; empty for none.</param>
/// <param name="Hidden">The parts that are hidden, by place among all; null to leave it as it is.</param>
/// <param name="Also">More words to hide, a phrase a line.</param>
/// <param name="Terms">The text under which it is released, as the author read it.</param>
internal sealed record Releasing(Release Release, string Name, IReadOnlySet<int>? Hidden, string Also, string Terms);

/// <summary>Words for their author: as they are kept, and what was released of them. Every change takes effect at once, in what was posted as well.</summary>
internal sealed class OwnWordsStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>Everything that somebody said in their own words in a study, the oldest first.</summary>
    /// <param name="session">Only of one session; null for all.</param>
    public Task<ImmutableArray<OwnWordsRow>> OfAsync(string study, string respondent, string? session, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<OwnWordsRow>>(
        async moment => [.. await moment.ListAsync<OwnWordsRow>(
            $"{OwnWordsRow.Columns} and s.study = @study and s.respondent = @respondent and (@session is null or s.session = @session) order by s.started_at, s.session, a.at, a.address",
            new { study, respondent, session })],
        cancellationToken);

    public OwnWord ToShow(OwnWordsRow row, string ask, IEnumerable<string> names) => new(
        OwnWord.IdOf(row.Session, row.Address), ask, row.Marked(row.Text(database.Vault), names), row.Its,
        row.Signed(database.Vault) ?? "", row.ReleasedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null)
    {
        Paraphrase = row.Its == Release.Paraphrase && row.ParaphraseText(database.Vault) is { } text ? new Paraphrase(text, row.ParaphraseState!) : null,
    };

    /// <summary>What was asked before an imported turn; null of everything else.</summary>
    public string? AskedBefore(OwnWordsRow row) => row.Asked(database.Vault);

    /// <summary>Keeps what the author says. Posts that show the words are put into words again.</summary>
    /// <param name="names">Names that the study knows, hidden where the author has not looked yet.</param>
    /// <returns>False where there is no such answer of the person.</returns>
    public Task<bool> ReleaseAsync(
        string study, string respondent, string session, string address, Releasing said, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var studyKey = database.StudyKey(study);
        return writer.WriteAsync(
            async transaction =>
            {
                if (await transaction.FindAsync<OwnWordsRow>(
                    $"{OwnWordsRow.Columns} and s.study = @study and s.respondent = @respondent and a.session = @session and a.address = @address",
                    new { study, respondent, session, address }) is not { } row)
                {
                    return false;
                }

                var now = time.GetUtcNow();
                var text = row.Text(database.Vault);
                var parts = QuoteParts.Changed(text, row.PartsOf(text, names), said.Hidden, said.Also);
                await OwnWordsRows.TakeBackAsync(transaction, studyKey, study, session, address, now);
                if (said.Release < Release.Paraphrase)
                    await OwnWordsRows.ForgetToldAsync(transaction, study, session, address);
                if (said.Release == Release.None)
                    await QuoteRows.ForgetAsync(transaction, studyKey, study, session, address, now);
                var terms = await TermsAsync(transaction, study, said.Terms, now);
                var (key, _) = await database.Vault.MakeAsync(study, session, now, CancellationToken.None); // There, unless it was from before words were sealed.
                return await TallyBook.KeepSessionsAsync(transaction, study, [session], async () =>
                {
                    if (said.Release == Release.None)
                        await SessionWriting.ForgetCodingAsync(transaction, study, session, address); // What was heard in it is nobody's any more.
                    return await transaction.ExecuteAsync(
                        """
                        insert into own_words (study, session, address, release, parts, name, terms, released_at) values (@study, @session, @address, @release, @parts, @name, @terms, @at)
                        on conflict (study, session, address) do update
                           set release = excluded.release, parts = excluded.parts, name = excluded.name, terms = excluded.terms, released_at = excluded.released_at
                        """,
                        new
                        {
                            study,
                            session,
                            address,
                            release = said.Release.Spelt(),
                            parts,
                            name = said is { Release: Release.Named, Name.Length: > 0 } ? Words.ToBytes(key, OwnWordsRow.NameOf(address), said.Name) : null,
                            terms,
                            at = now.ToUnixTimeMilliseconds(),
                        }) == 1;
                });
            },
            cancellationToken);
    }

    /// <summary>
    /// Changes an imported turn to what its author says it should be; the file does not change it back. What was heard, coded, quoted and released of it was of the
    /// words as they were, and goes.
    /// </summary>
    /// <param name="text">Empty where the author cuts it.</param>
    /// <param name="names">Names that the study knows, hidden in it at first.</param>
    public Task<bool> RewriteAsync(string study, string respondent, string session, string address, string text, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var studyKey = database.StudyKey(study);
        return writer.WriteAsync(
            async transaction =>
            {
                var now = time.GetUtcNow();
                var of = new { study, session, address, respondent, flow = Session.ImportedFlow };
                if (await transaction.FindAsync<long>(
                    """
                    select count(*) from answer a join session s on s.study = a.study and s.session = a.session
                     where a.study = @study and a.session = @session and a.address = @address and a.words is not null and s.respondent = @respondent and s.flow = @flow
                    """,
                    of) == 0)
                {
                    return false;
                }

                await QuoteRows.ForgetAsync(transaction, studyKey, study, session, address, now);
                var (key, _) = await database.Vault.MakeAsync(study, session, now, CancellationToken.None);
                return await TallyBook.KeepSessionsAsync(transaction, study, [session], async () =>
                {
                    await OwnWordsRows.ForgetAsync(transaction, studyKey, study, session, address, now);
                    await SessionWriting.ForgetCodingAsync(transaction, study, session, address);
                    await transaction.ExecuteAsync(
                        "update answer set words = @words where study = @study and session = @session and address = @address",
                        new { study, session, address, words = Words.ToBytes(key, address, text) });
                    return await transaction.ExecuteAsync(
                        """
                        insert into own_words (study, session, address, release, parts, terms, rewritten, released_at) values (@study, @session, @address, @release, @parts, '', 1, @at)
                        """,
                        new { study, session, address, release = (text.Length == 0 ? Release.None : Releases.Default).Spelt(), parts = QuoteParts.Write(Coding.Redaction.Suggest(text, names), ImmutableHashSet<int>.Empty), at = now.ToUnixTimeMilliseconds() }) == 1;
                });
            },
            cancellationToken);
    }

    private static async Task<string> TermsAsync(Microsoft.Data.Sqlite.SqliteTransaction transaction, string study, string text, DateTimeOffset now)
    {
        using var hash = new ContentHash();
        var terms = hash.Add(text).Hex();
        await transaction.ExecuteAsync(
            "insert into release_terms (study, terms, text, since) values (@study, @terms, @text, @at) on conflict do nothing", new { study, terms, text, at = now.ToUnixTimeMilliseconds() });
        return terms;
    }
}
