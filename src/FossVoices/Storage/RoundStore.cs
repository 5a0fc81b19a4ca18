using System.Collections.Immutable;
using FossVoices.Flows;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>A round as it is kept.</summary>
/// <param name="OpenedBy">Who let it open; null while it is being prepared.</param>
internal sealed record RoundState(long Seed, string? OpenedBy, DateTimeOffset? OpenedAt);

/// <summary>Released words that a mirror of a round could show.</summary>
/// <param name="State"><c>picked</c>, <c>barred</c> or empty.</param>
internal sealed record RoundExcerpt(string Id, string Item, string State, OwnWordsRow Words)
{
    public Candidate ToCandidate() => new(Id, Words.Respondent, Words.Side, State == "picked", State == "barred");
}

/// <summary>Keeps mirror rounds: what could be shown, what was drawn for whom, and that somebody looked at it before it opened.</summary>
internal sealed class RoundStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>Excerpts with their words, as far as others may read them now.</summary>
    private const string Showable = $"""
        select e.excerpt as Excerpt, e.item as Item, e.state as State, e.coded as Coded, w.* from excerpt e join ({OwnWordsRow.Columns} and {OwnWordsRow.MayBeShown}) w
            on w.Study = e.study and w.Session = e.session and w.Address = e.address
        """;

    /// <summary>Finds what was released since, and notes it for the mirrors of a flow.</summary>
    /// <param name="newId">Random ids.</param>
    /// <param name="seed">Draws the round, where it is new.</param>
    public Task PrepareAsync(string study, string wave, Flow flow, long seed, Func<string> newId, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            await transaction.ExecuteAsync(
                "insert into round (study, wave, flow, seed, prepared_at) values (@study, @wave, @Id, @seed, @at) on conflict do nothing",
                new { study, wave, flow.Id, seed, at = Now });
            foreach (var mirror in flow.Mirrors)
            {
                foreach (var row in await FittingAsync(transaction, study, mirror.Rule))
                {
                    await transaction.ExecuteAsync(
                        """
                        insert into excerpt (study, excerpt, wave, flow, item, session, address) values (@study, @id, @wave, @flow, @item, @Session, @Address)
                        on conflict (study, wave, flow, item, session, address) do nothing
                        """,
                        new { study, id = newId(), wave, flow = flow.Id, item = mirror.Id, row.Session, row.Address });
                }
            }

            return true;
        },
        cancellationToken);

    public Task<RoundState?> FindAsync(string study, string wave, string flow, CancellationToken cancellationToken) => database.LookAsync(
        async moment => await moment.FindAsync<StateRow>(
            "select seed as Seed, opened_by as OpenedBy, opened_at as OpenedAt from round where study = @study and wave = @wave and flow = @flow", new { study, wave, flow }) is { } row
            ? new RoundState(row.Seed, row.OpenedBy, row.OpenedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null)
            : null,
        cancellationToken);

    /// <summary>What the mirrors of a round could show now: what has been taken back is not among it.</summary>
    public Task<ImmutableArray<RoundExcerpt>> ExcerptsAsync(string study, string wave, string flow, CancellationToken cancellationToken) => database.LookAsync(
        async moment =>
        {
            var excerpts = ImmutableArray.CreateBuilder<RoundExcerpt>();
            foreach (var row in await moment.ListAsync<OwnWordsRow>(
                $"""
                {Showable}
                 where e.study = @study and e.wave = @wave and e.flow = @flow order by e.item, w.Side, e.excerpt
                """,
                new { study, wave, flow }))
            {
                excerpts.Add(new RoundExcerpt(row.Excerpt, row.Item, row.State, await CodedSpans.WithAsync(moment, row)));
            }

            return excerpts.ToImmutable();
        },
        cancellationToken);

    /// <summary>Picks an excerpt, bars it, or leaves it to chance. False where the round has no such excerpt, or is open already.</summary>
    /// <param name="state"><c>picked</c>, <c>barred</c> or empty.</param>
    public Task<bool> MarkAsync(string study, string wave, string flow, string excerpt, string state, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction => await transaction.ExecuteAsync(
            """
            update excerpt set state = @state where study = @study and wave = @wave and flow = @flow and excerpt = @excerpt
               and exists (select 1 from round r where r.study = @study and r.wave = @wave and r.flow = @flow and r.opened_at is null)
            """,
            new { study, wave, flow, excerpt, state }) == 1,
        cancellationToken);

    /// <summary>Everybody who said something in a wave and is on one side.</summary>
    public Task<ImmutableArray<MirrorReader>> ReadersAsync(string study, string wave, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<MirrorReader>>(
        async moment => [.. (await moment.ListAsync<ReaderRow>(
            "select respondent as Respondent, max(side) as Side from session where study = @study and wave = @wave and side <> '' and both_sides = 0 group by respondent order by respondent",
            new { study, wave })).Select(row => new MirrorReader(row.Respondent, row.Side))],
        cancellationToken);

    /// <summary>Opens a round with what was drawn for everybody. False where it has been opened already.</summary>
    /// <param name="drawn">By mirror and respondent.</param>
    public Task<bool> OpenAsync(
        string study, string wave, string flow, IReadOnlyDictionary<string, ImmutableSortedDictionary<string, ImmutableArray<string>>> drawn, string by, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            async transaction =>
            {
                if (await transaction.ExecuteAsync(
                    "update round set opened_by = @by, opened_at = @at where study = @study and wave = @wave and flow = @flow and opened_at is null", new { study, wave, flow, by, at = Now }) != 1)
                {
                    return false;
                }

                foreach (var row in await transaction.ListAsync<OwnWordsRow>(
                    "select excerpt as Excerpt, session as Session, address as Address from excerpt where study = @study and wave = @wave and flow = @flow", new { study, wave, flow }))
                {
                    await transaction.ExecuteAsync(
                        "update excerpt set coded = @coded where study = @study and excerpt = @Excerpt",
                        new { study, row.Excerpt, coded = await CodedSpans.OfAsync(transaction, study, row.Session, row.Address) });
                }

                foreach (var (item, respondent, place, excerpt) in drawn.SelectMany(item => item.Value.SelectMany(its => its.Value.Select((excerpt, place) => (item.Key, its.Key, place, excerpt)))))
                {
                    await transaction.ExecuteAsync(
                        "insert into mirrored (study, wave, flow, item, respondent, place, excerpt) values (@study, @wave, @flow, @item, @respondent, @place, @excerpt)",
                        new { study, wave, flow, item, respondent, place, excerpt });
                }

                return true;
            },
            cancellationToken);

    /// <summary>What was drawn for somebody, by mirror.</summary>
    public Task<ImmutableSortedDictionary<string, ImmutableArray<string>>> DrawnAsync(string study, string wave, string flow, string respondent, CancellationToken cancellationToken) =>
        database.LookAsync(
            async moment => (await moment.ListAsync<DrawnRow>(
                "select item as Item, excerpt as Excerpt from mirrored where study = @study and wave = @wave and flow = @flow and respondent = @respondent order by item, place",
                new { study, wave, flow, respondent })).GroupBy(row => row.Item, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(item => item.Key, item => item.Select(row => row.Excerpt).ToImmutableArray(), StringComparer.Ordinal),
            cancellationToken);

    /// <summary>Words behind an excerpt, if they may still be shown to somebody; null where they were taken back, or are the reader's own.</summary>
    /// <param name="reader">The pseudonym of whoever is to see them.</param>
    public Task<ImmutableDictionary<string, OwnWordsRow>> ShownAsync(string study, IEnumerable<string> excerpts, string reader, CancellationToken cancellationToken) => database.LookAsync(
        async moment =>
        {
            var shown = ImmutableDictionary.CreateBuilder<string, OwnWordsRow>(StringComparer.Ordinal);
            foreach (var excerpt in excerpts.Distinct(StringComparer.Ordinal))
            {
                if (await moment.FindAsync<OwnWordsRow>(
                    $"""
                    {Showable}
                     where e.study = @study and e.excerpt = @excerpt and e.state <> 'barred' and w.Respondent <> @reader
                    """,
                    new { study, excerpt, reader }) is { } row)
                {
                    shown[excerpt] = await CodedSpans.WithAsync(moment, row);
                }
            }

            return shown.ToImmutable();
        },
        cancellationToken);

    /// <summary>What somebody said to the question that a mirror shows others' answers to; null where there is nothing.</summary>
    public Task<OwnWordsRow?> SaidThenAsync(string study, MirrorRule rule, string respondent, CancellationToken cancellationToken) => database.LookAsync(
        async moment => rule.Item is null ? null : (await moment.ListAsync<OwnWordsRow>(
            $"{OwnWordsRow.Columns} and s.study = @study and s.wave = @Wave and s.flow = @Flow and a.address = @Item and s.respondent = @respondent limit 1",
            new { study, rule.Wave, rule.Flow, rule.Item, respondent })).SingleOrDefault(),
        cancellationToken);

    /// <summary>Who somebody is in a study, by this account or an earlier receipt; null for a stranger.</summary>
    /// <param name="receipt">The fingerprint of the receipt of an earlier round, or null.</param>
    public Task<string?> KnownAsync(string study, string pseudonym, string? receipt, CancellationToken cancellationToken) => database.LookAsync(
        async moment => receipt is not null && await moment.FindAsync<string>("select respondent from session where study = @study and receipt = @receipt", new { study, receipt }) is { } shown ? shown
            : await moment.FindAsync<string>("select respondent from came_back where study = @study and known_as = @pseudonym", new { study, pseudonym })
            ?? await moment.FindAsync<string>("select respondent from respondent where study = @study and respondent = @pseudonym", new { study, pseudonym }),
        cancellationToken);

    /// <summary>Notes that an account or browser is somebody who was here before.</summary>
    public Task RememberAsync(string study, string pseudonym, string respondent, CancellationToken cancellationToken) => writer.WriteAsync(
        transaction => transaction.ExecuteAsync(
            """
            insert into came_back (study, known_as, respondent) values (@study, @pseudonym, @respondent)
            on conflict (study, known_as) do update set respondent = excluded.respondent
            """,
            new { study, pseudonym, respondent }),
        cancellationToken);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static async Task<List<OwnWordsRow>> FittingAsync(SqliteTransaction transaction, string study, MirrorRule rule)
    {
        var fitting = new List<OwnWordsRow>();
        foreach (var row in await transaction.ListAsync<OwnWordsRow>(
            $"""
            {OwnWordsRow.Columns} and {OwnWordsRow.MayBeShown} and s.study = @study and s.wave = @Wave and s.side <> '' and s.both_sides = 0
               and (@Flow is null or s.flow = @Flow) and (@Item is null or a.address = @Item)
             order by a.session, a.address
            """,
            new { study, rule.Wave, rule.Flow, rule.Item }))
        {
            var codes = rule.Codes.IsEmpty ? [] : await transaction.ListAsync<string>(
                """
                select distinct m.code from assignment m where m.study = @study and m.session = @Session and m.address = @Address and m.status <> 'rejected'
                   and not exists (select 1 from assignment no where no.study = m.study and no.session = m.session and no.address = m.address and no.code = m.code and no.status = 'rejected')
                """,
                new { study, row.Session, row.Address });
            if (rule.Codes.IsEmpty || codes.Exists(code => rule.Codes.Contains(code)))
                fitting.Add(row);
        }

        return fitting;
    }

    private sealed record StateRow
    {
        public long Seed { get; init; }

        public string? OpenedBy { get; init; }

        public long? OpenedAt { get; init; }
    }

    private sealed record ReaderRow
    {
        public string Respondent { get; init; } = "";

        public string Side { get; init; } = "";
    }

    private sealed record DrawnRow
    {
        public string Item { get; init; } = "";

        public string Excerpt { get; init; } = "";
    }
}
