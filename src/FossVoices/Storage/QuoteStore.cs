using System.Collections.Immutable;
using FossVoices.Channels;
using FossVoices.Coding;

namespace FossVoices.Storage;

/// <summary>An answer whose author lets words be quoted.</summary>
internal sealed record Quotable(string Session, string Address, string Text);

/// <summary>A quote as the study's team sees it.</summary>
internal sealed record QuoteState(string Id, string Session, string Address, string State, string Shown);

/// <summary>
/// Quotes that were proposed to their authors: where in which answer, and what their authors said. The words stay where they are, sealed; so a quote is gone
/// when its answer is.
/// </summary>
internal sealed class QuoteStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>Answers whose authors let words be quoted. A look at raw text: to be logged by the caller.</summary>
    /// <param name="code">Only those with the code; null for all.</param>
    public Task<IReadOnlyList<Quotable>> QuotableAsync(string study, string? code, CancellationToken cancellationToken) => database.LookAsync<IReadOnlyList<Quotable>>(
        async moment => (await moment.ListAsync<AnswerWords>(
            $"""
            select a.session as Session, a.address as Address, a.words as Words from answer a join session s on s.study = a.study and s.session = a.session
             where a.study = @study and a.on_path = 1 and a.words is not null and {QuoteRow.MayBeQuoted}
               and (@code is null or exists (select 1 from assignment m where m.study = a.study and m.session = a.session and m.address = a.address
                                                and m.code = @code and m.status <> 'rejected'))
             order by a.session, a.address
            """,
            new { study, code })).ConvertAll(row => new Quotable(row.Session, row.Address, QuoteRow.Read(database.Vault, study, row.Session, row.Address, row.Words))),
        cancellationToken);

    /// <summary>Proposes a quote to its author. Null where there is no such answer, or its author lets nobody quote it.</summary>
    /// <param name="id">A random id.</param>
    /// <param name="words">The words as they stand in the answer.</param>
    /// <param name="names">Names that are to be hidden wherever they stand.</param>
    public Task<QuoteState?> ProposeAsync(string study, string id, string session, string address, string words, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        writer.WriteAsync<QuoteState?>(
            async transaction =>
            {
                var answer = await transaction.FindAsync<AnswerWords>(
                    $"""
                    select a.session as Session, a.address as Address, a.words as Words from answer a join session s on s.study = a.study and s.session = a.session
                     where a.study = @study and a.session = @session and a.address = @address and a.on_path = 1 and a.words is not null and {QuoteRow.MayBeQuoted}
                    """,
                    new { study, session, address });
                var start = answer is null ? -1 : QuoteRow.Read(database.Vault, study, session, address, answer.Words).IndexOf(words, StringComparison.Ordinal);
                if (start < 0)
                    return null;

                var parts = QuoteParts.Write(Redaction.Suggest(words, names), ImmutableHashSet<int>.Empty);
                await transaction.ExecuteAsync(
                    """
                    insert into quote (study, quote, session, address, span_start, span_length, parts, state, proposed_at)
                    values (@study, @id, @session, @address, @start, @Length, @parts, 'proposed', @at)
                    """,
                    new { study, id, session, address, start, words.Length, parts, at = time.GetUtcNow().ToUnixTimeMilliseconds() });
                return new QuoteState(id, session, address, "proposed", new AskedQuote(id, QuoteParts.Of(words, parts), "proposed").Shown);
            },
            cancellationToken);

    /// <summary>What a session's author is asked, or has decided.</summary>
    public Task<ImmutableArray<AskedQuote>> OfAsync(string study, string session, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<AskedQuote>>(
        async moment => [.. (await moment.ListAsync<QuoteRow>($"{QuoteRow.Columns} where q.study = @study and q.session = @session order by q.proposed_at, q.quote", new { study, session }))
            .Select(row => row.Asked(database.Vault))],
        cancellationToken);

    /// <summary>All quotes of a study, with what their authors said. A look at raw text: to be logged by the caller.</summary>
    public Task<IReadOnlyList<QuoteState>> AllAsync(string study, CancellationToken cancellationToken) => database.LookAsync<IReadOnlyList<QuoteState>>(
        async moment => (await moment.ListAsync<QuoteRow>($"{QuoteRow.Columns} where q.study = @study order by q.proposed_at, q.quote", new { study }))
            .ConvertAll(row => new QuoteState(row.Id, row.Session, row.Address, row.State, row.Asked(database.Vault).Shown)),
        cancellationToken);

    /// <summary>The author's word on a quote. One that was approved and is refused now is taken out of what was posted.</summary>
    /// <param name="hidden">The telling parts that stay hidden, by place among all parts; null to leave it as it is.</param>
    /// <param name="also">More words to hide, a phrase a line.</param>
    /// <returns>False where the session has no such quote.</returns>
    public Task<bool> DecideAsync(
        string study, string session, string quote, bool yes, IReadOnlySet<int>? hidden, string also, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            if (await transaction.FindAsync<QuoteRow>($"{QuoteRow.Columns} where q.study = @study and q.session = @session and q.quote = @quote", new { study, session, quote }) is not { } row)
                return false;

            var now = time.GetUtcNow();
            var parts = QuoteParts.Changed(row.Quote(database.Vault), row.Parts, hidden, also);
            // What is posted shows it as it was approved then: when that changes, the posts are put into words again.
            if (row.State == "approved" && (!yes || parts != row.Parts))
                await QuoteRows.TakeBackAsync(transaction, database.StudyKey(study), study, quote, now);
            return await transaction.ExecuteAsync(
                "update quote set state = @state, parts = @parts, decided_at = @at where study = @study and quote = @quote",
                new { study, quote, state = yes ? "approved" : "refused", parts, at = now.ToUnixTimeMilliseconds() }) == 1;
        },
        cancellationToken);

    private sealed record AnswerWords(string Session, string Address, byte[] Words);
}
