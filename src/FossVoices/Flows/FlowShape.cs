using System.Collections.Immutable;
using FossVoices.Definitions;
using static FossVoices.Definitions.Shape;

namespace FossVoices.Flows;

/// <summary>What <c>flows/*.json</c> may look like.</summary>
public static class FlowShape
{
    private const int LongText = 4000;
    private const int Ask = 1000;
    private const int Label = 200;

    private static readonly Text s_ask = new("What is asked. {names} in braces are filled in.", Ask);
    private static readonly Text s_scale = new("The id of a scale under 'scales'.", Id: true);
    private static readonly Text s_starter = new("The question to both sides that a report prints with this item's gap.", Ask);
    private static readonly Map s_options = new("What can be chosen: ids, which are stored, with the labels that people read.", new Text("The label.", Label), Least: 2);

    private static readonly Named s_item = new("item", () => Item!);
    private static readonly Named s_condition = new("condition", () => Condition!);

    private static readonly ImmutableArray<Key> s_common =
    [
        new("id", new Text("The item's id, unique in the flow and never used again for something else.", Id: true), Required: true),
        new("type", new Text("What kind of item it is."), Required: true),
        new("if", s_condition),
        new("core", new Truth("Whether the item belongs to what makes an answer complete.")),
        new("apart_from", new List("Items of the same group that must not stand next to this one.", new Text("An item's id.", Id: true))),
        new("codes", new List("The codes that the item is about.", new Text("A code's id."))),
        new("vary", new Map("Wordings of which one is drawn for each person, by the name used in the text.", new List("The wordings.", new Text("A wording.", Label), Least: 2))),
    ];

    private static readonly ImmutableArray<Key> s_reported =
    [
        new("short", new Text("The words that reports and pictures use.", 60)),
        new("reading", new Word("What 'expect' means here: owed (should), predicted (will), kept (does).", ["owed", "predicted", "kept"])),
        new("starter", s_starter),
        new("need", new Either("What a side says it needs, or null.", [new Text("What a side says it needs.", Ask), new Null()])),
    ];

    private static readonly Key s_again = new("again", new Text("The question of an earlier wave that this asks again, as FLOW.ITEM, so that shift within a person can be told.", 130));

    private static readonly Shape.Object s_probe = new("A question asked after an open answer, if its condition holds.",
    [
        new("id", new Text("The probe's id, unique in its item.", Id: true), Required: true),
        new("if", s_condition, Required: true),
        new("ask", s_ask, Required: true),
    ]);

    /// <summary>When something is asked. Its other keys are addresses of items, so it is checked where it is read.</summary>
    public static Anything Condition { get; } = new(
        "When it is asked: {\"item\":\"option\"}, {\"item\":{\"gte\":4}}, {\"side\":\"upstream\"}, {\"holds\":\"tension\"}, all, any, not; in probes also coded, sure, words.",
        ConditionShape.Drawn(s_condition));

