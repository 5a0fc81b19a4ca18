using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Storage;

/// <summary>The counts of a stratum as the cells that are kept, and back.</summary>
internal static class TallyForm
{
    /// <summary>The cells of a stratum's counts, but for those of unread answers, which a tally does not tell apart by side.</summary>
    public static IEnumerable<KeyValuePair<TallyCell, long>> Cells(this Tally tally, Stratum stratum)
    {
        foreach (var v in tally.Values)
            yield return new(Cell(v.Side, TallyCell.Answer) with { Area = v.Flow, Name = v.Address, Kind = v.Kind, Value = v.Number is null ? v.Value : TallyCell.Text(v.Number) }, v.Persons);
        foreach (var d in tally.Differences)
            yield return new(Cell(d.Side, TallyCell.Difference) with { Area = d.Flow, Name = d.Item, Value = TallyCell.Text(d.Difference) }, d.Persons);
        foreach (var h in tally.Tensions)
            yield return new(Cell(h.Side, TallyCell.Tension) with { Name = h.Tension, Kind = TallyCell.Held(h.HoldsA != 0, h.HoldsB != 0) }, h.Persons);
        foreach (var m in tally.Mentions)
        {
            var cell = Cell(m.Side, TallyCell.Code) with { Name = m.Code };
            yield return new(cell with { Kind = TallyCell.Persons }, m.Persons);
            yield return new(cell with { Kind = TallyCell.Confirmed }, m.Confirmed);
            yield return new(cell with { Kind = TallyCell.Answers }, m.Answers);
            yield return new(cell with { Kind = TallyCell.ConfirmedAnswers }, m.ConfirmedAnswers);
        }

        foreach (var c in tally.Codable)
        {
            yield return new(Cell(c.Side, TallyCell.Read) with { Kind = TallyCell.Persons }, c.Persons);
            yield return new(Cell(c.Side, TallyCell.Read) with { Kind = TallyCell.Answers }, c.Answers);
        }

        TallyCell Cell(string side, string about) => new(stratum.Wave!, stratum.Public, stratum.AttestedOnly, side, about);
    }

    /// <summary>The counts that the cells of one stratum hold.</summary>
    public static Tally Of(IReadOnlyList<KeyValuePair<TallyCell, long>> cells, bool confirmedOnly)
    {
        var by = cells.OrderBy(cell => cell.Key.Side, StringComparer.Ordinal).ThenBy(cell => cell.Key.Area, StringComparer.Ordinal).ThenBy(cell => cell.Key.Name, StringComparer.Ordinal)
            .ToLookup(cell => cell.Key.About, StringComparer.Ordinal);
        return new Tally(
            [.. by[TallyCell.Answer].Select(ValueOf).OrderBy(v => v.Side, StringComparer.Ordinal).ThenBy(v => v.Flow, StringComparer.Ordinal)
                .ThenBy(v => v.Address, StringComparer.Ordinal).ThenBy(v => v.Kind, StringComparer.Ordinal).ThenBy(v => v.Value, StringComparer.Ordinal).ThenBy(v => v.Number)],
            [.. by[TallyCell.Difference].Select(DifferenceOf).OrderBy(d => d.Side, StringComparer.Ordinal).ThenBy(d => d.Flow, StringComparer.Ordinal)
                .ThenBy(d => d.Item, StringComparer.Ordinal).ThenBy(d => d.Difference)],
            [.. by[TallyCell.Tension].Select(HeldOf).OrderBy(h => h.Tension, StringComparer.Ordinal).ThenBy(h => h.Side, StringComparer.Ordinal).ThenBy(h => h.HoldsA).ThenBy(h => h.HoldsB)],
            [.. by[TallyCell.Code].GroupBy(cell => (cell.Key.Side, cell.Key.Name)).Select(code => MentionOf(code.Key.Side, code.Key.Name, Counts(code), confirmedOnly)).Where(m => m.Persons > 0)],
            [.. by[TallyCell.Read].GroupBy(cell => cell.Key.Side, StringComparer.Ordinal).Select(side => (side.Key, Counts: Counts(side)))
                .Select(side => new CodableCount { Side = side.Key, Persons = side.Counts[TallyCell.Persons], Answers = side.Counts[TallyCell.Answers] })],
            by[TallyCell.Unread].Sum(cell => cell.Value));
    }

    private static ValueCount ValueOf(KeyValuePair<TallyCell, long> cell)
    {
        var isNumber = cell.Key.Kind is AnswerRow.Point or "number";
        return new ValueCount
        {
            Side = cell.Key.Side,
            Flow = cell.Key.Area,
            Address = cell.Key.Name,
            Kind = cell.Key.Kind,
            Value = isNumber ? "" : cell.Key.Value,
            Number = isNumber ? double.Parse(cell.Key.Value, CultureInfo.InvariantCulture) : null,
            Persons = cell.Value,
        };
    }

    private static DifferenceCount DifferenceOf(KeyValuePair<TallyCell, long> cell) => new()
    {
        Side = cell.Key.Side,
        Flow = cell.Key.Area,
        Item = cell.Key.Name,
        Difference = int.Parse(cell.Key.Value, CultureInfo.InvariantCulture),
        Persons = cell.Value,
    };

    private static HeldCount HeldOf(KeyValuePair<TallyCell, long> cell) => new()
    {
        Tension = cell.Key.Name,
        Side = cell.Key.Side,
        HoldsA = cell.Key.Kind is "a" or "both" ? 1 : 0,
        HoldsB = cell.Key.Kind is "b" or "both" ? 1 : 0,
        Persons = cell.Value,
    };

    private static MentionCount MentionOf(string side, string code, ImmutableDictionary<string, long> counts, bool confirmedOnly) => new()
    {
        Side = side,
        Code = code,
        Persons = counts.GetValueOrDefault(confirmedOnly ? TallyCell.Confirmed : TallyCell.Persons),
        Confirmed = counts.GetValueOrDefault(TallyCell.Confirmed),
        Answers = counts.GetValueOrDefault(confirmedOnly ? TallyCell.ConfirmedAnswers : TallyCell.Answers),
        ConfirmedAnswers = counts.GetValueOrDefault(TallyCell.ConfirmedAnswers),
    };

    private static ImmutableDictionary<string, long> Counts(IEnumerable<KeyValuePair<TallyCell, long>> cells) =>
        cells.ToImmutableDictionary(cell => cell.Key.Kind, cell => cell.Value, StringComparer.Ordinal);
}
