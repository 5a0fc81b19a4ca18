using System.Collections.Immutable;
using FossVoices.Definitions;
using static FossVoices.Definitions.Shape;

namespace FossVoices.Flows;

/// <summary>What a condition looks like to an editor. <see cref="ConditionReader"/> checks it, and knows the names.</summary>
internal static class ConditionShape
{
    private static readonly Shape.Number s_number = Compared("A number.");

    private static readonly ImmutableArray<Key> s_numbers =
    [
        new("lt", Compared("Less than.")), new("lte", Compared("At most.")), new("gt", Compared("More than.")), new("gte", Compared("At least.")),
    ];

    /// <param name="condition">The condition itself, for those inside it.</param>
    public static Free Drawn(Shape condition) => new(
        "When it is asked. Several keys must all hold. Every key that is none of these names a question that comes before.",
        [
            new("all", new List("All of these hold.", condition, Least: 1)),
            new("any", new List("Any of these holds.", condition, Least: 1)),
            new("not", condition),
            new("side", Names("The person answers from this side.", new Word("A side.", ["upstream", "downstream"]))),
            new("holds", new Text("The id of a tension of which the person holds both halves.")),
            new("coded", Names("Probes only: the answer just given was heard to be about one of these.", new Text("A code's id."))),
            new("sure", new Shape.Number("Probes only: how sure a code must be, from 0 to 1.", 0, 1)),
            new("words", new Shape.Object("Probes only: how many words the answer just given has.", [.. s_numbers, new("ne", Compared("Not."))])),
        ],
        new Either("The answer to this question.",
        [
            new Text("An option's id."), s_number,
            new List("Any of these.", new Either("An option's id or a number.", [new Text("An option's id."), s_number])),
            new Shape.Object("A comparison.",
            [
                .. s_numbers, new("ne", new Either("Not.", [new Text("An option's id."), s_number])),
                new("in", new List("Any of these.", new Either("An option's id or a number.", [new Text("An option's id."), s_number]))),
                new("answered", new Truth("Whether it was answered, and not skipped.")),
            ]),
        ]));

    private static Shape.Number Compared(string about) => new(about, -1e12, 1e12);

    private static Either Names(string about, Shape one) => new(about, [one, new List(about, one)]);
}
