using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Storage;

/// <summary>A report in words that was drawn to be posted.</summary>
/// <param name="Wave">Whose words; empty for all waves.</param>
/// <param name="Shifts">What it tells of shifts within people, a sentence each.</param>
/// <param name="Due">Until then those who are quoted can answer.</param>
/// <param name="DroppedAt">When it was called off; null where it was not.</param>
internal sealed record ToldReport(
    int Number, string Wave, ImmutableArray<string> Shifts, string DrawnBy, DateTimeOffset DrawnAt, DateTimeOffset Due, DateTimeOffset? PostedAt, DateTimeOffset? DroppedAt)
{
    /// <summary>Whether it is still to be posted, so that those quoted can answer.</summary>
    public bool Waits => PostedAt is null && DroppedAt is null;
}

/// <summary>Released words on which a report rests.</summary>
/// <param name="Words">As they are released now.</param>
/// <param name="Codes">Its themes when the report was drawn.</param>
/// <param name="Quoted">Whether the words stand in the report; otherwise it only counts that something was released.</param>
/// <param name="Answered">Whether their author has said something to it.</param>
/// <param name="Reply">What the author answered; null where nothing.</param>
internal sealed record ToldWords(OwnWordsRow Words, ImmutableArray<string> Codes, bool Quoted, bool Answered = false, string? Reply = null);

