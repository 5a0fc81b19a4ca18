using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>
/// Counts persons from the rows. Each counts once: with the latest session of a flow, on the side that the last session tells; who is on both sides is on neither.
/// What <see cref="Tallies"/> keep is the same, and is filled, checked and mended by this.
/// </summary>
internal static class Recount
{
    /// <summary>Where a session, called <c>s</c>, was begun. Who came by the web has no other place.</summary>
    internal const string CommunityOf = "case when s.community = '' then s.platform else s.community end";

    /// <summary>The sessions that count.</summary>
    internal const string Sessions = $"""
        with counted as materialized (
            select s.study, s.session, s.respondent, s.flow, s.release, s.side, s.both_sides, s.started_at from session s
             where s.study = @Study and (@anyWave = 1 or s.wave = @wave) and s.public = @isPublic and s.attested >= @attested
               and (@community = '' or {CommunityOf} = @community)
               and (s.flow = 'import' or not exists (
                    select 1 from session later
                     where later.study = s.study and later.respondent = s.respondent and later.flow = s.flow and (@anyWave = 1 or later.wave = s.wave)
                       and (later.started_at > s.started_at or (later.started_at = s.started_at and later.session > s.session)))
        ))
        """;

    /// <summary>Of a session that counts: the side of its person, which is what the last session that tells one says.</summary>
    internal const string SideOfPerson = """
        first_value(case when both_sides = 1 then 'both' when side = '' then 'unknown' else side end) over (
            partition by respondent
            order by case when side <> '' or both_sides = 1 then 0 else 1 end, started_at desc, session desc)
        """;

    /// <summary>
    /// The sessions that count, and the side of each person. Materialized, since SQLite would else look for a person's side among all people again and again.
    /// </summary>
    internal const string People = $"""
        {Sessions}, person as materialized (
            select distinct respondent, {SideOfPerson} as side from counted
        )
        """;

    /// <summary>The answers in people's own words before any probe, to what both sides are asked.</summary>
    internal const string Unprobed = """
          from counted c
          join person p on p.respondent = c.respondent
          join answer a on a.study = c.study and a.session = c.session
         where a.on_path = 1 and a.kind = 'words' and a.address not like '%#%' and coalesce((select o.release from own_words o where o.study = a.study and o.session = a.session and o.address = a.address), c.release) <> 'none'
           and (@anyQuestion = 1 or c.flow = 'import' or c.flow || '/' || a.address in @asked)
        """;

    /// <summary>
    /// A code that a person rejected in an answer counts there no more, whichever machine suggests it, unless another person confirmed it. Where two people's
    /// codings of an answer were settled, only what was settled counts. What a language model suggests does not count by itself.
    /// </summary>
    internal const string Mentioned = $"""
        select side, respondent, code, answer, confirmed
          from (select a.side, a.respondent, m.code, a.session || '/' || a.address as answer, case when m.status in ('confirmed', 'gold') then 1 else 0 end as confirmed,
                       case when exists (select 1 from assignment no where no.study = m.study and no.session = m.session and no.address = m.address
                                            and no.code = m.code and no.status = 'rejected') then 1 else 0 end as rejected
                  from (select a.study, a.session, a.address, c.respondent, p.side {Unprobed}) a
                  join assignment m on m.study = a.study and m.session = a.session and m.address = a.address
                 where m.status in ('suggested', 'stale', 'confirmed', 'gold') and (m.coder <> 'llm' or m.status <> 'suggested')
                   and (m.coder = 'gold' or not exists (select 1 from reading settled where settled.study = m.study and settled.session = m.session
                                                           and settled.address = m.address and settled.coder = 'gold'))) mentioned
         where confirmed = 1 or (@confirmedOnly = 0 and rejected = 0)
        """;

    internal const string Read = "exists (select 1 from reading r where r.study = a.study and r.session = a.session and r.address = a.address)";

    /// <summary>Counts everything at one moment, so that the figures of a report belong together.</summary>
    public static async Task<Tally> TallyAsync(SqliteTransaction moment, Stratum stratum, IReadOnlyList<TensionHalves> tensions, CodeCounting codes)
    {
        var who = Parameters(stratum, codes);
        var (within, across) = (tensions.Where(tension => tension.A.Flow == tension.B.Flow), tensions.Where(tension => tension.A.Flow != tension.B.Flow));
        var answers = await AnswerCount.OfAsync(moment, stratum, within, who);
        var held = answers.Held.Concat(await HeldAsync(moment, stratum, across)).ToLookup(held => held.Tension, StringComparer.Ordinal);
        return new Tally(
            answers.Values,
            answers.Differences,
            [.. tensions.SelectMany(tension => held[tension.Tension])],
            answers.HasWords ? await MentionsAsync(moment, who) : [],
            answers.HasWords ? await CodableAsync(moment, who) : [],
            answers.HasWords ? (await UnreadAsync(moment, who)).Sum(unread => unread.Answers) : 0);
    }

