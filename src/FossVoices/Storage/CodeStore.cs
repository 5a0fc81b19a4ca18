using FossVoices.Sessions;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>How many one-time codes of a side and wave there are.</summary>
internal sealed record CodeCount(string Side, string Wave, long Made, long Entered, long Attested);

/// <summary>What became of a code that was to show a side.</summary>
internal enum Attesting
{
    Attested,

    /// <summary>There is no such code, it has been used, its wave is over, or it is of another side.</summary>
    NoSuchCode,

    /// <summary>The person has not said yet on which side they are.</summary>
    NoSideYet,
}

/// <summary>Keeps one-time codes as keyed hashes, each good once for each of its two purposes, while its wave lasts.</summary>
internal sealed class CodeStore(Database database, TurnWriter writer, TimeProvider time)
{
    public Task KeepAsync(string study, string side, string wave, IReadOnlyCollection<OneTimeCode> codes, CancellationToken cancellationToken)
    {
        var studyKey = database.StudyKey(study);
        return writer.WriteAsync(
            async transaction =>
            {
                foreach (var code in codes)
                {
                    await transaction.ExecuteAsync(
                        "insert into one_time_code (study, code, side, wave, made_at) values (@study, @code, @side, @wave, @at)",
                        new { study, code = code.Fingerprint(studyKey), side, wave, at = time.GetUtcNow().ToUnixTimeMilliseconds() });
                }

                return codes.Count;
            },
            cancellationToken);
    }

    /// <summary>Whether a code can still open a link.</summary>
    public Task<bool> OpensAsync(string study, string wave, OneTimeCode code, CancellationToken cancellationToken) => database.LookAsync(
        async moment => await moment.FindAsync<long>(
            "select count(*) from one_time_code where study = @study and code = @code and wave = @wave and entered_at is null",
            new { study, wave, code = code.Fingerprint(database.StudyKey(study)) }) == 1,
        cancellationToken);

    /// <summary>Uses a code up for opening a link, inside the transaction that begins the session. False where it can't be.</summary>
    public static async Task<bool> EnterAsync(SqliteTransaction transaction, string study, string wave, string fingerprint, DateTimeOffset now) => await transaction.ExecuteAsync(
        "update one_time_code set entered_at = @now where study = @study and code = @fingerprint and wave = @wave and entered_at is null",
        new { study, wave, fingerprint, now = now.ToUnixTimeMilliseconds() }) == 1;

    /// <summary>Uses a code up to show that the session's person is on the side that they say.</summary>
    /// <param name="sides">The sides that codes show.</param>
    public Task<Attesting> AttestAsync(string study, string session, OneTimeCode code, IReadOnlyCollection<string> sides, CancellationToken cancellationToken)
    {
        var fingerprint = code.Fingerprint(database.StudyKey(study));
        return writer.WriteAsync(
            async transaction =>
            {
                if (await SessionRow.FindAsync(transaction, study, session) is not { } row)
                    return Attesting.NoSuchCode;
                if (row.Side.Length == 0)
                    return Attesting.NoSideYet;
                if (!sides.Contains(row.Side) || await transaction.ExecuteAsync(
                    "update one_time_code set attested_at = @now where study = @study and code = @fingerprint and wave = @Wave and side = @Side and attested_at is null",
                    new { study, fingerprint, row.Wave, row.Side, now = time.GetUtcNow().ToUnixTimeMilliseconds() }) != 1)
                {
                    return Attesting.NoSuchCode;
                }

                await AttestedAsync(transaction, study, session);
                return Attesting.Attested;
            },
            cancellationToken);
    }

    /// <summary>Attests the session's person where the platform vouches for the side that they say. Nothing is written where that is known already.</summary>
    /// <param name="sides">The sides that the platform vouches for.</param>
    public async Task VouchAsync(string study, string session, IReadOnlyCollection<string> sides, CancellationToken cancellationToken)
    {
        if (await database.LookAsync(moment => SidedAsync(moment), cancellationToken))
        {
            await writer.WriteAsync(
                async transaction =>
                {
                    var sided = await SidedAsync(transaction);
                    if (sided)
                        await AttestedAsync(transaction, study, session);
                    return sided;
                },
                cancellationToken);
        }

        async Task<bool> SidedAsync(SqliteTransaction transaction) =>
            await transaction.FindAsync<string>("select side from session where study = @study and session = @session and attested = 0", new { study, session }) is { Length: > 0 } side
            && sides.Contains(side);
    }

    private static Task<int> AttestedAsync(SqliteTransaction transaction, string study, string session) => TallyBook.KeepSessionsAsync(transaction, study, [session], () =>
        transaction.ExecuteAsync("update session set attested = 1 where study = @study and session = @session", new { study, session }));

    public Task<IReadOnlyList<CodeCount>> CountAsync(string study, CancellationToken cancellationToken) => database.LookAsync<IReadOnlyList<CodeCount>>(
        async moment => await moment.ListAsync<CodeCount>(
            """
            select side as Side, wave as Wave, count(*) as Made, count(entered_at) as Entered, count(attested_at) as Attested
              from one_time_code where study = @study group by side, wave order by wave, side
            """,
            new { study }),
        cancellationToken);

    /// <summary>Forgets codes made before a time. Returns how many.</summary>
    public Task<int> ForgetAsync(string study, DateTimeOffset before, CancellationToken cancellationToken) => writer.WriteAsync(
        transaction => transaction.ExecuteAsync("delete from one_time_code where study = @study and made_at < @at", new { study, at = before.ToUnixTimeMilliseconds() }),
        cancellationToken);
}