    public static Variants Item { get; } = new("One entry of a flow.", "type", new Dictionary<string, Shape.Object>(StringComparer.Ordinal)
    {
        ["notice"] = With("A line to read, shown with the next question.", [new("ask", new Text("The line.", Ask), Required: true)]),
        ["choice"] = With("One of several options.",
        [
            new("ask", s_ask, Required: true), new("options", s_options, Required: true),
            new("sets", new Word("'side' where the answer sets the person's side.", ["side"])), .. s_reported,
        ]),
        ["pick"] = With("Several of several options.",
        [
            new("ask", s_ask, Required: true), new("options", s_options, Required: true),
            new("least", new Whole("How many at least.", 0, 100)), new("most", new Whole("How many at most.", 1, 100)), .. s_reported,
        ]),
        ["scale"] = With("A point on a scale.", [new("ask", s_ask, Required: true), new("scale", s_scale, Required: true), s_again, .. s_reported]),
        ["pair"] = With("The own view, and a guess of what the other side would say.",
        [
            new("own", new Text("Asks for the own view.", Ask), Required: true),
            new("other", new Text("Asks what most people on the other side would say.", Ask), Required: true),
            new("scale", s_scale, Required: true), s_again, .. s_reported,
        ]),
        ["text"] = With("An answer in the person's own words.",
        [
            new("ask", s_ask, Required: true), new("hint", new Text("A word of help under the question.", Label)),
            new("optional", new Truth("Whether an empty answer is fine.")),
            new("probes", new List("Questions asked after the answer, in this order.", s_probe)),
            new("most_probes", new Whole("How many of them at most.", 0, 5)), .. s_reported,
        ]),
        ["number"] = With("A number.",
        [
            new("ask", s_ask, Required: true), new("least", new Number("The smallest.", -1e12, 1e12), Required: true),
            new("most", new Number("The largest.", -1e12, 1e12), Required: true), new("unit", new Text("What it counts.", 40)),
            new("optional", new Truth("Whether an empty answer is fine.")), .. s_reported,
        ]),
        ["rank"] = With("The most important ones, in order.",
        [
            new("ask", s_ask, Required: true), new("from", new Text("The 'pick' whose chosen options are ranked.", Id: true)),
            new("options", s_options), new("top", new Whole("How many places are given.", 1, 10)), .. s_reported,
        ]),
        ["group"] = With("Items that belong together.",
        [
            new("order", new Word("'random' where each person meets them in an order of its own.", ["fixed", "random"])),
            new("show", new Map("How many of them each side is shown; \"all\" or a number.",
                new Either("A number, or \"all\".", [new Whole("So many.", 1, 1000), new Word("All of them.", ["all"])]))),
            new("items", new List("The items.", s_item, Least: 1), Required: true),
        ]),
        ["mirror"] = With("Shows released words of an earlier wave, and asks what the person thinks now.",
        [
            new("ask", s_ask, Required: true),
            new("differently", new Text("Asks whether the person would say it differently.", Ask)),
            new("unexpected", new Text("Asks which of them the person did not expect.", Ask)),
            new("wave", new Text("The earlier wave; left out in a study without waves.", Id: true)),
            new("of", new Text("The question whose answers are shown: FLOW.ITEM, or import for transcripts. Left out where 'codes' choose.", 130)),
            new("other_side", new Whole("How many of the other side.", 0, MirrorRule.MostShown), Required: true),
            new("own_side", new Whole("How many of the own side.", 0, MirrorRule.MostShown), Required: true),
            new("at_least", new Whole("From fewer people of a side than this, nothing of that side is shown; 2 where this is left out.", 1, 100)),
        ]),
        ["gate"] = With("Asks whether to go on; after 'no' the flow is over.",
        [
            new("ask", s_ask, Required: true), new("yes", new Text("The label for going on.", Label), Required: true),
            new("no", new Text("The label for stopping.", Label), Required: true),
        ]),
    }.ToImmutableDictionary(StringComparer.Ordinal));

    public static Shape.Object File { get; } = new("A survey or an interview.",
    [
        new("$schema", new Text("Where the editor finds the schema.")),
        new("id", new Text("The flow's id: the file's name.", Id: true), Required: true),
        new("version", new Whole("Counted up with every change that breaks comparison.", 1, 10_000), Required: true),
        new("language", new Text("The language of the texts, such as en."), Required: true),
        new("title", new Text("What people see first.", Label), Required: true),
        new("minutes", new Whole("How long it takes.", 1, 240), Required: true),
        new("consent", new Shape.Object("What people agree to before anything is kept.",
        [
            new("text", new Text("Who asks, why, how long, what is kept and for how long, that it is voluntary, how to withdraw, what cannot be undone, who reads the words, whom to ask.", LongText), Required: true),
            new("agree", new Text("The label of yes.", Label), Required: true),
            new("decline", new Text("The label of no.", Label), Required: true),
            new("quotes", new Shape.Object("Whether words may be quoted.",
            [
                new("text", new Text("The question.", Ask), Required: true),
                new("options", new Shape.Object("The answers; the default is no.",
                [
                    new("no", new Text("No.", Label), Required: true), new("paraphrase", new Text("In other words.", Label)),
                    new("anonymous", new Text("Without a name.", Label)), new("named", new Text("With a name.", Label)),
                ]), Required: true),
            ])),
        ]), Required: true),
        new("scales", new Map("The rating scales that items use, by id.", new Shape.Object("A scale.",
        [
            new("points", new List("The labels, from the lowest to the highest; five to seven do for most questions.", new Text("A label.", Label), Least: 2, Most: 11), Required: true),
            new("agree_from", new Whole("The lowest point that counts as agreeing, counted from 1.", 1, 11)),
            new("dont_know", new Text("The label of \"I don't know\", kept apart from the points.", Label)),
        ]))),
        new("items", new List("What is asked, in order.", s_item, Least: 1), Required: true),
        new("end", new Text("The closing words.", Ask), Required: true),
    ]);

    private static Shape.Object With(string about, ImmutableArray<Key> keys) => new(about, [.. s_common, .. keys]);
}