    /// <summary>All cells that a study's tallies should have.</summary>
    public static async Task<Dictionary<TallyCell, long>> CellsAsync(SqliteTransaction moment, string study, TallyRules rules)
    {
        var cells = new Dictionary<TallyCell, long>();
        var codes = new CodeCounting(rules.AskedOfBoth is { } asked ? [.. asked] : null, ConfirmedOnly: false);
        foreach (var wave in await moment.ListAsync<string>("select distinct wave from session where study = @study", new { study }))
        {
            foreach (var came in await CoverageStore.CountedAsync(moment, study, wave, community: null))
            {
                var cell = new TallyCell(wave, came.Public, Attested: false, came.Side, TallyCell.Came, came.Platform, came.Source);
                Add(cell with { Kind = TallyCell.Started }, came.Started);
                Add(cell with { Kind = TallyCell.Core }, came.Core);
                Add(cell with { Kind = TallyCell.Finished }, came.Finished);
            }

            foreach (var there in await moment.ListAsync<StratumRow>(
                "select public, max(attested) as attested from session where study = @study and wave = @wave group by public", new { study, wave }))
            {
                for (var attested = 0; attested <= there.Attested; attested++)
                {
                    var stratum = new Stratum(study, wave, there.Public != 0, attested != 0);
                    foreach (var (cell, count) in (await TallyAsync(moment, stratum, rules.Tensions, codes)).Cells(stratum))
                        Add(cell, count);
                    foreach (var unread in await UnreadAsync(moment, Parameters(stratum, codes)))
                        Add(new TallyCell(wave, stratum.Public, stratum.AttestedOnly, unread.Side, TallyCell.Unread, Kind: TallyCell.Answers), unread.Answers);
                }
            }
        }

        return cells;

        void Add(TallyCell cell, long count)
        {
            if (count != 0)
                cells.Add(cell, count);
        }
    }

    /// <summary>What the queries here ask by.</summary>
    /// <param name="machines">The coders that are programs, for the queries that tell them from people.</param>
    internal static object Parameters(Stratum stratum, CodeCounting codes, IReadOnlyList<string>? machines = null) => new
    {
        machines = machines ?? [],
        stratum.Study,
        anyWave = stratum.Wave is null ? 1 : 0,
        wave = stratum.Wave ?? "",
        isPublic = stratum.Public ? 1 : 0,
        attested = stratum.AttestedOnly ? 1 : 0,
        community = stratum.Community ?? "",
        anyQuestion = codes.AskedOfBoth is null ? 1 : 0,
        asked = codes.AskedOfBoth?.Select(question => $"{question.Flow}/{question.Address}").ToArray() ?? [],
        confirmedOnly = codes.ConfirmedOnly ? 1 : 0,
    };

    private static async Task<ImmutableArray<HeldCount>> HeldAsync(SqliteTransaction moment, Stratum stratum, IEnumerable<TensionHalves> tensions)
    {
        var held = ImmutableArray.CreateBuilder<HeldCount>();
        foreach (var tension in tensions)
        {
            held.AddRange(await moment.ListAsync<HeldCount>(
                $"""
                {People}
                select @Tension as tension, side, holds_a as HoldsA, holds_b as HoldsB, count(*) as persons
                  from (select p.side, case when a.number >= @aFrom then 1 else 0 end as holds_a, case when b.number >= @bFrom then 1 else 0 end as holds_b
                          from person p
                          join counted ca on ca.respondent = p.respondent and ca.flow = @aFlow
                          join answer a on a.study = ca.study and a.session = ca.session and a.address = @aAddress and a.on_path = 1 and a.kind = 'point'
                          join counted cb on cb.respondent = p.respondent and cb.flow = @bFlow
                          join answer b on b.study = cb.study and b.session = cb.session and b.address = @bAddress and b.on_path = 1 and b.kind = 'point') halves
                 group by side, holds_a, holds_b
                 order by side, holds_a, holds_b
                """,
                new
                {
                    stratum.Study,
                    anyWave = stratum.Wave is null ? 1 : 0,
                    wave = stratum.Wave ?? "",
                    isPublic = stratum.Public ? 1 : 0,
                    attested = stratum.AttestedOnly ? 1 : 0,
                    community = stratum.Community ?? "",
                    tension.Tension,
                    aFlow = tension.A.Flow,
                    aAddress = tension.A.Address,
                    aFrom = tension.A.AgreeFrom,
                    bFlow = tension.B.Flow,
                    bAddress = tension.B.Address,
                    bFrom = tension.B.AgreeFrom,
                }));
        }

        return held.ToImmutable();
    }

    private static async Task<ImmutableArray<MentionCount>> MentionsAsync(SqliteTransaction moment, object who) => [.. await moment.ListAsync<MentionCount>(
        $"""
        {People}
        select side, code, count(distinct respondent) as persons, count(distinct case when confirmed = 1 then respondent end) as confirmed, count(distinct answer) as answers,
               count(distinct case when confirmed = 1 then answer end) as ConfirmedAnswers
          from ({Mentioned}) coded
         group by side, code
         order by side, code
        """,
        who)];

    private static async Task<ImmutableArray<CodableCount>> CodableAsync(SqliteTransaction moment, object who) => [.. await moment.ListAsync<CodableCount>(
        $"{People} select p.side, count(distinct c.respondent) as persons, count(*) as answers {Unprobed} and {Read} group by p.side order by p.side", who)];

    private static Task<List<CodableCount>> UnreadAsync(SqliteTransaction moment, object who) =>
        moment.ListAsync<CodableCount>($"{People} select p.side, count(*) as answers {Unprobed} and not {Read} group by p.side order by p.side", who);

    private sealed record StratumRow
    {
        public int Public { get; init; }

        public int Attested { get; init; }
    }
}
