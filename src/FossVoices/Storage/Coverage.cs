using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Persons who came the same way: by side, platform, source and whether they published their words.</summary>
internal sealed record CoverageCount
{
    /// <summary>See <see cref="Sides"/>.</summary>
    public string Side { get; init; } = "";

    public string Platform { get; init; } = "";

    public string Source { get; init; } = "";

    public bool Public { get; init; }

    /// <summary>Persons who agreed to take part.</summary>
    public long Started { get; init; }

    /// <summary>Persons who completed the core of at least one flow.</summary>
    public long Core { get; init; }

    /// <summary>Persons who finished at least one flow.</summary>
    public long Finished { get; init; }

    /// <summary>Persons who left and took everything with them; they are in no other figure.</summary>
    public long Withdrawn { get; init; }
}

/// <summary>The question at which unfinished sessions stand.</summary>
internal sealed record StopCount
{
    public string Flow { get; init; } = "";

    public string Address { get; init; } = "";

    public long Persons { get; init; }
}

/// <summary>Who was reached, and how far they came. How many were invited nobody knows.</summary>
/// <param name="Answers">Answers on the path, without those skipped.</param>
internal sealed record Coverage(ImmutableArray<CoverageCount> Groups, long Sessions, long Answers, ImmutableArray<StopCount> Stops)
{
    public long Started => Groups.Sum(group => group.Started);

    public long Core => Groups.Sum(group => group.Core);

    public long Finished => Groups.Sum(group => group.Finished);

    public long Withdrawn => Groups.Sum(group => group.Withdrawn);

    /// <summary>Persons who started, on a side.</summary>
    public long On(string side) => Groups.Where(group => group.Side == side).Sum(group => group.Started);
}

/// <summary>Counts how far people came.</summary>
internal sealed class CoverageStore(Database database)
{
    /// <summary>Codes that were made to be handed out, each to one person, by side.</summary>
    public Task<Gaps.BySide<long>> InvitedAsync(string study, string wave, CancellationToken cancellationToken) => database.LookAsync(
        async moment => new Gaps.BySide<long>(
            await moment.FindAsync<long>(Codes, new { study, wave, side = Sides.Downstream }), await moment.FindAsync<long>(Codes, new { study, wave, side = Sides.Upstream })),
        cancellationToken);

    private const string Codes = "select count(*) from one_time_code where study = @study and wave = @wave and side = @side";

    /// <param name="wave">Empty in a study without waves; null for all waves together.</param>
    public Task<Coverage> CountAsync(string study, string? wave, CancellationToken cancellationToken) => CountAsync(study, wave, community: null, cancellationToken);

    /// <param name="wave">As above.</param>
    /// <param name="community">Only who began there, by its key; null for all.</param>
    public Task<Coverage> CountAsync(string study, string? wave, string? community, CancellationToken cancellationToken)
    {
        var which = new { study, anyWave = wave is null ? 1 : 0, wave = wave ?? "", community = community ?? "" };
        return database.LookAsync(
            async moment => new Coverage(
                wave is null || community is not null ? await CountedAsync(moment, study, wave, community) : await KeptAsync(moment, study, wave),
                await moment.FindAsync<long>($"select count(*) from session s where study = @study and (@anyWave = 1 or wave = @wave) and {There}", which),
                await moment.FindAsync<long>(
                    $"""
                    select count(*) from answer a join session s on s.study = a.study and s.session = a.session
                     where s.study = @study and (@anyWave = 1 or s.wave = @wave) and {There} and a.on_path = 1 and a.kind <> 'skipped'
                    """,
                    which),
                [.. await moment.ListAsync<StopCount>(
                    $"""
                    select flow, standing as address, count(distinct respondent) as persons from session s
                     where study = @study and (@anyWave = 1 or wave = @wave) and {There} and finished_at is null
                     group by flow, standing
                     order by persons desc, flow, standing
                    """,
                    which)]),
            cancellationToken);
    }

    /// <summary>Only who was reached: from the tallies, or counted where only who began in one place is asked for.</summary>
    public Task<ImmutableArray<CoverageCount>> ReachedAsync(string study, string wave, string? community, CancellationToken cancellationToken) =>
        database.LookAsync(moment => community is null ? KeptAsync(moment, study, wave) : CountedAsync(moment, study, wave, community), cancellationToken);

    /// <summary>Counts the rows: each person once, as in <see cref="Recount"/>, by the last session that tells a side.</summary>
    internal static async Task<ImmutableArray<CoverageCount>> CountedAsync(SqliteTransaction moment, string study, string? wave, string? community) =>
        [.. await moment.ListAsync<CoverageCount>(Counted, new { study, anyWave = wave is null ? 1 : 0, wave = wave ?? "", community = community ?? "" })];

    private const string There = $"(@community = '' or {Recount.CommunityOf} = @community)";

    private static async Task<ImmutableArray<CoverageCount>> KeptAsync(SqliteTransaction moment, string study, string wave) =>
        [.. await moment.ListAsync<CoverageCount>(Kept, new { study, wave })];

    private const string Kept = """
        select side, platform, source, public, sum(started) as started, sum(core) as core, sum(finished) as finished, sum(withdrawn) as withdrawn
          from (select side, area as platform, name as source, public, case when kind = 'started' then counted else 0 end as started,
                       case when kind = 'core' then counted else 0 end as core, case when kind = 'finished' then counted else 0 end as finished, 0 as withdrawn
                  from tally where study = @study and wave = @wave and about = 'came'
                union all
                select side, platform, source, 0, 0, 0, 0, persons from withdrawn where study = @study and wave = @wave) people
         group by side, platform, source, public
         order by side, platform, source, public
        """;

    private const string Counted = $"""
        select side, platform, source, public, sum(started) as started, sum(core) as core, sum(finished) as finished, sum(withdrawn) as withdrawn
          from (select case when both_sides = 1 then 'both' when side = '' then 'unknown' else side end as side, platform, source, public,
                       1 as started, core, finished, 0 as withdrawn
                  from (select s.*,
                               max(case when core_at is not null then 1 else 0 end) over (partition by respondent) as core,
                               max(case when finished_at is not null then 1 else 0 end) over (partition by respondent) as finished,
                               row_number() over (
                                   partition by respondent
                                   order by case when side <> '' or both_sides = 1 then 0 else 1 end, started_at desc, session desc) as place
                          from session s where study = @study and (@anyWave = 1 or wave = @wave) and {There}) ranked
                 where place = 1
                union all
                select side, platform, source, 0, 0, 0, 0, persons from withdrawn s where study = @study and (@anyWave = 1 or wave = @wave) and {There}) people
         group by side, platform, source, public
         order by side, platform, source, public
        """;
}
