using System.Collections.Immutable;
using System.Globalization;

namespace FossVoices.Flows;

/// <summary>An answer in words: the labels that the person saw.</summary>
internal static class Labels
{
    public static string Of(Step step, FlowPath path, Value value) => value switch
    {
        Value.Skipped => "",
        Value.Words(var text) => text,
        Value.Quantity(var number) => step.Item is Item.Number { Unit: { } unit }
            ? string.Create(CultureInfo.InvariantCulture, $"{number} {unit}")
            : number.ToString(CultureInfo.InvariantCulture),
        Value.DontKnow => ScaleOf(step.Item)?.DontKnow ?? "",
        Value.Point(var point) => ScaleOf(step.Item) is { } scale && point >= 1 && point <= scale.Points.Length ? scale.Points[point - 1] : "",
        Value.Option(var id) => Label(step.Item, path, id),
        Value.Options(var ids) => string.Join(", ", ids.Select(id => Label(step.Item, path, id))),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static Scale? ScaleOf(Item item) => item switch
    {
        Item.Rating rating => rating.Scale,
        Item.Pair pair => pair.Scale,
        _ => null,
    };

    /// <summary>The option's label; the id where the option is gone from the flow.</summary>
    private static string Label(Item item, FlowPath path, string id) =>
        OptionsOf(item, path).FirstOrDefault(o => o.Id == id)?.Label ?? id;

    private static ImmutableArray<Option> OptionsOf(Item item, FlowPath path) => item switch
    {
        Item.Choice choice => choice.Options,
        Item.Pick pick => pick.Options,
        Item.Rank rank => ReplyReader.RankOptions(rank, path),
        Item.Gate gate => ReplyReader.GateOptions(gate),
        _ => [],
    };
}
