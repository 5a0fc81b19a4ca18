using FossVoices.Definitions;
using static FossVoices.Definitions.Shape;

namespace FossVoices.Studies;

/// <summary>What <c>study.json</c> may look like.</summary>
internal static class StudyShape
{
    private static readonly Text s_line = new("One line.", 200);

    public static Shape.Object File { get; } = new("A study.",
    [
        new("$schema", new Text("Where the editor finds the schema.")),
        new("id", new Text("The study's id: the folder's name."), Required: true),
        new("title", new Text("What people see first.", 200), Required: true),
        new("project", new Text("What the study is about, as texts name it.", 100), Required: true),
        new("language", new Text("The language the texts are written in, such as en.", 35), Required: true),
        new("sides", new Shape.Object("What the two sides are called in the middle of a sentence.",
        [
            new("upstream", new Text("Those who make it or keep it running.", 100), Required: true),
            new("downstream", new Text("Those who use it or depend on it.", 100), Required: true),
        ]), Required: true),
        new("team", new Shape.Object("Who asks.",
        [
            new("names", new List("The people or group.", s_line, Least: 1), Required: true),
            new("contact", new Text("Whom to write to.", 200), Required: true),
            new("ethics", new Text("The board's reference, or that there is none.", 500), Required: true),
            new("positions", new Text("The team's own ties to the project.", 2000), Required: true),
        ]), Required: true),
        new("default_flow", new Text("The flow that people get unless they ask for another.", Id: true), Required: true),
        new("waves", new List("Periods in which people are asked; without any, the study is open until it is closed by verb.", new Shape.Object("A wave.",
        [
            new("id", new Text("The wave's id.", Id: true), Required: true),
            new("flows", new List("The flows that are open.", new Text("A flow's id.", Id: true))),
            new("open", new Text("The first day, as 2026-12-01.", 10)),
            new("close", new Text("The last day, as 2027-01-15.", 10)),
            new("remind_after_days", new Whole("When those who asked for it are reminded.", 1, 365)),
        ]))),
        new("places", new Shape.Object("Where people come from.",
        [
            new("pool", new Truth("Whether all servers, all teams and the web link feed one report; where false, each gets a report of its own.")),
            new("sources", new List("Tags that links may carry.", new Text("A tag.", 60))),
            new("one_time_codes", new Truth("Whether a web link opens only with a code handed out once.")),
        ])),
        new("attestation", new Map("Optional proof of a side.", new Shape.Object("What proves it.",
        [
            new("discord_roles", new List("Names of Discord roles.", s_line)),
            new("teams", new List("Ids of Teams teams.", s_line)),
            new("codes", new Truth("One-time codes handed out by an organiser.")),
        ]))),
        new("privacy", new Shape.Object("What is promised.",
        [
            new("minimum_group", new Whole("The smallest side that is ever shown.", 5, 1000)),
            new("retain_days", new Whole("For how many days answers are kept.", 1, 3650)),
            new("noise", new Either("Epsilon of optional noise, or null.", [new Number("Epsilon.", 0.01, 10), new Null()])),
        ])),
        new("release", new Shape.Object("What people are offered to release of their words, answer by answer. Nothing at all, and counting only, can always be chosen.",
        [
            new("text", new Text("What they read before they release anything: who will see it, where, and what cannot be undone.", 2000), Required: true),
            new("offer", new List("How far words can be released beyond counting.", new Word("A release.", ["paraphrase", "anonymous", "named"]), Least: 1), Required: true),
            new("license", new Text("The open licence of what is released under a name, such as CC BY 4.0.", 60)),
            new("reply_days", new Whole("For how many days those whose words stand in a report can answer before it is posted.", 1, 60)),
        ])),
        new("coding", new Shape.Object("How codes count.",
        [
            new("count", new Word("Whether codes count before a person has confirmed them.", ["confirmed", "unchecked"])),
            new("learn_from", new Whole("Examples that a code needs before the learning coder speaks.", 1, 1000)),
        ])),
        new("report", new Shape.Object("When and where reports are posted.",
        [
            new("schedule", new Text("A cron expression.", 100)),
            new("time_zone", new Text("The time zone of the schedule.", 60)),
            new("channels", new List("Where reports are posted.", s_line)),
            new("tensions_shown", new Whole("How many tensions a report shows.", 0, 10)),
            new("preview_hours", new Whole("How long organisers see it before it is posted.", 0, 336)),
        ])),
        new("tensions", new List("Expectations that one person can hold at once although they collide.", new Shape.Object("A tension.",
        [
            new("id", new Text("The tension's id.", Id: true), Required: true),
            new("a", new Text("One half: ITEM of the default flow, or FLOW.ITEM.", 130), Required: true),
            new("b", new Text("The other half.", 130), Required: true),
            new("label", new Text("What reports call it.", 120), Required: true),
            new("starter", new Text("One question to both sides.", 500), Required: true),
        ]))),
        new("help", new Text("Said when an answer sounds like distress, instead of a probe.", 2000)),
    ]);
}
