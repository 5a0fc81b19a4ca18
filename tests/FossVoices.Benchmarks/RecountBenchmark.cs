using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dapper;
using FossVoices.Storage;

namespace FossVoices.Benchmarks;

/// <summary>CPU of counting a study anew from its rows, as <c>doctor</c> does, beside Python's sqlite3 reading the same rows from the same file.</summary>
internal static class RecountBenchmark
{
    private const string Study = "crowd";

    /// <summary>Six questions with two answers each, the own view and the guess: 12 answers a person.</summary>
    private const string People = """
        insert into respondent (study, respondent) with recursive n(i) as (select 1 union all select i + 1 from n where i < @persons) select @Study, 'p' || i from n;
        insert into session (study, session, respondent, flow, wave, flow_hash, consent_hash, receipt, platform, source, public, attested, quotes, seed, draws, side, started_at)
          with recursive n(i) as (select 1 union all select i + 1 from n where i < @persons)
          select @Study, 's' || i, 'p' || i, 'survey', '', 'f', 'c', 'r' || i, 'web', '', 0, 0, 'no', 0, '', case i % 5 when 0 then 'upstream' else 'downstream' end, i from n;
        insert into answer (study, session, address, kind, number, on_path, at)
          with q(place, address) as (values (1, 'q1.own'), (2, 'q1.other'), (3, 'q2.own'), (4, 'q2.other'), (5, 'q3.own'), (6, 'q3.other'),
                                            (7, 'q4.own'), (8, 'q4.other'), (9, 'q5.own'), (10, 'q5.other'), (11, 'q6.own'), (12, 'q6.other'))
          select s.study, s.session, q.address, 'point', 1 + (s.started_at * 2654435761 / 4096 + s.started_at * q.place) % 5, 1, s.started_at from session s cross join q where s.study = @Study;
        """;

    /// <summary>Counts how many of each side chose each point, and how far each person's own view is from the guess; prints the figures and its CPU.</summary>
    private const string Peer = """
        import json, sqlite3, sys, time
        asked = json.load(sys.stdin)
        began = time.process_time()
        rows = sqlite3.connect(asked["file"])
        sides = dict(rows.execute("select session, side from session where study = ? and public = 0", (asked["study"],)))
        values, differences, views = {}, {}, {}
        person = None
        def told():
            for item, view in views.items():
                if len(view) == 2:
                    key = (side, item, view["own"] - view["other"])
                    differences[key] = differences.get(key, 0) + 1
        for session, address, number in rows.execute("select session, address, number from answer where study = ? and on_path = 1 and kind = 'point'", (asked["study"],)):
            if session != person:
                if person is not None:
                    told()
                person, side, views = session, sides[session], {}
            key = (side, address, number)
            values[key] = values.get(key, 0) + 1
            item, view = address.split(".")
            views.setdefault(item, {})[view] = number
        told()
        figures = [[*key, persons] for key, persons in values.items()], [[*key, persons] for key, persons in differences.items()]
        print(json.dumps({"cpu": time.process_time() - began, "values": sorted(figures[0]), "differences": sorted(figures[1])}))
        """;

    public static async Task<int> RunAsync(int persons)
    {
        var folder = Directory.CreateTempSubdirectory("fossvoices-recount-").FullName;
        try
        {
            await using var database = await Database.OpenAsync(folder, CancellationToken.None);
            await FillAsync(database, persons);

            var (tally, ours) = await CountAsync(database);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{persons:n0} people, {12 * persons:n0} answers: counted anew in {ours:0.00} s of CPU"));
            if (await Benchmarks.Peer.RunAsync("sqlite3", "python3", Peer, new { file = database.File, study = Study }) is not { } theirs)
                return 0;

            var cpu = theirs.GetProperty("cpu").GetDouble();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Python's sqlite3, the same rows and figures: {cpu:0.00} s of CPU, {cpu / ours:0.0} times ours"));
            var same = tally.Values.Select(v => $"{v.Side} {v.Address} {v.Number:0} {v.Persons}").Order(StringComparer.Ordinal)
                    .SequenceEqual(Lines(theirs, "values"), StringComparer.Ordinal)
                && tally.Differences.Select(d => $"{d.Side} {d.Item} {d.Difference:0} {d.Persons}").Order(StringComparer.Ordinal)
                    .SequenceEqual(Lines(theirs, "differences"), StringComparer.Ordinal);
            Console.WriteLine(same ? "Both come to the same figures." : "The figures differ.");
            return same ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(Database database, int persons)
    {
        await using var connection = await database.OpenForWritingAsync(CancellationToken.None);
        await using var transaction = connection.BeginTransaction();
        await connection.ExecuteAsync(new CommandDefinition(People, new { Study, persons }, transaction, commandTimeout: 3600));
        await transaction.CommitAsync();
        await SqliteFile.EmptyLogAsync(database.File, CancellationToken.None);
    }

    private static async Task<(Tally Tally, double Cpu)> CountAsync(Database database)
    {
        await using var connection = await database.ReadAsync(CancellationToken.None);
        connection.DefaultTimeout = 3600;
        await using var moment = connection.BeginTransaction(deferred: true);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var tally = await Recount.TallyAsync(moment, new Stratum(Study, ""), [], new CodeCounting(null, ConfirmedOnly: false));
        process.Refresh();
        return (tally, (process.TotalProcessorTime - before).TotalSeconds);
    }

    private static IEnumerable<string> Lines(JsonElement theirs, string name) => theirs.GetProperty(name).EnumerateArray()
        .Select(row => $"{row[0].GetString()} {row[1].GetString()} {row[2].GetDouble():0} {row[3].GetInt64()}").Order(StringComparer.Ordinal);
}
