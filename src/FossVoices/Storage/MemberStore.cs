using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>One answer with a scale point or an option, and whose it is.</summary>
internal sealed record SaidRow
{
    public string Respondent { get; init; } = "";

    public string Side { get; init; } = "";

    public string Flow { get; init; } = "";

    public string Address { get; init; } = "";

    /// <summary>The point of a scale, or the option.</summary>
    public string Said { get; init; } = "";
}

/// <summary>A code that somebody mentioned before any probe; an empty one for whoever has been read at all.</summary>
internal sealed record MentionedRow
{
    public string Respondent { get; init; } = "";

    public string Side { get; init; } = "";

    public string Code { get; init; } = "";
}

/// <summary>The persons behind the counts of <see cref="Recount"/>, by the same rules.</summary>
internal sealed record Members(ImmutableArray<SaidRow> Said, ImmutableArray<MentionedRow> Mentioned);

/// <summary>Reads the persons behind a report's counts, so that it can be seen how many of them differ from the last report's.</summary>
internal sealed class MemberStore(Database database)
{
    public Task<Members> ReadAsync(Stratum stratum, CodeCounting codes, CancellationToken cancellationToken)
    {
        var who = Recount.Parameters(stratum, codes);
        return database.LookAsync(async moment => new Members(await SaidAsync(moment, who), await MentionedAsync(moment, who)), cancellationToken);
    }

    private static async Task<ImmutableArray<SaidRow>> SaidAsync(SqliteTransaction moment, object who) => [.. await moment.ListAsync<SaidRow>(
        $"""
        {Recount.People}
        select c.respondent, p.side, c.flow, a.address, case when a.kind = 'point' then cast(a.number as text) else a.value end as said
          from counted c
          join person p on p.respondent = c.respondent
          join answer a on a.study = c.study and a.session = c.session
         where a.on_path = 1 and c.flow <> 'import' and a.kind in ('point', 'option') and p.side in ('upstream', 'downstream')
         order by c.respondent, c.flow, a.address
        """,
        who)];

    private static async Task<ImmutableArray<MentionedRow>> MentionedAsync(SqliteTransaction moment, object who) => [.. await moment.ListAsync<MentionedRow>(
        $"""
        {Recount.People}
        select distinct c.respondent, p.side, '' as code {Recount.Unprobed} and {Recount.Read}
        union
        select distinct respondent, side, code from ({Recount.Mentioned}) coded
        order by respondent, code
        """,
        who)];
}
