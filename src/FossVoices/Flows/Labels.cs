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
        Value.Option(var id) => Label(step, path, id),
        Value.Options(var ids) => string.Join(", ", ids.Select(id => Label(step, path, id))),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static Scale? ScaleOf(Item item) => item switch
    {
        Item.Rating rating => rating.Scale,
        Item.Pair pair => pair.Scale,
        _ => null,
    };

    /// <summary>The option's label; the id where the option is gone from the flow.</summary>
    private static string Label(Step step, FlowPath path, string id)
    {
        foreach (var option in Controls.OptionsOf(step, path))
        {
            if (option.Id == id)
                return option.Label;
        }

        return id;
    }
}
