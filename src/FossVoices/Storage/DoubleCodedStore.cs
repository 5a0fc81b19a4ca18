using System.Collections.Immutable;

namespace FossVoices.Storage;

/// <summary>What was made of one answer that a machine and people have read: a code and who gave it; an empty code for the reading itself.</summary>
internal sealed record DoubleCodedRow
{
    public string Respondent { get; init; } = "";

    public string Side { get; init; } = "";

    public string Answer { get; init; } = "";

    public string Code { get; init; } = "";

    /// <summary>1 where a machine gave it, whatever became of that.</summary>
    public long Machine { get; init; }

    /// <summary>1 where a person gave or confirmed it.</summary>
    public long People { get; init; }

    /// <summary>1 where a person read the whole answer, and did not merely decide about what a machine had suggested.</summary>
    public long Whole { get; init; }
}

/// <summary>Reads the answers that tell how well machines code: those that people have looked at as well.</summary>
internal sealed class DoubleCodedStore(Database database)
{
    /// <param name="machines">The names of the coders that are programs.</param>
    public Task<ImmutableArray<DoubleCodedRow>> ReadAsync(
        Stratum stratum, CodeCounting codes, IReadOnlyList<string> machines, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<DoubleCodedRow>>(
        async moment => [.. await moment.ListAsync<DoubleCodedRow>(
            $"""
            {Recount.People}, sampled as (
                select * from (
                    select c.respondent, p.side, a.study, a.session, a.address,
                           exists (select 1 from reading r where r.study = a.study and r.session = a.session and r.address = a.address and r.coder not in @machines) as whole
                    {Recount.Unprobed}
                       and exists (select 1 from reading r where r.study = a.study and r.session = a.session and r.address = a.address and r.coder in @machines)) read_by_machine
                 where whole = 1 or exists (select 1 from assignment m where m.study = read_by_machine.study and m.session = read_by_machine.session
                                               and m.address = read_by_machine.address and m.status in ('confirmed', 'rejected', 'gold'))
            )
            select respondent, side, session || '/' || address as answer, '' as code, 0 as machine, 0 as people, whole from sampled
            union all
            select s.respondent, s.side, s.session || '/' || s.address, m.code, max(m.coder in @machines),
                   max(case when m.status in ('confirmed', 'gold') or (m.coder not in @machines and m.status <> 'rejected') then 1 else 0 end), s.whole
              from sampled s
              join assignment m on m.study = s.study and m.session = s.session and m.address = s.address
             where m.status <> 'superseded'
             group by s.respondent, s.side, s.session, s.address, m.code, s.whole
             order by respondent, answer, code
            """,
            Recount.Parameters(stratum, codes, machines))],
        cancellationToken);
}
