using System.Collections.Immutable;
using FossVoices.Exchange;
using FossVoices.Flows;
using FossVoices.Sessions;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>A session with everything that was coded in it, as it lies in the store.</summary>
/// <param name="Name">Of a narrator who published the words under it; else null.</param>
/// <param name="Release">What the narrators of a transcript allow; empty for everybody else.</param>
internal sealed record SessionToExport(
    Session Session, string? Name, string Side, bool BothSides, string Release, ImmutableDictionary<string, string> Questions, ImmutableHashSet<string> LeftBehind,
    ImmutableArray<ExportedCoding> Codings, ImmutableArray<ExportedReading> Readings)
{
    /// <summary>What authors said of answers of theirs, by address; what they released for nothing is not here at all.</summary>
    public ImmutableDictionary<string, Release> Released { get; init; } = ImmutableDictionary<string, Release>.Empty;

    public ImmutableArray<ExportedMemo> Memos { get; init; } = [];
}

/// <summary>Reads a study whole, for an export. What its narrators released for nothing is never read.</summary>
internal sealed class ExportStore(Database database)
{
    /// <summary>The ids of the sessions that may leave.</summary>
    public Task<List<string>> SessionsAsync(string study, CancellationToken cancellationToken) => database.LookAsync(
        moment => moment.ListAsync<string>("""
        select session from session s
         where s.study = @study and (s.release <> 'none' or exists (select 1 from own_words o where o.study = s.study and o.session = s.session and o.release <> 'none'))
         order by session
        """, new { study }), cancellationToken);

    /// <summary>Sessions by id; one that was withdrawn meanwhile is left out.</summary>
    /// <param name="versionOf">How a codebook is named by its number.</param>
    public Task<List<SessionToExport>> LoadAsync(string study, IReadOnlyList<string> sessions, Func<int, string> versionOf, CancellationToken cancellationToken) => database.LookAsync(
        async moment =>
        {
            var loaded = new List<SessionToExport>(sessions.Count);
            foreach (var session in sessions)
            {
                if (await LoadAsync(moment, study, session, versionOf) is { } stored)
                    loaded.Add(stored);
            }

            return loaded;
        },
        cancellationToken);

    private async Task<SessionToExport?> LoadAsync(SqliteTransaction moment, string study, string id, Func<int, string> versionOf)
    {
        if (await SessionRow.FindAsync(moment, study, id) is not { } row)
            return null;
        var (session, offPath) = await row.LoadAsync(moment, database.Vault);
        var more = await moment.FindAsync<MoreRow>(
            """
            select s.both_sides as BothSides, s.release, r.name from session s
              join respondent r on r.study = s.study and r.respondent = s.respondent
             where s.study = @study and s.session = @id
            """,
            new { study, id });
        var asked = await moment.ListAsync<QuestionRow>("select address, question from answer where study = @study and session = @id and question is not null", new { study, id });
        var memos = await moment.ListAsync<MemoRow>("select address, coder, words from memo where study = @study and session = @id order by address, coder", new { study, id });
        var key = asked.Count + memos.Count > 0 ? database.Vault.Find(study, id) : null;
        var codings = await moment.ListAsync<CodingRow>(
            """
            select m.address, m.code, m.span_start as SpanStart, m.span_length as SpanLength, m.coder, m.coder_version as CoderVersion, m.codebook, m.confidence, m.polarity,
                   m.evidence, m.status, m.decided_by as DecidedBy
              from assignment m where m.study = @study and m.session = @id order by m.address, m.coder, m.place
            """,
            new { study, id });
        var readings = await moment.ListAsync<ReadingRow>(
            "select address, coder, coder_version as CoderVersion, codebook from reading where study = @study and session = @id order by address, coder", new { study, id });
        var released = (await moment.ListAsync<ReleasedRow>(
            """
            select r.address, r.release from answer_release r
             where r.study = @study and r.session = @id
               and (r.release = 'none' or exists (select 1 from own_words o where o.study = r.study and o.session = r.session and o.address = r.address))
            """,
            new { study, id })).ToImmutableDictionary(row => row.Address, row => Releases.TryRead(row.Release) ?? Releases.Default);
        var withheld = released.Where(its => its.Value == Release.None).Select(its => its.Key).ToImmutableHashSet(StringComparer.Ordinal);
        session = session with { Progress = session.Progress with { Answers = session.Progress.Answers.RemoveRange(withheld), Heard = session.Progress.Heard.RemoveRange(withheld) } };
        return new SessionToExport(
            session, more!.Name, row.Side, more.BothSides != 0, more.Release,
            asked.Where(question => !withheld.Contains(question.Address)).ToImmutableDictionary(question => question.Address, question => Words.FromBytes(key, Words.QuestionOf(question.Address), question.Question)),
            offPath,
            [.. codings.Where(coding => !withheld.Contains(coding.Address)).Select(coding => coding.ToCoding(versionOf))],
            [.. readings.Where(reading => !withheld.Contains(reading.Address)).Select(reading => new ExportedReading(reading.Address, reading.Coder, reading.CoderVersion, versionOf(reading.Codebook)))])
        {
            Released = released.RemoveRange(withheld),
            Memos =
            [
                .. memos.Where(memo => !withheld.Contains(memo.Address)).Select(memo => new ExportedMemo(
                    memo.Address, memo.Coder, Words.FromBytes(key, PeopleStore.MemoOf(memo.Address, memo.Coder), memo.Words))),
            ],
        };
    }

    private sealed record MoreRow
    {
        public int BothSides { get; init; }

        public string Release { get; init; } = "";

        public string? Name { get; init; }
    }

    private sealed record ReleasedRow
    {
        public string Address { get; init; } = "";

        public string Release { get; init; } = "";
    }

    private sealed record MemoRow
    {
        public string Address { get; init; } = "";

        public string Coder { get; init; } = "";

        public byte[] Words { get; init; } = [];
    }

    private sealed record QuestionRow
    {
        public string Address { get; init; } = "";

        public byte[] Question { get; init; } = [];
    }

    private sealed record ReadingRow
    {
        public string Address { get; init; } = "";

        public string Coder { get; init; } = "";

        public string CoderVersion { get; init; } = "";

        public int Codebook { get; init; }
    }

    private sealed record CodingRow
    {
        public string Address { get; init; } = "";

        public string Code { get; init; } = "";

        public int? SpanStart { get; init; }

        public int? SpanLength { get; init; }

        public string Coder { get; init; } = "";

        public string CoderVersion { get; init; } = "";

        public int Codebook { get; init; }

        public double Confidence { get; init; }

        public string Polarity { get; init; } = "";

        public string Evidence { get; init; } = "";

        public string Status { get; init; } = "";

        public string? DecidedBy { get; init; }

        public ExportedCoding ToCoding(Func<int, string> versionOf)
        {
            var said = new AssignmentRow { Evidence = Evidence, Polarity = Polarity, Status = Status }.ToAssignment();
            return new ExportedCoding(
                Address, Code, SpanStart, SpanLength, Coder, CoderVersion, versionOf(Codebook), Confidence, said.Polarity, said.Evidence, said.Status, DecidedBy);
        }
    }
}
