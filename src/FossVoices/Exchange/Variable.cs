using System.Collections.Immutable;
using FossVoices.Flows;

namespace FossVoices.Exchange;

/// <summary>How a variable measures.</summary>
internal enum Measure
{
    /// <summary>One of several options, by number.</summary>
    Choice,

    /// <summary>Whether one option was picked: 1 or 0.</summary>
    Picked,

    /// <summary>The place that one option was ranked at, from 1; 0 where it was not ranked.</summary>
    Place,

    /// <summary>A point of a scale, from 1.</summary>
    Point,

    Number,

    /// <summary>Whether there are words: 1, or why not.</summary>
    Given,

    Words,
}

/// <summary>One column of a flow's wide table, over all versions in which it meant the same.</summary>
/// <param name="Name">Letters, digits, dots and underscores, at most 64, so that SPSS, R and Python take it as it is.</param>
/// <param name="Option">The option that the column is about; null where it is about the whole question.</param>
/// <param name="Options">The ids of all options of all versions, in order; the number of an option is its place, from 1.</param>
/// <param name="In">The versions that have it, by hash, each with the step that asks for it.</param>
internal sealed record Variable(
    string Name, string Address, string? Option, Measure Measure, ImmutableArray<string> Options, bool BelowZero,
    ImmutableDictionary<string, Step> In)
{
    /// <summary>Whether a number below zero can say why there is no answer.</summary>
    public bool HasCodes => Measure != Measure.Words && !BelowZero;

    /// <summary>What stands in the column for somebody.</summary>
    public Cell CellOf(ExportedSession session, AnswerStates states)
    {
        if (!In.TryGetValue(session.Asked!.Hash, out var step))
            return Missing(AnswerState.NotInVersion);
        var (state, value) = states.Of(step);
        if (state != AnswerState.Answered)
            return Missing(state);
        return (Measure, value) switch
        {
            (Measure.Choice, Value.Option(var id)) => Options.IndexOf(id) + 1,
            (Measure.Picked or Measure.Place, _) when Controls.OptionsIn(step, session.Asked).All(option => option.Id != Option) => Missing(AnswerState.NotInVersion),
            (Measure.Picked, Value.Options(var ids)) => Cell.Yes(ids.Contains(Option!)),
            (Measure.Place, Value.Options(var ids)) => ids.IndexOf(Option!) + 1,
            (Measure.Point, Value.Point(var point)) => point,
            (Measure.Number, Value.Quantity(var number)) => (double?)number,
            (Measure.Given, Value.Words) => session.Tells(step.Address) ? 1 : Missing(AnswerState.Withheld),
            (Measure.Words, Value.Words(var text)) => session.Tells(step.Address) ? text : Cell.Nothing,
            _ => Cell.Nothing,
        };
    }

    private Cell Missing(AnswerState state) => HasCodes ? (int)state : Cell.Nothing;
}
