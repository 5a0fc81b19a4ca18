using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>
/// Counts who answered what in one pass over the rows, in the order in which they lie. Grouping them in SQL would sort them all, and pairing own views with
/// guesses would look each guess up, which takes several times as long.
/// </summary>
internal sealed class AnswerCount
{
    private readonly Dictionary<(string Side, string Flow), FlowCount> _flows = [];

    private readonly ILookup<string, TensionHalves> _tensions;

    private AnswerCount(IEnumerable<TensionHalves> tensions) => _tensions = tensions.ToLookup(tension => tension.A.Flow, StringComparer.Ordinal);

    /// <summary>Whether anybody who counts answered anything in words, without which there is nothing to code.</summary>
    public bool HasWords { get; private set; }

    public ImmutableArray<ValueCount> Values => [.. _flows.Values.SelectMany(flow => flow.Values)
        .OrderBy(v => v.Side, StringComparer.Ordinal).ThenBy(v => v.Flow, StringComparer.Ordinal).ThenBy(v => v.Address, StringComparer.Ordinal)
        .ThenBy(v => v.Kind, StringComparer.Ordinal).ThenBy(v => v.Value, StringComparer.Ordinal).ThenBy(v => v.Number)];

    public ImmutableArray<DifferenceCount> Differences => [.. _flows.Values.SelectMany(flow => flow.Differences)
        .OrderBy(d => d.Side, StringComparer.Ordinal).ThenBy(d => d.Flow, StringComparer.Ordinal).ThenBy(d => d.Item, StringComparer.Ordinal).ThenBy(d => d.Difference)];

    public IEnumerable<HeldCount> Held => _flows.Values.SelectMany(flow => flow.Held)
        .OrderBy(held => held.Side, StringComparer.Ordinal).ThenBy(held => held.HoldsA).ThenBy(held => held.HoldsB);

    /// <param name="tensions">Those of which both halves are in one flow, so that one session tells what a person holds.</param>
    /// <param name="who">See <see cref="Recount.Parameters"/>.</param>
    public static async Task<AnswerCount> OfAsync(SqliteTransaction moment, Stratum stratum, IEnumerable<TensionHalves> tensions, object who)
    {
        var count = new AnswerCount(tensions);
        var sessions = await count.SessionsAsync(moment, who);
        await using var command = new SqliteCommand(
            "select session, address, kind, value, number from answer where study = @study and on_path = 1 order by study, session, address", moment.Connection, moment);
        command.Parameters.AddWithValue("@study", stratum.Study);
        await using var rows = await command.ExecuteReaderAsync();
        count.Read(rows, sessions);
        return count;
    }

    /// <returns>Where each session that counts is counted, by the session's name; nowhere for what was imported.</returns>
    private async Task<Dictionary<byte[], FlowCount?>> SessionsAsync(SqliteTransaction moment, object who)
    {
        var sessions = new Dictionary<byte[], FlowCount?>(Utf8Key.Comparer);
        foreach (var counted in await moment.ListAsync<Counted>($"{Recount.Sessions} select session, flow, {Recount.SideOfPerson} as side from counted", who))
        {
            FlowCount? flow = null;
            if (counted.Flow != Sessions.Session.ImportedFlow && !_flows.TryGetValue((counted.Side, counted.Flow), out flow))
                _flows.Add((counted.Side, counted.Flow), flow = new(counted.Side, counted.Flow, _tensions[counted.Flow]));
            sessions.Add(System.Text.Encoding.UTF8.GetBytes(counted.Session), flow);
        }

        return sessions;
    }

    private void Read(SqliteDataReader rows, Dictionary<byte[], FlowCount?> sessions)
    {
        var bySpan = sessions.GetAlternateLookup<ReadOnlySpan<byte>>();
        byte[] reading = [];
        var (counts, flow) = (false, (FlowCount?)null);
        while (rows.Read())
        {
            var session = Utf8Key.Of(rows, 0);
            if (!session.SequenceEqual(reading))
            {
                flow?.EndSession();
                counts = bySpan.TryGetValue(session, out reading!, out flow);
                reading ??= session.ToArray();
            }

            if (!counts)
                continue;
            var kind = AnswerRow.KindOf(Utf8Key.Of(rows, 2));
            HasWords |= kind == AnswerRow.InWords;
            flow?.Add(Utf8Key.Of(rows, 1), kind, kind == AnswerRow.Point ? "" : rows.GetString(3), rows.IsDBNull(4) ? null : rows.GetDouble(4));
        }

        flow?.EndSession();
    }

    /// <summary>A session that counts, and the side of its person.</summary>
    private sealed record Counted
    {
        public string Session { get; init; } = "";

        public string Flow { get; init; } = "";

        public string Side { get; init; } = "";
    }
}
