using System.Collections.Immutable;
using FossVoices.Definitions;
using FossVoices.Flows;

namespace FossVoices.Exchange;

/// <summary>The data dictionary: what every column of the wide tables asks, and what its numbers mean, in every version and language.</summary>
internal static class DictionaryTables
{
    /// <summary>One row for each variable, version of the flow and language.</summary>
    public static Table Variables(IEnumerable<WideTable> flows) => new(
        "variables",
        [
            "variable", "flow", "flow_version", "flow_hash", "language", "address", "item", "part", "measure", "option", "option_label", "question", "short", "scale", "points", "agree_from",
            "least", "most", "unit", "reading", "core", "codes",
        ],
        flows.SelectMany(flow => flow.Variables.SelectMany(variable => flow.Versions.Where(version => variable.In.ContainsKey(version.Flow.Hash)).SelectMany(version =>
            InLanguages(version).Select(spoken => Row(variable, version.Flow, spoken))))));

    /// <summary>One row for each number that can stand in a column, missing ones included, and its label in each version and language.</summary>
    public static Table Values(IEnumerable<WideTable> flows) => new(
        "values",
        ["variable", "number", "option", "label", "flow_version", "flow_hash", "language", "missing"],
        flows.SelectMany(flow => flow.Variables.SelectMany(variable => ValuesOf(flow, variable))));

    /// <summary>What the numbers of a variable mean in one version of the flow.</summary>
    public static IEnumerable<(int Number, string Option, string Label)> Labels(Variable variable, Flow flow)
    {
        var options = Controls.OptionsIn(flow.Steps.At(variable.Address)!, flow);
        return variable.Measure switch
        {
            Measure.Choice => options.Select(option => (variable.Options.IndexOf(option.Id) + 1, option.Id, option.Label)),
            Measure.Picked => [(0, "", "not picked"), (1, "", "picked")],
            Measure.Place => [(0, "", "not ranked")],
            Measure.Given => [(1, "", "in words")],
            Measure.Point => ScaleOf(flow.Steps.At(variable.Address)!.Item)!.Points.Select((label, i) => (i + 1, "", label)),
            _ => [],
        };
    }

    /// <summary>What the numbers below zero say.</summary>
    public static ImmutableArray<(int Number, string Name, string Label)> Missing { get; } =
    [
        ((int)AnswerState.DontKnow, "dont_know", "don't know"),
        ((int)AnswerState.Skipped, "skipped", "skipped"),
        ((int)AnswerState.NotShown, "not_shown", "not shown: left out by chance (planned missingness)"),
        ((int)AnswerState.NotAsked, "not_asked", "not asked: its condition did not hold"),
        ((int)AnswerState.Declined, "declined", "declined: said no at the gate before it"),
        ((int)AnswerState.NotReached, "not_reached", "not reached: stopped before it"),
        ((int)AnswerState.LeftBehind, "left_behind", "left behind: answered, then went back another way"),
        ((int)AnswerState.NotInVersion, "not_in_version", "not in this version of the flow"),
        ((int)AnswerState.Withheld, "withheld", "withheld: the words do not leave with this export"),
    ];

    public static Scale? ScaleOf(Item item) => item switch { Item.Rating rating => rating.Scale, Item.Pair pair => pair.Scale, _ => null };

    private static IEnumerable<ImmutableArray<Cell>> ValuesOf(WideTable flow, Variable variable)
    {
        foreach (var version in flow.Versions.Where(version => variable.In.ContainsKey(version.Flow.Hash)))
        {
            foreach (var spoken in InLanguages(version))
            {
                foreach (var (number, option, label) in Labels(variable, spoken))
                    yield return [variable.Name, number, option, label, version.Flow.Version, version.Flow.Hash, spoken.Language, Cell.Yes(false)];
            }
        }

        if (variable.HasCodes)
        {
            foreach (var (number, name, label) in Missing)
                yield return [variable.Name, number, name, label, Cell.Nothing, "", "en", Cell.Yes(true)];
        }
    }

    private static ImmutableArray<Cell> Row(Variable variable, Flow version, Flow spoken)
    {
        var step = spoken.Steps.At(variable.Address)!;
        var scale = ScaleOf(step.Item);
        var number = step.Item as Item.Number;
        return
        [
            variable.Name, version.Id, version.Version, version.Hash, spoken.Language, variable.Address, step.Item.Id,
            step.Probe is { } probe ? $"probe {probe.Id}" : step.Half switch { Flows.Half.Own => "own", Flows.Half.Guess => "other", _ => "" },
            Spelling.Of(variable.Measure), variable.Option,
            variable.Option is null ? null : Controls.OptionsIn(step, spoken).FirstOrDefault(option => option.Id == variable.Option)?.Label,
            step.Text!.Source, step.Item.Short, scale?.Id, scale?.Points.Length, scale?.AgreeFrom, number?.Least, number?.Most, number?.Unit,
            step.Item.Reading == Reading.None ? "" : Spelling.Of(step.Item.Reading), Cell.Yes(step.IsCore), string.Join(' ', step.Item.Codes),
        ];
    }

    private static IEnumerable<Flow> InLanguages(ExportedFlow version) => version.Languages.Values.Prepend(version.Flow);
}
