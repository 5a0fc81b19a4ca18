using System.Collections.Immutable;
using FossVoices.Reports;

namespace FossVoices.Storage;

/// <summary>What was released beyond counting, for a report in words; and what became of its themes. Nothing else is read.</summary>
internal sealed class ReleasedStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>Everything that was released beyond counting, with the codes that count in it.</summary>
    /// <param name="wave">Of one wave; null for all.</param>
    public Task<ImmutableArray<(OwnWordsRow Row, ImmutableArray<string> Codes)>> AllAsync(string study, string? wave, CancellationToken cancellationToken) =>
        database.LookAsync<ImmutableArray<(OwnWordsRow, ImmutableArray<string>)>>(
            async moment =>
            {
                var all = ImmutableArray.CreateBuilder<(OwnWordsRow, ImmutableArray<string>)>();
                var coded = new Dictionary<string, IReadOnlyDictionary<string, CodesGiven>>(StringComparer.Ordinal);
                foreach (var row in await moment.ListAsync<OwnWordsRow>(
                    $"""
                    {OwnWordsRow.Columns} and {OwnWordsRow.MayBeTold} and s.study = @study and (@wave is null or s.wave = @wave)
                     order by a.session, a.address
                    """,
                    new { study, wave }))
                {
                    if (!coded.TryGetValue(row.Session, out var its))
                        coded[row.Session] = its = await StoredPerson.CodedAsync(moment, study, row.Session);
                    all.Add((await CodedSpans.WithAsync(moment, row, only: []), its.TryGetValue(row.Address, out var codes) ? [.. codes.Codes.Select(code => code.Code)] : []));
                }

                return all.ToImmutable();
            },
            cancellationToken);

    /// <summary>Of people of one side who answered a question twice: the point then, and the point now.</summary>
    /// <param name="then">Where the first answer lies.</param>
    /// <param name="now">Where the second lies.</param>
    public Task<ImmutableArray<(string Side, double Then, double Now)>> TwiceAsync(
        string study, (string Flow, string Address) then, (string Flow, string Address) now, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<(string, double, double)>>(
        async moment => [.. (await moment.ListAsync<TwiceRow>(
            """
            select n.side as Side, a.number as First, b.number as Second
              from session n
              join answer b on b.study = n.study and b.session = n.session and b.address = @address and b.on_path = 1 and b.kind = 'point'
              join respondent r on r.study = n.study and r.respondent = n.respondent
              join session s on s.study = n.study and s.flow = @thenFlow and s.session <> n.session and s.respondent = n.respondent and s.started_at <= n.started_at and s.both_sides = 0
              join answer a on a.study = s.study and a.session = s.session and a.address = @thenAddress and a.on_path = 1 and a.kind = 'point'
             where n.study = @study and n.flow = @flow
               and not exists (select 1 from session later where later.study = n.study and later.flow = @thenFlow and later.respondent = n.respondent
                                  and later.session <> n.session and later.started_at <= n.started_at and later.started_at > s.started_at)
            """,
            new { study, flow = now.Flow, address = now.Address, thenFlow = then.Flow, thenAddress = then.Address })).Select(row => (row.Side, row.First, row.Second))],
        cancellationToken);

    /// <summary>What organisers say became of a theme, in place of what they said before.</summary>
    public Task SayAsync(string study, ThemeAction action, string by, CancellationToken cancellationToken) => writer.WriteAsync(
        transaction => transaction.ExecuteAsync(
            """
            insert into theme_action (study, theme, heard, decided, done, said_by, at) values (@study, @Theme, @Heard, @Decided, @Done, @by, @at)
            on conflict (study, theme) do update set heard = excluded.heard, decided = excluded.decided, done = excluded.done, said_by = excluded.said_by, at = excluded.at
            """,
            new { study, action.Theme, action.Heard, action.Decided, action.Done, by, at = time.GetUtcNow().ToUnixTimeMilliseconds() }),
        cancellationToken);

    /// <summary>What became of themes, what was said last first.</summary>
    public static Task<ImmutableArray<ThemeAction>> ActionsAsync(Database database, string study, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<ThemeAction>>(
        async moment => [.. (await moment.ListAsync<ActionRow>(
            "select theme as Theme, heard as Heard, decided as Decided, done as Done from theme_action where study = @study order by at desc, theme", new { study }))
            .Select(row => new ThemeAction(row.Theme, row.Heard, row.Decided, row.Done))],
        cancellationToken);

    public Task<ImmutableArray<ThemeAction>> ActionsAsync(string study, CancellationToken cancellationToken) => ActionsAsync(database, study, cancellationToken);

    private sealed record TwiceRow
    {
        public string Side { get; init; } = "";

        public double First { get; init; }

        public double Second { get; init; }
    }

    private sealed record ActionRow
    {
        public string Theme { get; init; } = "";

        public string Heard { get; init; } = "";

        public string Decided { get; init; } = "";

        public string Done { get; init; } = "";
    }
}
