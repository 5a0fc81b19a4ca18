using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using FossVoices.Coding;
using FossVoices.Definitions;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>What became of something that a person wanted to do.</summary>
internal enum Deed
{
    Done,

    /// <summary>The answer is gone, or says something else than what was read.</summary>
    Changed,

    /// <summary>Fewer than two people have coded the answer, so there is nothing to settle.</summary>
    NotTwo,
}

/// <summary>
/// Keeps what people say of answers, each under a name of their own, beside what machines suggest: a machine that reads again touches none of it. Everything
/// can be undone, the last first, and goes with the answer.
/// </summary>
internal sealed partial class PeopleStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>Where a memo lies among the words of its session.</summary>
    internal static string MemoOf(string address, string coder) => $"{address}!{coder}";

    /// <summary>Keeps what a person says in place of what the same person had said of the answer before.</summary>
    public Task<Deed> SaveAsync(string study, PersonCoding said, CancellationToken cancellationToken)
    {
        var key = database.StudyKey(study);
        return writer.WriteAsync(
            async transaction =>
            {
                var words = await transaction.FindAsync<byte[]>(
                    "select words from answer where study = @study and session = @Session and address = @Address and on_path = 1", new { study, said.Session, said.Address });
                if (words is null || CodingStore.HashOf(key, Words.FromBytes(database.Vault.Find(study, said.Session), said.Address, words)) != said.TextHash)
                    return Deed.Changed;
                if (said.Coder == Coders.Gold && await ReadersAsync(transaction, study, said) < 2)
                    return Deed.NotTwo;

                await RememberAsync(transaction, study, said);
                return await TallyBook.KeepSessionsAsync(transaction, study, [said.Session], async () =>
                {
                    await ReplaceAsync(transaction, study, said);
                    return Deed.Done;
                });
            },
            cancellationToken);
    }

    /// <summary>Takes back the last thing that a person did.</summary>
    /// <returns>The answer it was about; null where there is nothing to undo.</returns>
    public Task<(string Session, string Address)?> UndoAsync(string study, string person, CancellationToken cancellationToken) => writer.WriteAsync<(string, string)?>(
        async transaction =>
        {
            var last = await transaction.FindAsync<EventRow>(
                """
                select number, coder, session, address, before, memo from coding_event
                 where study = @study and done_by = @person and undone = 0
                 order by number desc limit 1
                """,
                new { study, person });
            if (last is null)
                return null;

            var at = new At(study, last.Session, last.Address, last.Coder);
            var before = JsonSerializer.Deserialize(last.Before, StateJson.Default.State)!;
            await TallyBook.KeepSessionsAsync(transaction, study, [last.Session], async () =>
            {
                await ClearAsync(transaction, at);
                foreach (var row in before.Rows)
                    await transaction.ExecuteAsync(InsertRow, row with { Study = study, Session = last.Session, Address = last.Address, Coder = last.Coder });
                if (before.ReadAt is { } readAt)
                    await transaction.ExecuteAsync(InsertReading, new { at.Study, at.Session, at.Address, at.Coder, at = readAt });
                return true;
            });
            if (last.Memo is { } memo)
                await transaction.ExecuteAsync(InsertMemo, new { at.Study, at.Session, at.Address, at.Coder, words = memo, at = Now });
            await transaction.ExecuteAsync("update coding_event set undone = 1 where study = @study and number = @Number", new { study, last.Number });
            return (last.Session, last.Address);
        },
        cancellationToken);

    /// <summary>Everybody who has read an answer on the path, machines left out; the names as they were given.</summary>
    public Task<ImmutableArray<string>> PeopleAsync(string study, CancellationToken cancellationToken) => database.LookAsync<ImmutableArray<string>>(
        async moment => [.. (await moment.ListAsync<string>("select distinct coder from reading where study = @study order by coder", new { study })).Where(Coders.IsPerson)],
        cancellationToken);

    /// <summary>Adds answers to the blind sample, in this order, behind what is in it.</summary>
    /// <returns>How many were added.</returns>
    public Task<int> SampleAsync(string study, IReadOnlyList<CodableAnswer> answers, string by, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            var added = 0;
            foreach (var answer in answers)
            {
                added += await transaction.ExecuteAsync(
                    """
                    insert into blind_sample (study, session, address, place, drawn_by, at)
                    select @study, @Session, @Address, (select coalesce(max(place), 0) + 1 from blind_sample where study = @study), @by, @at
                     where exists (select 1 from answer where study = @study and session = @Session and address = @Address)
                    on conflict do nothing
                    """,
                    new { study, answer.Session, answer.Address, by, at = Now });
            }

            return added;
        },
        cancellationToken);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static async Task<int> ReadersAsync(SqliteTransaction transaction, string study, PersonCoding said) =>
        (await transaction.ListAsync<string>(
            "select coder from reading where study = @study and session = @Session and address = @Address", new { study, said.Session, said.Address })).Count(Coders.IsPerson);

    /// <summary>Keeps what stood before, so that it can come back.</summary>
    private async Task RememberAsync(SqliteTransaction transaction, string study, PersonCoding said)
    {
        var at = new At(study, said.Session, said.Address, said.Coder);
        var rows = await transaction.ListAsync<Row>(
            """
            select place, code, span_start as SpanStart, span_length as SpanLength, coder_version as CoderVersion, polarity, status, decided_by as DecidedBy, decided_at as DecidedAt
              from assignment where study = @Study and session = @Session and address = @Address and coder = @Coder order by place
            """,
            at);
        var readAt = await transaction.ListAsync<long>("select at from reading where study = @Study and session = @Session and address = @Address and coder = @Coder", at);
        var memo = await transaction.FindAsync<byte[]>("select words from memo where study = @Study and session = @Session and address = @Address and coder = @Coder", at);
        await transaction.ExecuteAsync(
            """
            insert into coding_event (study, number, done_by, coder, session, address, before, memo, undone, at)
            select @Study, coalesce(max(number), 0) + 1, @By, @Coder, @Session, @Address, @before, @memo, 0, @now from coding_event where study = @Study
            """,
            new
            {
                at.Study,
                said.By,
                at.Coder,
                at.Session,
                at.Address,
                memo,
                now = Now,
                before = JsonSerializer.Serialize(new State([.. rows], readAt is [var first, ..] ? first : null), StateJson.Default.State),
            });
    }

    private async Task ReplaceAsync(SqliteTransaction transaction, string study, PersonCoding said)
    {
        var at = new At(study, said.Session, said.Address, said.Coder);
        await ClearAsync(transaction, at);
        var place = 0;
        foreach (var (code, applies) in said.Given.Select(code => (code, true)).Concat(said.NotGiven.Select(code => (code, false))))
        {
            await transaction.ExecuteAsync(InsertRow, new Row
            {
                Study = study,
                Session = said.Session,
                Address = said.Address,
                Coder = said.Coder,
                Place = place++,
                Code = code.Code,
                SpanStart = code.Start,
                SpanLength = code.Length,
                CoderVersion = code.Definition,
                Polarity = Spelling.Of(code.Polarity),
                Status = !applies ? "rejected" : said.Coder == Coders.Gold ? "gold" : "confirmed",
                DecidedBy = said.By,
                DecidedAt = Now,
            });
        }

        await transaction.ExecuteAsync(InsertReading, new { at.Study, at.Session, at.Address, at.Coder, at = Now });
        if (said.Memo.Length > 0)
        {
            var (key, _) = await database.Vault.MakeAsync(study, said.Session, time.GetUtcNow(), CancellationToken.None); // There, unless it was from before words were sealed.
            await transaction.ExecuteAsync(
                InsertMemo, new { at.Study, at.Session, at.Address, at.Coder, words = Words.ToBytes(key, MemoOf(said.Address, said.Coder), said.Memo), at = Now });
        }
    }

    private static async Task ClearAsync(SqliteTransaction transaction, At at)
    {
        foreach (var table in (string[])["assignment", "reading", "memo"])
            await transaction.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"delete from {table} where study = @Study and session = @Session and address = @Address and coder = @Coder"), at);
    }

    private const string InsertRow = """
        insert into assignment (study, session, address, coder, place, code, span_start, span_length, coder_version, confidence, polarity, evidence, status, decided_by, decided_at)
        values (@Study, @Session, @Address, @Coder, @Place, @Code, @SpanStart, @SpanLength, @CoderVersion, 1, @Polarity, '[]', @Status, @DecidedBy, @DecidedAt)
        """;

    private const string InsertReading = "insert into reading (study, session, address, coder, coder_version, at) values (@Study, @Session, @Address, @Coder, '', @at)";

    private const string InsertMemo = "insert into memo (study, session, address, coder, words, at) values (@Study, @Session, @Address, @Coder, @words, @at)";

    private sealed record At(string Study, string Session, string Address, string Coder);

    private sealed record EventRow
    {
        public long Number { get; init; }

        public string Coder { get; init; } = "";

        public string Session { get; init; } = "";

        public string Address { get; init; } = "";

        public string Before { get; init; } = "";

        public byte[]? Memo { get; init; }
    }

    private sealed record State(ImmutableArray<Row> Rows, long? ReadAt);

    private sealed record Row
    {
        [JsonIgnore]
        public string Study { get; init; } = "";

        [JsonIgnore]
        public string Session { get; init; } = "";

        [JsonIgnore]
        public string Address { get; init; } = "";

        [JsonIgnore]
        public string Coder { get; init; } = "";

        public int Place { get; init; }

        public string Code { get; init; } = "";

        public int? SpanStart { get; init; }

        public int? SpanLength { get; init; }

        public string CoderVersion { get; init; } = "";

        public string Polarity { get; init; } = "";

        public string Status { get; init; } = "";

        public string? DecidedBy { get; init; }

        public long? DecidedAt { get; init; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(State))]
    private sealed partial class StateJson : JsonSerializerContext;
}
