using System.Collections.Immutable;
using FossVoices.Flows;
using FossVoices.Sessions;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>A session as it lies in the database: its row, and those of its answers.</summary>
internal sealed record SessionRow
{
    public string Study { get; init; } = "";

    public string Session { get; init; } = "";

    public string Respondent { get; init; } = "";

    public string Flow { get; init; } = "";

    public string FlowHash { get; init; } = "";

    public string Wave { get; init; } = "";

    public string Platform { get; init; } = "";

    public string Source { get; init; } = "";

    public string Community { get; init; } = "";

    public int Public { get; init; }

    public int Attested { get; init; }

    public string Quotes { get; init; } = "";

    public long Seed { get; init; }

    public string Draws { get; init; } = "";

    public string Side { get; init; } = "";

    public int BothSides { get; init; }

    public string Standing { get; init; } = "";

    public string? Revisiting { get; init; }

    public int Paused { get; init; }

    public int Revision { get; init; }

    public long StartedAt { get; init; }

    public long? CoreAt { get; init; }

    public long? FinishedAt { get; init; }

    public long? KeepUntil { get; init; }

    public string? Language { get; init; }

    private const string Columns = """
        study, session, respondent, flow, flow_hash as FlowHash, wave, platform, source, community, public, attested, quotes, seed, draws, side, both_sides as BothSides, standing, revisiting,
        paused, revision, started_at as StartedAt, core_at as CoreAt, finished_at as FinishedAt, keep_until as KeepUntil, language
        """;

    public static Task<SessionRow?> FindAsync(SqliteTransaction transaction, string study, string session) =>
        transaction.FindAsync<SessionRow>($"select {Columns} from session where study = @study and session = @session", new { study, session });

    /// <summary>The last one that the person began.</summary>
    public static Task<SessionRow?> FindAsync(SqliteTransaction transaction, string study, string flow, string wave, string respondent) =>
        transaction.FindAsync<SessionRow>(
            $"""
            select {Columns} from session where study = @study and respondent = @respondent and flow = @flow and wave = @wave
             order by started_at desc, session limit 1
            """,
            new { study, flow, wave, respondent });

    /// <summary>The same of somebody who came back by another way.</summary>
    public static Task<SessionRow?> FindComeBackAsync(SqliteTransaction transaction, string study, string flow, string wave, string knownAs) =>
        transaction.FindAsync<SessionRow>(
            $"""
            select {Columns} from session where study = @study and flow = @flow and wave = @wave
               and respondent = (select b.respondent from came_back b where b.study = @study and b.known_as = @knownAs)
             order by started_at desc, session limit 1
            """,
            new { study, flow, wave, knownAs });

    /// <summary>
    /// Where the person of a session that begins has begun another one in the wave; null where this is the first. A person belongs to one place in each wave, whose
    /// reports then have nobody in common.
    /// </summary>
    public static Task<string?> CommunityAsync(SqliteTransaction transaction, Session begun) => transaction.FindAsync<string>(
        $"select {Recount.CommunityOf} from session s where study = @Study and wave = @Wave and respondent = @Respondent order by started_at, session limit 1",
        new { begun.Study, begun.Wave, begun.Respondent });

    public static Task<SessionRow?> FindByReceiptAsync(SqliteTransaction transaction, string study, string receipt) =>
        transaction.FindAsync<SessionRow>($"select {Columns} from session where study = @study and receipt = @receipt", new { study, receipt });

    /// <summary>The session with its answers, and the addresses that going back has left behind.</summary>
    /// <param name="seen">The session as it was read before this; while nobody has answered since, its answers are not read and opened once more.</param>
    public async Task<(Session Session, ImmutableHashSet<string> OffPath)> LoadAsync(SqliteTransaction transaction, Vault vault, Session? seen = null)
    {
        if (seen?.Id == Session && seen.Revision == Revision)
        {
            var offPath = await transaction.ListAsync<string>("select address from answer where study = @Study and session = @Session and on_path = 0", new { Study, Session });
            return (Of(seen.Progress with { Quotes = Quotes }), [.. offPath]);
        }

        var answers = await transaction.ListAsync<AnswerRow>(
            "select address, kind, value, number, words, on_path as OnPath, at from answer where study = @Study and session = @Session", new { Study, Session });
        var key = answers.Exists(row => row.Words is not null && Words.NeedKey(row.Words)) ? vault.Find(Study, Session) : null;
        var progress = new Progress(
            DrawsText.Read(Seed, Draws),
            answers.ToImmutableDictionary(row => row.Address, row => row.ToAnswer(key)),
            await HeardRows.LoadAsync(transaction, Study, Session),
            Revisiting,
            Paused != 0,
            Quotes);
        return (Of(progress), [.. answers.Where(row => row.OnPath == 0).Select(row => row.Address)]);
    }

    private Session Of(Progress progress) => new(
        Study, Session, Flow, FlowHash, Respondent, Wave, new Origin(Platform, Source, Public != 0, Attested != 0, Community.Length > 0 ? Community : null),
        progress, Revision, Time(StartedAt), CoreAt is { } core ? Time(core) : null, FinishedAt is { } finished ? Time(finished) : null,
        KeepUntil is { } until ? Time(until) : null, Language);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
