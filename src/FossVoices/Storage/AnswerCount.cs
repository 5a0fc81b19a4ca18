using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace FossVoices.Storage;

/// <summary>
/// Counts who answered what in one pass over the rows, in the order in which they lie. Grouping them in SQL would sort them all, and pairing own views with
/// guesses would look each guess up, which takes several times as long.
/// </summary>
internal sealed class AnswerCount
{
    private const string Own = ".own";
    private const string Guess = ".other";

    private readonly Dictionary<(string Side, string Flow), Dictionary<(string Address, string Kind, string Value, double? Number), long>> _values = [];
    private readonly Dictionary<(string Side, string Flow, string Item, int Difference), long> _differences = [];

    /// <summary>The points of the session that is being read, by address.</summary>
    private readonly Dictionary<string, double> _points = new(StringComparer.Ordinal);

    private AnswerCount()
    {
    }

    /// <summary>Whether anybody who counts answered anything in words, without which there is nothing to code.</summary>
    public bool HasWords { get; private set; }

    public ImmutableArray<ValueCount> Values => [.. _values
        .SelectMany(flow => flow.Value.Select(cell => new ValueCount
        {
            Side = flow.Key.Side,
            Flow = flow.Key.Flow,
            Address = cell.Key.Address,
            Kind = cell.Key.Kind,
            Value = cell.Key.Value,
            Number = cell.Key.Number,
            Persons = cell.Value,
        }))
        .OrderBy(v => v.Side, StringComparer.Ordinal).ThenBy(v => v.Flow, StringComparer.Ordinal).ThenBy(v => v.Address, StringComparer.Ordinal)
        .ThenBy(v => v.Kind, StringComparer.Ordinal).ThenBy(v => v.Value, StringComparer.Ordinal).ThenBy(v => v.Number)];

    public ImmutableArray<DifferenceCount> Differences => [.. _differences
        .Select(cell => new DifferenceCount { Side = cell.Key.Side, Flow = cell.Key.Flow, Item = cell.Key.Item, Difference = cell.Key.Difference, Persons = cell.Value })
        .OrderBy(d => d.Side, StringComparer.Ordinal).ThenBy(d => d.Flow, StringComparer.Ordinal).ThenBy(d => d.Item, StringComparer.Ordinal).ThenBy(d => d.Difference)];

    /// <param name="who">See <see cref="Recount.Parameters"/>.</param>
    public static async Task<AnswerCount> OfAsync(SqliteTransaction moment, object who)
    {
        var sessions = (await moment.ListAsync<Counted>($"{Recount.People} select c.session, c.flow, p.side from counted c join person p on p.respondent = c.respondent", who))
            .ToDictionary(counted => counted.Session, StringComparer.Ordinal);
        var count = new AnswerCount();
        await using var rows = await moment.Connection!.ExecuteReaderAsync(
            "select session, address, kind, value, number from answer where study = @Study and on_path = 1 order by study, session, address", who, moment);
        count.Read(rows, sessions);
        return count;
    }

    private void Read(DbDataReader rows, Dictionary<string, Counted> sessions)
    {
        string? reading = null;
        Counted? counted = null;
        while (rows.Read())
        {
            var session = rows.GetString(0);
            if (session != reading)
            {
                Pair(counted);
                reading = session;
                counted = sessions.GetValueOrDefault(session);
            }

            if (counted is not null)
                Add(counted, rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.IsDBNull(4) ? null : rows.GetDouble(4));
        }

        Pair(counted);
    }

    private void Add(Counted counted, string address, string kind, string value, double? number)
    {
        HasWords |= kind == AnswerRow.InWords;
        if (counted.Flow != Sessions.Session.ImportedFlow)
        {
            ref var cells = ref CollectionsMarshal.GetValueRefOrAddDefault(_values, (counted.Side, counted.Flow), out _);
            CollectionsMarshal.GetValueRefOrAddDefault(cells ??= [], (address, kind, value, number), out _)++;
        }

        if (kind == "point" && number is { } point && (address.EndsWith(Own, StringComparison.Ordinal) || address.EndsWith(Guess, StringComparison.Ordinal)))
            _points[address] = point;
    }

    /// <summary>Counts how far the own views of the session that was read are from its guesses, and forgets them.</summary>
    private void Pair(Counted? counted)
    {
        if (counted is not null)
        {
            foreach (var (address, own) in _points)
            {
                if (address.EndsWith(Own, StringComparison.Ordinal) && address[..^Own.Length] is var item && _points.TryGetValue(item + Guess, out var guess))
                    CollectionsMarshal.GetValueRefOrAddDefault(_differences, (counted.Side, counted.Flow, item, (int)(own - guess)), out _)++;
            }
        }

        _points.Clear();
    }

    /// <summary>A session that counts, and the side of its person.</summary>
    private sealed record Counted
    {
        public string Session { get; init; } = "";

        public string Flow { get; init; } = "";

        public string Side { get; init; } = "";
    }
}
