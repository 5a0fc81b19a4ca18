using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FossVoices.Coding;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>An answer that a coder has not read yet.</summary>
/// <param name="Side"><c>upstream</c>, <c>downstream</c>, or null while unknown.</param>
/// <param name="Question">What preceded in a transcript; null where the flow says what was asked.</param>
/// <param name="TextHash">To be handed back with what was found, so that nothing is said of words that have changed meanwhile. Of the words as sealed, which is never the same for two writings.</param>
/// <param name="ReadBy">The version of the same coder that has read it before; null where none has.</param>
/// <param name="Codebook">The number of the codebook that it was read by then; 0 where that was not noted.</param>
internal sealed record Uncoded(
    string Session, string Address, string Flow, string? Side, string? Question, string Text, string TextHash, string? ReadBy = null, int Codebook = 0);

/// <summary>What a coder found in an answer; nothing, for one that it read and that has no code.</summary>
internal sealed record CodedAnswer(string Session, string Address, string TextHash, ImmutableArray<CodeAssignment> Assignments)
{
    /// <summary>The codes that were looked for; what was suggested of others stays. Null for all.</summary>
    public ImmutableHashSet<string>? Only { get; init; }

    /// <summary>The coder had not read it before, so nothing it had suggested has to go.</summary>
    public bool IsNew { get; init; }
}

/// <summary>A machine as its codings name it.</summary>
/// <param name="Codebook">The number of the codebook that it reads by; 0 where that is not to be noted.</param>
/// <param name="InPlaceOf">Other coders that this one stands for from now on: what they merely suggested, and that they read, is forgotten.</param>
internal sealed record Machine(string Coder, string Version, int Codebook, ImmutableArray<string> InPlaceOf);

/// <summary>That a coder has read an answer: without it, "no code" could not be told from "not read".</summary>
internal sealed record AnswerRead(string Session, string Address, string Coder, string CoderVersion);

/// <summary>An answer about whose codes people have decided.</summary>
internal sealed record DecidedAnswer(string Session, string Address, string Flow, string Respondent, string Text);

