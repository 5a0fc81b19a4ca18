using System.Collections.Immutable;
using FossVoices.Flows;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Names a mirror round: a flow with mirrors, in the wave that asks it.</summary>
internal sealed record RoundOf(string Study, string Wave, string Flow)
{
    /// <summary>The rows of one round, in any of its tables.</summary>
    public const string Rows = "study = @Study and wave = @Wave and flow = @Flow";
}

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
    public Task PrepareAsync(RoundOf round, IEnumerable<Item.Mirror> mirrors, long seed, Func<string> newId, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            await transaction.ExecuteAsync(
                "insert into round (study, wave, flow, seed, prepared_at) values (@Study, @Wave, @Flow, @seed, @at) on conflict do nothing",
                new { round.Study, round.Wave, round.Flow, seed, at = Now });
            foreach (var mirror in mirrors)
            {
                var fitting = (await FittingAsync(transaction, round.Study, mirror.Rule)).ToArray();
                foreach (var left in (await transaction.ListAsync<OwnWordsRow>(
                    $"select session as Session, address as Address from excerpt where {RoundOf.Rows} and item = @item and state = ''",
                    new { round.Study, round.Wave, round.Flow, item = mirror.Id })).ExceptBy(fitting.Select(row => (row.Session, row.Address)), row => (row.Session, row.Address)))
                {
                    // Released, but not on the topic any more. What was taken back is not shown either way.
                    await transaction.ExecuteAsync(
                        $"delete from excerpt where {RoundOf.Rows} and item = @item and session = @Session and address = @Address",
                        new { round.Study, round.Wave, round.Flow, item = mirror.Id, left.Session, left.Address });
                }

                foreach (var row in fitting)
                {
                    await transaction.ExecuteAsync(
                        """
                        insert into excerpt (study, excerpt, wave, flow, item, session, address) values (@Study, @id, @Wave, @Flow, @item, @Session, @Address)
                        on conflict (study, wave, flow, item, session, address) do nothing
                        """,
                        new { round.Study, id = newId(), round.Wave, round.Flow, item = mirror.Id, row.Session, row.Address });
                }
            }

            return true;
        },
        cancellationToken);

    public Task<RoundState?> FindAsync(RoundOf round, CancellationToken cancellationToken) => database.LookAsync(
        async moment => await moment.FindAsync<StateRow>($"select seed as Seed, opened_by as OpenedBy, opened_at as OpenedAt from round where {RoundOf.Rows}", round) is { } row
            ? new RoundState(row.Seed, row.OpenedBy, row.OpenedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null)
            : null,
        cancellationToken);

    /// <summary>What the mirrors of a round could show now: what has been taken back is not among it.</summary>
    public Task<ImmutableArray<RoundExcerpt>> ExcerptsAsync(RoundOf round, IEnumerable<Item.Mirror> mirrors, CancellationToken cancellationToken) => database.LookAsync(
        async moment =>
        {
            var excerpts = ImmutableArray.CreateBuilder<RoundExcerpt>();
            foreach (var mirror in mirrors)
            {
                foreach (var row in await moment.ListAsync<OwnWordsRow>(
                    $"{Showable} where e.study = @Study and e.wave = @Wave and e.flow = @Flow and e.item = @item order by w.Side, e.excerpt",
                    new { round.Study, round.Wave, round.Flow, item = mirror.Id }))
                {
                    excerpts.Add(new RoundExcerpt(row.Excerpt, row.Item, row.State, await CodedSpans.WithAsync(moment, row, mirror.Rule.Codes)));
                }
            }

            return excerpts.ToImmutable();
        },
        cancellationToken);

    /// <summary>Picks an excerpt, bars it, or leaves it to chance. False where the round has no such excerpt, or is open already.</summary>
    /// <param name="state"><c>picked</c>, <c>barred</c> or empty.</param>
    public Task<bool> MarkAsync(RoundOf round, string excerpt, string state, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction => await transaction.ExecuteAsync(
            $"update excerpt set state = @state where {RoundOf.Rows} and excerpt = @excerpt and exists (select 1 from round where {RoundOf.Rows} and opened_at is null)",
            new { round.Study, round.Wave, round.Flow, excerpt, state }) == 1,
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
        RoundOf round, IReadOnlyDictionary<Item.Mirror, ImmutableSortedDictionary<string, ImmutableArray<string>>> drawn, string by, CancellationToken cancellationToken) => writer.WriteAsync(
            async transaction =>
            {
                if (await transaction.ExecuteAsync(
                    $"update round set opened_by = @by, opened_at = @at where {RoundOf.Rows} and opened_at is null", new { round.Study, round.Wave, round.Flow, by, at = Now }) != 1)
                {
                    return false;
                }

                foreach (var (mirror, readers) in drawn)
                {
                    foreach (var row in await transaction.ListAsync<OwnWordsRow>(
                        $"select excerpt as Excerpt, session as Session, address as Address from excerpt where {RoundOf.Rows} and item = @item",
                        new { round.Study, round.Wave, round.Flow, item = mirror.Id }))
                    {
                        await transaction.ExecuteAsync(
                            "update excerpt set coded = @coded where study = @Study and excerpt = @Excerpt",
                            new { round.Study, row.Excerpt, coded = await CodedSpans.OfAsync(transaction, round.Study, row.Session, row.Address, mirror.Rule.Codes) });
                    }

                    foreach (var (respondent, place, excerpt) in readers.SelectMany(its => its.Value.Select((excerpt, place) => (its.Key, place, excerpt))))
                    {
                        await transaction.ExecuteAsync(
                            "insert into mirrored (study, wave, flow, item, respondent, place, excerpt) values (@Study, @Wave, @Flow, @item, @respondent, @place, @excerpt)",
                            new { round.Study, round.Wave, round.Flow, item = mirror.Id, respondent, place, excerpt });
                    }
                }

                return true;
            },
            cancellationToken);

    /// <summary>What was drawn for somebody, by mirror.</summary>
    public Task<ImmutableSortedDictionary<string, ImmutableArray<string>>> DrawnAsync(RoundOf round, string respondent, CancellationToken cancellationToken) => database.LookAsync(
        async moment => (await moment.ListAsync<DrawnRow>(
            $"select item as Item, excerpt as Excerpt from mirrored where {RoundOf.Rows} and respondent = @respondent order by item, place",
            new { round.Study, round.Wave, round.Flow, respondent })).GroupBy(row => row.Item, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(item => item.Key, item => item.Select(row => row.Excerpt).ToImmutableArray(), StringComparer.Ordinal),
        cancellationToken);

    /// <summary>Words behind an excerpt, if they may still be shown to somebody; null where they were taken back, or are the reader's own.</summary>
    /// <param name="mirror">In which they are shown.</param>
    /// <param name="reader">The pseudonym of whoever is to see them.</param>
    public Task<ImmutableDictionary<string, OwnWordsRow>> ShownAsync(string study, MirrorRule mirror, IEnumerable<string> excerpts, string reader, CancellationToken cancellationToken) =>
        database.LookAsync(
            async moment =>
            {
                var shown = ImmutableDictionary.CreateBuilder<string, OwnWordsRow>(StringComparer.Ordinal);
                foreach (var excerpt in excerpts.Distinct(StringComparer.Ordinal))
                {
                    if (await moment.FindAsync<OwnWordsRow>(
                        $"{Showable} where e.study = @study and e.excerpt = @excerpt and e.state <> 'barred' and w.Respondent <> @reader", new { study, excerpt, reader }) is { } row)
                    {
                        shown[excerpt] = await CodedSpans.WithAsync(moment, row, mirror.Codes);
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

    /// <summary>What a mirror may show: released words of one side, with one of its codes where it names some.</summary>
    private static async Task<IEnumerable<OwnWordsRow>> FittingAsync(SqliteTransaction transaction, string study, MirrorRule rule)
    {
        var rows = await transaction.ListAsync<OwnWordsRow>(
            $"""
            {OwnWordsRow.Columns} and {OwnWordsRow.MayBeShown} and {OwnWordsRow.MayBeTold} and s.study = @study and s.wave = @Wave
               and (@Flow is null or s.flow = @Flow) and (@Item is null or a.address = @Item)
             order by a.session, a.address
            """,
            new { study, rule.Wave, rule.Flow, rule.Item });
        if (rule.Codes.IsEmpty)
            return rows;

        var fitting = new List<OwnWordsRow>();
        foreach (var session in rows.GroupBy(row => row.Session, StringComparer.Ordinal))
        {
            var coded = await StoredPerson.CodedAsync(transaction, study, session.Key);
            fitting.AddRange(session.Where(row => coded.GetValueOrDefault(row.Address, CodesGiven.NotRead).Codes.Any(code => rule.Codes.Contains(code.Code))));
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