/// <summary>
/// Reports in words that are posted, and whose words each shows, so that their authors see it before it is posted and what is taken back goes from what was.
/// No words are kept here but the authors' replies, sealed.
/// </summary>
internal sealed class ToldStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>As <see cref="OutboxPost.Snapshot"/> names their series.</summary>
    public const string Series = "words";

    private const string Columns = """
        select number as Number, wave as Wave, shifts as Shifts, drawn_by as DrawnBy, drawn_at as DrawnAt, due_at as DueAt, posted_at as PostedAt, dropped_at as DroppedAt
          from words_report where study = @study
        """;

    /// <summary>Keeps a report that is to be posted. Null where another one still waits.</summary>
    /// <param name="words">On which it rests.</param>
    /// <param name="posts">What is told of it at once, by its number.</param>
    public Task<int?> DrawAsync(
        string study, string wave, IEnumerable<string> shifts, IReadOnlyCollection<ToldWords> words, string by, DateTimeOffset due, Func<int, IEnumerable<OutboxPost>> posts,
        CancellationToken cancellationToken) => writer.WriteAsync<int?>(
            async transaction =>
            {
                if (await transaction.FindAsync<long>("select count(*) from words_report where study = @study and posted_at is null and dropped_at is null", new { study }) > 0)
                    return null;
                var number = 1 + await transaction.FindAsync<int>("select coalesce(max(number), 0) from words_report where study = @study", new { study });
                var now = time.GetUtcNow();
                await transaction.ExecuteAsync(
                    """
                    insert into words_report (study, number, wave, shifts, drawn_by, drawn_at, due_at) values (@study, @number, @wave, @lines, @by, @at, @due)
                    """,
                    new { study, number, wave, lines = string.Join('\n', shifts), by, at = now.ToUnixTimeMilliseconds(), due = due.ToUnixTimeMilliseconds() });
                foreach (var told in words)
                {
                    // What was said anew since it was read is not what was looked at.
                    await transaction.ExecuteAsync(
                        """
                        insert into told (study, number, session, address, codes, coded, quoted)
                        select a.study, @number, a.session, a.address, @codes, @Coded, @quoted from answer a
                          left join own_words o on o.study = a.study and o.session = a.session and o.address = a.address
                         where a.study = @study and a.session = @Session and a.address = @Address and a.words = @Words and coalesce(o.released_at, 0) = @said
                        """,
                        new
                        {
                            study,
                            number,
                            told.Words.Session,
                            told.Words.Address,
                            told.Words.Words,
                            said = told.Words.ReleasedAt ?? 0,
                            codes = string.Join(' ', told.Codes),
                            Coded = told.Words.Coded ?? "",
                            quoted = told.Quoted ? 1 : 0,
                        });
                }

                foreach (var post in posts(number))
                    await OutboxStore.QueueAsync(transaction, study, database.StudyKey(study), post, now);
                return number;
            },
            cancellationToken);

    /// <summary>Every report that was drawn, the last first.</summary>
    public Task<ImmutableArray<ToldReport>> AllAsync(string study, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<ToldReport>>(
        async moment => [.. (await moment.ListAsync<ReportRow>($"{Columns} order by number desc", new { study })).Select(row => row.ToReport())], cancellationToken);

    public Task<ToldReport?> FindAsync(string study, int number, CancellationToken cancellationToken) => database.LookAsync(
        async moment => (await moment.FindAsync<ReportRow>($"{Columns} and number = @number", new { study, number }))?.ToReport(), cancellationToken);

    /// <summary>On what a report rests now: what was taken back is not among it.</summary>
    public Task<ImmutableArray<ToldWords>> WordsAsync(string study, int number, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<ToldWords>>(
        async moment => [.. await ListAsync(moment, study, number, respondent: null)], cancellationToken);

    /// <summary>What of somebody's own words stands in reports that are to be posted or were, by report.</summary>
    public Task<ImmutableArray<(ToldReport Report, ToldWords Words)>> OfAsync(string study, string respondent, CancellationToken cancellationToken) =>
        database.LookAsync<ImmutableArray<(ToldReport, ToldWords)>>(
            async moment =>
            {
                var quoted = ImmutableArray.CreateBuilder<(ToldReport, ToldWords)>();
                foreach (var report in await moment.ListAsync<ReportRow>($"{Columns} and dropped_at is null order by number", new { study }))
                    quoted.AddRange((await ListAsync(moment, study, report.Number, respondent)).Where(words => words.Quoted).Select(words => (report.ToReport(), words)));
                return quoted.ToImmutable();
            },
            cancellationToken);

    /// <summary>The author's word on how own words stand in the report that waits: a reply, or that it is well so.</summary>
    /// <param name="reply">Stands beside the words; empty for none.</param>
    /// <returns>False where no report that waits quotes them.</returns>
    public Task<bool> AnswerAsync(string study, string respondent, string session, string address, string reply, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            var now = time.GetUtcNow();
            var (key, _) = await database.Vault.MakeAsync(study, session, now, CancellationToken.None);
            if (await transaction.FindAsync<int?>(
                """
                select t.number from told t
                  join session s on s.study = t.study and s.session = t.session and s.respondent = @respondent
                  join words_report w on w.study = t.study and w.number = t.number and w.posted_at is null and w.dropped_at is null
                 where t.study = @study and t.session = @session and t.address = @address and t.quoted = 1
                """,
                new { study, respondent, session, address }) is not { } number)
            {
                return false;
            }

            await OwnWordsRows.TakeBackAsync(transaction, database.StudyKey(study), study, session, address, now); // What organisers see of it already.
            return await transaction.ExecuteAsync(
                "update told set answered_at = @at, reply = @said where study = @study and number = @number and session = @session and address = @address",
                new { study, number, session, address, at = now.ToUnixTimeMilliseconds(), said = reply.Length == 0 ? null : Words.ToBytes(key, ReplyOf(address, number), reply) }) == 1;
        },
        cancellationToken);

    /// <summary>Makes a report public, with what is posted of it. False where it does not wait.</summary>
    public Task<bool> PostAsync(string study, int number, IEnumerable<OutboxPost> posts, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            var now = time.GetUtcNow();
            if (await transaction.ExecuteAsync(
                "update words_report set posted_at = @at where study = @study and number = @number and posted_at is null and dropped_at is null",
                new { study, number, at = now.ToUnixTimeMilliseconds() }) != 1)
            {
                return false;
            }

            foreach (var post in posts)
                await OutboxStore.QueueAsync(transaction, study, database.StudyKey(study), post, now);
            return true;
        },
        cancellationToken);

    /// <summary>Calls a report off. False where it does not wait.</summary>
    public Task<bool> DropAsync(string study, int number, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction => await transaction.ExecuteAsync(
            "update words_report set dropped_at = @at where study = @study and number = @number and posted_at is null and dropped_at is null",
            new { study, number, at = time.GetUtcNow().ToUnixTimeMilliseconds() }) == 1,
        cancellationToken);

    private async Task<IEnumerable<ToldWords>> ListAsync(Microsoft.Data.Sqlite.SqliteTransaction moment, string study, int number, string? respondent)
    {
        var told = (await moment.ListAsync<ToldRow>(
            "select session as Session, address as Address, codes as Codes, coded as Coded, quoted as Quoted, answered_at as AnsweredAt, reply as Reply from told where study = @study and number = @number",
            new { study, number })).ToDictionary(row => (row.Session, row.Address));
        return (await moment.ListAsync<OwnWordsRow>(
            $"""
            {OwnWordsRow.Columns} and {OwnWordsRow.MayBeTold} and s.study = @study and (@respondent is null or s.respondent = @respondent)
               and exists (select 1 from told t where t.study = a.study and t.session = a.session and t.address = a.address and t.number = @number)
             order by a.session, a.address
            """,
            new { study, number, respondent })).Select(row => told[(row.Session, row.Address)] is var its && its.Reply is { } reply
                ? its.Of(row) with { Reply = Words.FromBytes(database.Vault.Find(study, row.Session), ReplyOf(row.Address, number), reply) }
                : its.Of(row));
    }

    /// <summary>Where a reply lies among the words of its session.</summary>
    private static string ReplyOf(string address, int number) => string.Create(CultureInfo.InvariantCulture, $"{address}!{number}");

    private sealed record ReportRow
    {
        public int Number { get; init; }

        public string Wave { get; init; } = "";

        public string Shifts { get; init; } = "";

        public string DrawnBy { get; init; } = "";

        public long DrawnAt { get; init; }

        public long DueAt { get; init; }

        public long? PostedAt { get; init; }

        public long? DroppedAt { get; init; }

        public ToldReport ToReport() => new(
            Number, Wave, [.. Shifts.Split('\n', StringSplitOptions.RemoveEmptyEntries)], DrawnBy, DateTimeOffset.FromUnixTimeMilliseconds(DrawnAt), DateTimeOffset.FromUnixTimeMilliseconds(DueAt),
            PostedAt is { } posted ? DateTimeOffset.FromUnixTimeMilliseconds(posted) : null, DroppedAt is { } dropped ? DateTimeOffset.FromUnixTimeMilliseconds(dropped) : null);
    }

    private sealed record ToldRow
    {
        public string Session { get; init; } = "";

        public string Address { get; init; } = "";

        public string Codes { get; init; } = "";

        public string Coded { get; init; } = "";

        public int Quoted { get; init; }

        public long? AnsweredAt { get; init; }

        public byte[]? Reply { get; init; }

        public ToldWords Of(OwnWordsRow row) =>
            new(row with { Coded = Coded }, [.. Codes.Split(' ', StringSplitOptions.RemoveEmptyEntries)], Quoted != 0, AnsweredAt is not null);
    }
}
