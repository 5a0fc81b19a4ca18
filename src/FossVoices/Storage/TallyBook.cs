using System.Collections.Immutable;
using FossVoices.Flows;
using FossVoices.Sessions;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>Keeps the tallies in step with what is stored: whoever changes something that is counted does it through here, in one transaction.</summary>
internal static class TallyBook
{
    private static readonly ImmutableDictionary<string, CodesGiven> s_nothingCoded = ImmutableDictionary<string, CodesGiven>.Empty;

    /// <summary>Counts a session that begins.</summary>
    public static async Task BeginAsync(SqliteTransaction transaction, Session begun, PathFacts path)
    {
        var (rules, others) = await StoredPerson.BesideAsync(transaction, begun);
        var contribution = new Contribution(rules ?? await RulesAsync(transaction, begun.Study));
        contribution.Count(others, sign: -1);
        contribution.Count([.. others, StoredSession.Of(begun, path.Side, path.Both, path.OnPath, s_nothingCoded)], sign: 1);
        await AddAsync(transaction, begun.Study, contribution.Changes);
    }

    /// <summary>Counts what a turn changes; to be called before it is stored, since what was coded in words goes when they change.</summary>
    /// <param name="row">The session as it was.</param>
    /// <param name="offPath">The addresses that were marked as left behind.</param>
    public static async Task TurnAsync(SqliteTransaction transaction, SessionRow row, Session before, IReadOnlySet<string> offPath, Session after, PathFacts path)
    {
        var (rules, others) = await StoredPerson.BesideAsync(transaction, before);
        var sameSide = row.Side == (path.Side ?? "") && (row.BothSides != 0) == path.Both;
        var coded = before.Progress.Answers.Values.Any(answer => answer.Value is Value.Words
                && !(sameSide && IsSame(answer) && offPath.Contains(answer.Address) != path.OnPath(answer.Address)))
            ? await StoredPerson.CodedAsync(transaction, before.Study, before.Id)
            : s_nothingCoded;

        var contribution = new Contribution(rules ?? await RulesAsync(transaction, before.Study));
        contribution.Change(
            others,
            StoredSession.Of(before, row.Side, row.BothSides != 0, address => !offPath.Contains(address), coded),
            StoredSession.Of(after, path.Side, path.Both, path.OnPath, coded.Count == 0 ? coded
                : coded.Where(its => before.Progress.Answers.TryGetValue(its.Key, out var answer) && IsSame(answer)).ToDictionary(StringComparer.Ordinal)));
        await AddAsync(transaction, before.Study, contribution.Changes);

        bool IsSame(Answer answer) => after.Progress.Answers.GetValueOrDefault(answer.Address) == answer;
    }

    /// <summary>Makes any change to what is stored of some people, and counts it.</summary>
    public static async Task<T> KeepAsync<T>(SqliteTransaction transaction, string study, IReadOnlyCollection<string> respondents, Func<Task<T>> change)
    {
        var contribution = new Contribution(await RulesAsync(transaction, study));
        foreach (var respondent in respondents)
            contribution.Count(await StoredPerson.LoadAsync(transaction, study, respondent), sign: -1);
        var result = await change();
        foreach (var respondent in respondents)
            contribution.Count(await StoredPerson.LoadAsync(transaction, study, respondent), sign: 1);
        await AddAsync(transaction, study, contribution.Changes);
        return result;
    }

    /// <summary>As <see cref="KeepAsync"/>, for the people behind some sessions.</summary>
    public static async Task<T> KeepSessionsAsync<T>(SqliteTransaction transaction, string study, IEnumerable<string> sessions, Func<Task<T>> change)
    {
        var respondents = new HashSet<string>(StringComparer.Ordinal);
        foreach (var session in sessions.Distinct(StringComparer.Ordinal))
        {
            if (await transaction.FindAsync<string>("select respondent from session where study = @study and session = @session", new { study, session }) is { } respondent)
                respondents.Add(respondent);
        }

        return await KeepAsync(transaction, study, respondents, change);
    }

    /// <summary>What the study is counted by; noted, where that has not been decided yet.</summary>
    public static async Task<TallyRules> RulesAsync(SqliteTransaction transaction, string study)
    {
        if (await transaction.FindAsync<string>("select rules from tally_rules where study = @study", new { study }) is { } rules)
            return TallyRules.Read(rules);

        await transaction.ExecuteAsync("insert into tally_rules (study, rules) values (@study, @Text)", new { study, TallyRules.None.Text });
        return TallyRules.None;
    }

    /// <summary>Counts a whole study anew.</summary>
    public static async Task RebuildAsync(SqliteTransaction transaction, string study, TallyRules rules)
    {
        await transaction.ExecuteAsync("delete from tally where study = @study", new { study });
        await transaction.ExecuteAsync(
            "insert into tally_rules (study, rules) values (@study, @Text) on conflict (study) do update set rules = excluded.rules", new { study, rules.Text });
        await AddAsync(transaction, study, await Recount.CellsAsync(transaction, study, rules));
    }

    private static async Task AddAsync(SqliteTransaction transaction, string study, IEnumerable<KeyValuePair<TallyCell, long>> changes)
    {
        foreach (var (cell, by) in changes)
        {
            await transaction.ExecuteAsync(
                """
                insert into tally (study, wave, public, attested, side, about, area, name, kind, value, counted)
                values (@Study, @Wave, @Public, @Attested, @Side, @About, @Area, @Name, @Kind, @Value, @Counted)
                on conflict (study, wave, public, attested, side, about, area, name, kind, value) do update set counted = tally.counted + excluded.counted
                """,
                TallyRow.Of(study, cell, by));
            if (by < 0) // A cell that nobody is in any more tells what somebody had said.
                await transaction.ExecuteAsync(
                    """
                    delete from tally
                     where study = @Study and wave = @Wave and public = @Public and attested = @Attested and side = @Side
                       and about = @About and area = @Area and name = @Name and kind = @Kind and value = @Value and counted = 0
                    """,
                    TallyRow.Of(study, cell, by));
        }
    }
}
