using System.Collections.Immutable;
using System.Text;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Definitions;
using FossVoices.Exchange;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>A version of a codebook that answers were coded by.</summary>
/// <param name="Number">Counts the versions of a study, from 1.</param>
internal sealed record KeptCodebook(int Number, Codebook Codebook);

/// <summary>What a changed codebook did to the codings of people.</summary>
/// <param name="Stale">Codings that somebody should look at again, since the code's definition is no longer the one that was read.</param>
/// <param name="Restored">Codings that stand again, since the definition is what it was.</param>
/// <param name="Moved">Codings of codes that were merged into others, and have followed.</param>
internal sealed record PeopleFollowed(int Stale, int Restored, int Moved);

/// <summary>Keeps every version of a codebook that answers were coded by, and lets people's codings follow a change. None of theirs is ever deleted.</summary>
internal sealed class CodebookStore(Database database, TurnWriter writer, TimeProvider time)
{
    /// <summary>Keeps the codebook, unless it is the one that was kept last.</summary>
    /// <returns>Its number.</returns>
    public Task<int> KeepAsync(string study, Codebook codebook, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            var last = await transaction.FindAsync<Row>($"{Row.Select} where study = @study order by number desc limit 1", new { study });
            if (last?.Hash == codebook.Hash)
                return last.Number;
            var row = new { study, number = (last?.Number ?? 0) + 1, codebook.Hash, keptAt = time.GetUtcNow().ToUnixTimeMilliseconds(), text = TextOf(codebook) };
            await transaction.ExecuteAsync("insert into codebook_version (study, number, hash, kept_at, text) values (@study, @number, @Hash, @keptAt, @text)", row);
            return row.number;
        },
        cancellationToken);

    /// <summary>All versions that this program can read, the first one first.</summary>
    public Task<ImmutableArray<KeptCodebook>> AllAsync(string study, CancellationToken cancellationToken) =>
        database.LookAsync(moment => AllAsync(moment, study), cancellationToken);

    /// <summary>The version that was kept last, in a data folder that is not to be made, brought up to date or held; null where there is none.</summary>
    /// <exception cref="StorageUnavailable">There is a database, and it can't be read.</exception>
    public static async Task<KeptCodebook?> PeekAsync(string dataFolder, string study, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Path.GetFullPath(dataFolder), Database.FileName);
        if (!File.Exists(file))
            return null;
        try
        {
            await using var connection = await SqliteFile.OpenForReadingAsync(file, cancellationToken);
            await using var moment = connection.BeginTransaction(deferred: true);
            return await moment.FindAsync<long>("select count(*) from sqlite_master where name = 'codebook_version'", new { }) == 0
                ? null
                : (await AllAsync(moment, study)).LastOrDefault();
        }
        catch (SqliteException e)
        {
            throw StorageUnavailable.AtStart(file, e);
        }
    }

    /// <summary>
    /// Brings people's codings in line with the codebook: those made by another definition are marked, and those of a merged code go over to what it was
    /// merged into. Doing it twice does nothing more.
    /// </summary>
    public Task<PeopleFollowed> FollowAsync(string study, Codebook codebook, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction => await TallyBook.KeepSessionsAsync(transaction, study, await CodedByPeopleAsync(transaction, study), async () =>
        {
            var (stale, restored, moved) = (0, 0, 0);
            foreach (var code in codebook.Codes)
            {
                if (code.MergedInto is not null && codebook.Counted(code) is { } target)
                    moved += await MoveAsync(transaction, study, code.Id, target);
                var present = new { study, code = code.Id, definition = GivenCode.Of(code), anyDefinition = CodeAssignment.ByDefinition + "%" };
                stale += await transaction.ExecuteAsync(
                    """
                    update assignment set status = 'stale'
                     where study = @study and code = @code and status in ('confirmed', 'gold') and coder_version like @anyDefinition and coder_version <> @definition
                    """,
                    present);
                restored += await transaction.ExecuteAsync(
                    """
                    update assignment set status = case when coder = 'gold' then 'gold' else 'confirmed' end
                     where study = @study and code = @code and status = 'stale' and coder_version = @definition
                    """,
                    present);
            }

            return new PeopleFollowed(stale, restored, moved);
        }),
        cancellationToken);

    private static Task<List<string>> CodedByPeopleAsync(SqliteTransaction transaction, string study) => transaction.ListAsync<string>(
        "select distinct session from assignment where study = @study and decided_by is not null", new { study });

    /// <summary>What somebody said of a merged code is said of its target; whoever had rejected the target alone has given it now.</summary>
    private static async Task<int> MoveAsync(SqliteTransaction transaction, string study, string from, Code target)
    {
        var of = new { study, from, to = target.Id, definition = GivenCode.Of(target) };
        await transaction.ExecuteAsync(
            """
            update assignment set status = 'superseded'
             where study = @study and code = @to and status = 'rejected'
               and exists (select 1 from assignment m where m.study = assignment.study and m.session = assignment.session and m.address = assignment.address
                              and m.coder = assignment.coder and m.code = @from and m.status in ('confirmed', 'gold', 'stale') and m.decided_by is not null)
            """,
            of);
        var moved = await transaction.ExecuteAsync(
            """
            insert into assignment (study, session, address, coder, place, code, span_start, span_length, coder_version, confidence, polarity, evidence, status, decided_by, decided_at, codebook)
            select m.study, m.session, m.address, m.coder,
                   (select max(place) from assignment p where p.study = m.study and p.session = m.session and p.address = m.address and p.coder = m.coder)
                       + row_number() over (partition by m.session, m.address, m.coder order by m.place),
                   @to, m.span_start, m.span_length, @definition, m.confidence, m.polarity, m.evidence, case when m.coder = 'gold' then 'gold' else 'confirmed' end,
                   m.decided_by, m.decided_at, m.codebook
              from assignment m
             where m.study = @study and m.code = @from and m.status in ('confirmed', 'gold', 'stale') and m.decided_by is not null
               and not exists (select 1 from assignment there where there.study = m.study and there.session = m.session and there.address = m.address
                                  and there.coder = m.coder and there.code = @to and there.status in ('confirmed', 'gold', 'stale'))
            """,
            of);
        await transaction.ExecuteAsync(
            "update assignment set status = 'superseded' where study = @study and code = @from and status in ('confirmed', 'gold', 'stale', 'rejected') and decided_by is not null", of);
        return moved;
    }

    private static async Task<ImmutableArray<KeptCodebook>> AllAsync(SqliteTransaction moment, string study) =>
    [
        .. (await moment.ListAsync<Row>($"{Row.Select} where study = @study order by number", new { study }))
            .Select(row => Open(row.Text) is { } codebook ? new KeptCodebook(row.Number, codebook) : null).OfType<KeptCodebook>(),
    ];

    private static string TextOf(Codebook codebook)
    {
        using var text = new MemoryStream();
        CodebookJson.Write(codebook, text);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static Codebook? Open(string text)
    {
        var problems = new Problems("codebook.json");
        return JsonFile.Read(Encoding.UTF8.GetBytes(text), problems) is { } root ? CodebookFile.Compile(root, problems) : null;
    }

    private sealed record Row
    {
        public const string Select = "select number, hash, text from codebook_version";

        public int Number { get; init; }

        public string Hash { get; init; } = "";

        public string Text { get; init; } = "";
    }
}