/// <summary>The codes given to answers, and who has read which.</summary>
internal sealed class CodingStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>
    /// The next answers in people's own words that this version of the coder has not read: those on the path, imported turns included, and none that may
    /// only be kept. An answer leaves the list once it is saved, so asking until nothing comes reads them all.
    /// </summary>
    public Task<IReadOnlyList<Uncoded>> UncodedAsync(string study, string coder, string coderVersion, int atMost, CancellationToken cancellationToken) =>
        UncodedAsync(study, coder, coderVersion, after: ("", ""), atMost, cancellationToken);

    /// <inheritdoc cref="UncodedAsync(string, string, string, int, CancellationToken)"/>
    /// <param name="after">Only answers behind this one, in the order of session and address; so a long run looks at each once.</param>
    public async Task<IReadOnlyList<Uncoded>> UncodedAsync(
        string study, string coder, string coderVersion, (string Session, string Address) after, int atMost, CancellationToken cancellationToken)
    {
        var rows = await database.LookAsync(
            moment => moment.ListAsync<UncodedRow>(
                $"""
                select a.session, a.address, s.flow, s.side, a.words, a.question, r.coder_version as ReadBy, coalesce(r.codebook, 0) as Codebook
                {ToRead} and (a.session > @Session or (a.session = @Session and a.address > @Address))
                 order by a.session, a.address
                 limit @atMost
                """,
                new { study, coder, coderVersion, after.Session, after.Address, atMost }),
            cancellationToken);
        var keys = new KeysOf(database.Vault, study);
        return rows.ConvertAll(row =>
        {
            var its = keys[row.Session];
            var text = Words.FromBytes(its, row.Address, row.Words);
            var question = row.Question is null ? null : Words.FromBytes(its, Words.QuestionOf(row.Address), row.Question);
            return new Uncoded(row.Session, row.Address, row.Flow, row.Side.Length == 0 ? null : row.Side, question, text, HashOf(row.Words), row.ReadBy, row.Codebook);
        });
    }

    /// <summary>How many answers this version of the coder has not read.</summary>
    public Task<int> CountUncodedAsync(string study, string coder, string coderVersion, CancellationToken cancellationToken) => database.LookAsync(
        moment => moment.FindAsync<int>($"select count(*) {ToRead}", new { study, coder, coderVersion }), cancellationToken);

    /// <summary>Whether a coder has read anything of a study.</summary>
    public Task<bool> HasReadAsync(string study, string coder, CancellationToken cancellationToken) => database.LookAsync(
        async moment => await moment.FindAsync<long>("select exists (select 1 from reading where study = @study and coder = @coder)", new { study, coder }) == 1, cancellationToken);

    private const string ToRead = """
          from answer a
          join session s on s.study = a.study and s.session = a.session
          left join reading r on r.study = a.study and r.session = a.session and r.address = a.address and r.coder = @coder
         where a.study = @study and a.kind = 'words' and a.on_path = 1 and coalesce((select o.release from own_words o where o.study = a.study and o.session = a.session and o.address = a.address), s.release) <> 'none' and (r.coder_version is null or r.coder_version <> @coderVersion)
        """;

    /// <summary>
    /// Keeps what a coder found, in place of what it had suggested for these answers before. What a person has confirmed or rejected stays, and is not suggested again.
    /// </summary>
    /// <returns>How many answers were still what the coder had read; the others come back with <see cref="UncodedAsync(string, string, string, int, CancellationToken)"/>.</returns>
    public Task<int> SaveAsync(string study, string coder, string coderVersion, IReadOnlyList<CodedAnswer> answers, CancellationToken cancellationToken) =>
        SaveAsync(study, new Machine(coder, coderVersion, Codebook: 0, InPlaceOf: []), answers, cancellationToken);

    /// <inheritdoc cref="SaveAsync(string, string, string, IReadOnlyList{CodedAnswer}, CancellationToken)"/>
    public Task<int> SaveAsync(string study, Machine machine, IReadOnlyList<CodedAnswer> answers, CancellationToken cancellationToken)
    {
        return writer.WriteAsync(
            transaction => TallyBook.KeepSessionsAsync(transaction, study, answers.Select(answer => answer.Session), async () =>
            {
                var saved = 0;
                foreach (var answer in answers)
                {
                    var words = await transaction.FindAsync<byte[]>(
                        "select words from answer where study = @study and session = @Session and address = @Address", new { study, answer.Session, answer.Address });
                    if (words is null || HashOf(words) != answer.TextHash)
                        continue;

                    foreach (var former in machine.InPlaceOf)
                        await ForgetAsync(transaction, study, former, answer);
                    await ReplaceAsync(transaction, study, machine, answer);
                    saved++;
                }

                return saved;
            }),
            cancellationToken);
    }

    /// <summary>All assignments of a study to answers on the path, whoever made them.</summary>
    public Task<ImmutableArray<CodeAssignment>> AssignmentsAsync(string study, CancellationToken cancellationToken) => AssignmentsAsync(database, study, cancellationToken);

    /// <inheritdoc cref="AssignmentsAsync(string, CancellationToken)"/>
    internal static Task<ImmutableArray<CodeAssignment>> AssignmentsAsync(Database database, string study, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<CodeAssignment>>(
        async moment => [.. (await moment.ListAsync<AssignmentRow>(
            $"""
            select {AssignmentRow.Columns} from assignment m
              join answer a on a.study = m.study and a.session = m.session and a.address = m.address
             where m.study = @study and a.on_path = 1
             order by m.session, m.address, m.coder, m.place
            """,
            new { study })).Select(row => row.ToAssignment())],
        cancellationToken);

    /// <summary>Who has read which answer on the path.</summary>
    public Task<ImmutableArray<AnswerRead>> ReadAsync(string study, CancellationToken cancellationToken) => ReadAsync(database, study, cancellationToken);

    /// <inheritdoc cref="ReadAsync(string, CancellationToken)"/>
    internal static Task<ImmutableArray<AnswerRead>> ReadAsync(Database database, string study, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<AnswerRead>>(
        async moment => [.. await moment.ListAsync<AnswerRead>(
            """
            select r.session, r.address, r.coder, r.coder_version as CoderVersion
              from reading r
              join answer a on a.study = r.study and a.session = r.session and a.address = r.address
             where r.study = @study and a.on_path = 1
             order by r.session, r.address, r.coder
            """,
            new { study })],
        cancellationToken);

    /// <summary>The answers on the path on which a person has decided about a code at least once.</summary>
    public async Task<IReadOnlyList<DecidedAnswer>> DecidedAsync(string study, CancellationToken cancellationToken)
    {
        var rows = await database.LookAsync(
            moment => moment.ListAsync<DecidedRow>(
                """
                select a.session, a.address, s.flow, s.respondent, a.words
                  from answer a
                  join session s on s.study = a.study and s.session = a.session
                 where a.study = @study and a.kind = 'words' and a.on_path = 1 and coalesce((select o.release from own_words o where o.study = a.study and o.session = a.session and o.address = a.address), s.release) <> 'none'
                   and exists (select 1 from assignment m where m.study = a.study and m.session = a.session and m.address = a.address
                                  and m.status in ('confirmed', 'rejected', 'gold'))
                 order by a.session, a.address
                """,
                new { study }),
            cancellationToken);
        return rows.ConvertAll(row => new DecidedAnswer(
            row.Session, row.Address, row.Flow, row.Respondent, Words.FromBytes(database.Vault.Find(study, row.Session), row.Address, row.Words)));
    }

    private static async Task ForgetAsync(SqliteTransaction transaction, string study, string coder, CodedAnswer answer)
    {
        var of = new { study, answer.Session, answer.Address, coder };
        await transaction.ExecuteAsync(
            "delete from assignment where study = @study and session = @Session and address = @Address and coder = @coder and status = 'suggested' and decided_by is null", of);
        await transaction.ExecuteAsync("delete from reading where study = @study and session = @Session and address = @Address and coder = @coder", of);
    }

    private async Task ReplaceAsync(SqliteTransaction transaction, string study, Machine machine, CodedAnswer answer)
    {
        var of = new { study, answer.Session, answer.Address, machine.Coder };
        const string suggested = "delete from assignment where study = @study and session = @Session and address = @Address and coder = @Coder and status = 'suggested' and decided_by is null";
        if (answer.Only is null && !answer.IsNew)
            await transaction.ExecuteAsync(suggested, of);
        foreach (var code in answer.Only ?? [])
            await transaction.ExecuteAsync($"{suggested} and code = @code", new { study, answer.Session, answer.Address, machine.Coder, code });

        var there = answer.Assignments.IsEmpty ? [] : await transaction.ListAsync<AssignmentRow>(
            $"select {AssignmentRow.Columns} from assignment m where m.study = @study and m.session = @Session and m.address = @Address and m.coder = @Coder", of);
        var place = there.Count == 0 ? 0 : there.Max(row => row.Place) + 1;
        foreach (var assignment in answer.Assignments.Where(assignment => answer.Only?.Contains(assignment.Code) != false))
        {
            if (there.Exists(row => row.Code == assignment.Code && row.SpanStart == assignment.Start && row.SpanLength == assignment.Length))
                continue;

            var row = AssignmentRow.Of(study, place++, answer, machine.Coder, machine.Version, assignment);
            await transaction.ExecuteAsync(AssignmentRow.Insert, row with { Codebook = machine.Codebook });
        }

        await transaction.ExecuteAsync(
            """
            insert into reading (study, session, address, coder, coder_version, codebook, at) values (@study, @Session, @Address, @Coder, @Version, @Codebook, @at)
            on conflict (study, session, address, coder) do update set coder_version = excluded.coder_version, codebook = excluded.codebook, at = excluded.at
            """,
            new { study, answer.Session, answer.Address, machine.Coder, machine.Version, machine.Codebook, at = time.GetUtcNow().ToUnixTimeMilliseconds() });
    }

    private static string HashOf(byte[] words) => Convert.ToHexStringLower(SHA256.HashData(words));

    /// <summary>Tells whether a text is still the one that was read. Keyed, and stored nowhere.</summary>
    internal static string HashOf(ReadOnlySpan<byte> studyKey, string text)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, studyKey);
        hash.AppendData("text|"u8);
        hash.AppendData(Encoding.Unicode.GetBytes(text));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record DecidedRow
    {
        public string Session { get; init; } = "";

        public string Address { get; init; } = "";

        public string Flow { get; init; } = "";

        public string Respondent { get; init; } = "";

        public byte[] Words { get; init; } = [];
    }

    private sealed record UncodedRow
    {
        public string Session { get; init; } = "";

        public string Address { get; init; } = "";

        public string Flow { get; init; } = "";

        public string Side { get; init; } = "";

        public byte[] Words { get; init; } = [];

        public byte[]? Question { get; init; }

        public string? ReadBy { get; init; }

        public int Codebook { get; init; }
    }

    /// <summary>Keys of sessions, each unwrapped once: the answers of a session follow one another.</summary>
    private sealed class KeysOf(Vault vault, string study)
    {
        private readonly Dictionary<string, SessionKey?> _known = new(StringComparer.Ordinal);

        public SessionKey? this[string session] => _known.TryGetValue(session, out var key) ? key : _known[session] = vault.Find(study, session);
    }
}
