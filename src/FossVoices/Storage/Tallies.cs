using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>A cell that is not what a recount says.</summary>
internal sealed record TallyFault(string Study, TallyCell Cell, long Kept, long Counted);

/// <summary>
/// Counts of persons as they are kept. Each counts once: with the latest session of a flow, on the side that the last session tells; who is on both sides is on
/// neither. Every change of what is counted changes them in its own transaction, see <see cref="TallyBook"/>.
/// </summary>
internal sealed class Tallies(Database database, TurnWriter writer)
{
    /// <summary>The studies of which something is stored and nothing counted.</summary>
    internal const string Uncounted = "select distinct study from session where study not in (select study from tally_rules)";

    /// <summary>
    /// Everything that a report counts, at one moment. Of all waves together, of one place, and where it is asked by other rules than the study is
    /// counted by, the rows are counted.
    /// </summary>
    public Task<Tally> CountAsync(Stratum stratum, IReadOnlyList<TensionHalves> tensions, CodeCounting codes, CancellationToken cancellationToken) => database.LookAsync(
        async moment => stratum is { Wave: not null, Community: null } && await IsRuledAsync(moment, stratum.Study, TallyRules.Of(tensions, codes.AskedOfBoth))
            ? TallyForm.Of(await TallyRow.ListAsync(moment, stratum), codes.ConfirmedOnly)
            : await Recount.TallyAsync(moment, stratum, tensions, codes),
        cancellationToken);

    /// <summary>Sees to it that a study is counted by these rules from now on; where it was by others, it is counted anew.</summary>
    public async Task RuleAsync(string study, TallyRules rules, CancellationToken cancellationToken)
    {
        if (await database.LookAsync(moment => IsRuledAsync(moment, study, rules), cancellationToken))
            return;
        await writer.WriteAsync(
            async transaction =>
            {
                await TallyBook.RebuildAsync(transaction, study, rules);
                return true;
            },
            cancellationToken);
    }

    /// <summary>How many cells all studies should have, and those that are not what a recount says; none, where all is well.</summary>
    public Task<(long Cells, IReadOnlyList<TallyFault> Faults)> CompareAsync(CancellationToken cancellationToken) => database.LookAsync<(long, IReadOnlyList<TallyFault>)>(
        async moment =>
        {
            var (cells, faults) = (0L, new List<TallyFault>());
            foreach (var study in await StudiesAsync(moment))
            {
                var rules = await moment.FindAsync<string>("select rules from tally_rules where study = @study", new { study });
                var counted = await Recount.CellsAsync(moment, study, rules is null ? TallyRules.None : TallyRules.Read(rules));
                cells += counted.Count;
                var kept = (await TallyRow.ListAsync(moment, study)).ToDictionary();
                faults.AddRange(counted.Keys.Union(kept.Keys).Select(cell => new TallyFault(study, cell, kept.GetValueOrDefault(cell), counted.GetValueOrDefault(cell)))
                    .Where(cell => cell.Kept != cell.Counted).OrderBy(cell => cell.Cell.ToString(), StringComparer.Ordinal));
            }

            return (cells, faults);
        },
        cancellationToken);

    /// <summary>Counts these studies anew, by the rules they have.</summary>
    public Task<int> MendAsync(IReadOnlyCollection<string> studies, CancellationToken cancellationToken) => writer.WriteAsync(
        async transaction =>
        {
            foreach (var study in studies)
                await TallyBook.RebuildAsync(transaction, study, await TallyBook.RulesAsync(transaction, study));
            return studies.Count;
        },
        cancellationToken);

    /// <summary>Counts what was stored before there were tallies.</summary>
    public static async Task FillAsync(SqliteTransaction transaction)
    {
        foreach (var study in await transaction.ListAsync<string>(Uncounted, new { }))
            await TallyBook.RebuildAsync(transaction, study, TallyRules.None);
    }

    private static async Task<bool> IsRuledAsync(SqliteTransaction moment, string study, TallyRules rules) =>
        await moment.FindAsync<string>("select rules from tally_rules where study = @study", new { study }) == rules.Text;

    private static Task<List<string>> StudiesAsync(SqliteTransaction moment) =>
        moment.ListAsync<string>("select study from session union select study from tally order by 1", new { });
}
