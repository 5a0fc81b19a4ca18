using FossVoices.Sessions;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Reads what is stored of one person, as far as it is counted.</summary>
internal static class StoredPerson
{
    private const string Columns = """
        s.session, s.flow, s.wave, s.platform, s.source, s.public, s.attested, s.release, s.side, s.both_sides as BothSides, s.started_at as StartedAt,
        case when s.core_at is null then 0 else 1 end as Core, case when s.finished_at is null then 0 else 1 end as Finished
        """;

    /// <summary>All sessions of the person, with everything that was coded.</summary>
    public static async Task<IReadOnlyList<StoredSession>> LoadAsync(SqliteTransaction transaction, string study, string respondent) => await WithAnswersAsync(
        transaction, study, await transaction.ListAsync<Row>($"select {Columns} from session s where s.study = @study and s.respondent = @respondent", new { study, respondent }));

    /// <summary>
    /// What the study counts by, and the person's other sessions of the wave. One statement, since every turn asks; the wave is told apart here, lest the database
    /// look for the person among everybody of the wave.
    /// </summary>
    /// <returns>Null rules where the study has none yet.</returns>
    public static async Task<(TallyRules? Rules, IReadOnlyList<StoredSession> Others)> BesideAsync(SqliteTransaction transaction, Session session)
    {
        var rows = await transaction.ListAsync<Row>(
            $"""
            select r.rules, {Columns}
              from tally_rules r
              left join session s on s.study = r.study and s.respondent = @Respondent and s.session <> @Id
             where r.study = @Study
            """,
            new { session.Study, session.Respondent, session.Id });
        return rows is [var first, ..]
            ? (TallyRules.Read(first.Rules), await WithAnswersAsync(transaction, session.Study, rows.FindAll(row => row.Session is not null && row.Wave == session.Wave)))
            : (null, []);
    }

    /// <summary>What was coded in the answers of a session, by address.</summary>
    public static async Task<IReadOnlyDictionary<string, CodesGiven>> CodedAsync(SqliteTransaction transaction, string study, string session)
    {
        var readers = (await transaction.ListAsync<CodeRow>("select address, coder from reading where study = @study and session = @session", new { study, session }))
            .ToLookup(row => row.Address, row => row.Coder, StringComparer.Ordinal);
        var assigned = (await transaction.ListAsync<CodeRow>("select address, code, status, coder from assignment where study = @study and session = @session", new { study, session }))
            .ToLookup(row => row.Address, row => (row.Code, row.Status, row.Coder), StringComparer.Ordinal);
        var withheld = await transaction.ListAsync<string>(
            "select address from answer_release where study = @study and session = @session and release = 'none'", new { study, session });
        var coded = readers.Select(answer => answer.Key).Union(assigned.Select(answer => answer.Key), StringComparer.Ordinal).ToDictionary(
            address => address, address => CodesGiven.Of([.. readers[address]], assigned[address]), StringComparer.Ordinal);
        foreach (var address in withheld)
            coded[address] = CodesGiven.Nothing;
        return coded;
    }

    private static async Task<IReadOnlyList<StoredSession>> WithAnswersAsync(SqliteTransaction transaction, string study, List<Row> rows)
    {
        var sessions = new List<StoredSession>(rows.Count);
        foreach (var row in rows)
        {
            var session = row.Session!;
            var coded = await CodedAsync(transaction, study, session);
            var answers = await transaction.ListAsync<AnswerRow>(
                "select address, kind, value, number, on_path as OnPath from answer where study = @study and session = @session", new { study, session });
            sessions.Add(new StoredSession(
                session, row.Flow, row.Wave, new Origin(row.Platform, row.Source, row.Public != 0, row.Attested != 0), row.Release, row.Side, row.BothSides != 0,
                row.StartedAt, row.Core != 0, row.Finished != 0,
                answers.ToDictionary(
                    answer => answer.Address,
                    answer => new StoredAnswer(answer.Kind, answer.Number is null ? answer.Value : TallyCell.Text(answer.Number), answer.Number, answer.OnPath != 0)
                    {
                        Coded = coded.GetValueOrDefault(answer.Address, CodesGiven.NotRead),
                    },
                    StringComparer.Ordinal)));
        }

        return sessions;
    }

    private sealed record CodeRow
    {
        public string Address { get; init; } = "";

        public string Code { get; init; } = "";

        public string Status { get; init; } = "";

        public string Coder { get; init; } = "";
    }

    private sealed record Row
    {
        public string Rules { get; init; } = "";

        public string? Session { get; init; }

        public string Flow { get; init; } = "";

        public string Wave { get; init; } = "";

        public string Platform { get; init; } = "";

        public string Source { get; init; } = "";

        public int Public { get; init; }

        public int Attested { get; init; }

        public string Release { get; init; } = "";

        public string Side { get; init; } = "";

        public int BothSides { get; init; }

        public long StartedAt { get; init; }

        public int Core { get; init; }

        public int Finished { get; init; }
    }
}
