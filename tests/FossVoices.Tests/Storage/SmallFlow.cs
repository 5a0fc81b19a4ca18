using System.Collections.Immutable;
using FossVoices.Flows;

namespace FossVoices.Tests.Storage;

/// <summary>A flow with a little of everything: a side, a path that forks, a pair, an open question with a probe, a pick and a number.</summary>
internal static class SmallFlow
{
    public const string Study = "s";
    public const string Id = "survey";

    private static readonly Scale Five = new("five", ["none", "little", "some", "much", "all"], AgreeFrom: 4, DontKnow: "I don't know");

    public static Flow Flow { get; } = new(
        Id,
        version: 1,
        language: "en",
        Template.Parse("A survey"),
        minutes: 2,
        new ConsentText(Template.Parse("We keep what you say."), "Yes", "No", Quotes: null),
        [
            new Item.Choice("role", Template.Parse("Who are you?"), [new Option("upstream", "I make it"), new Option("downstream", "I use it"), new Option("both", "Both")], SetsSide: true)
            {
                Core = true,
            },
            new Item.Pair("help", Template.Parse("Help is owed."), Template.Parse("What would they say?"), Five) { Core = true },
            new Item.Choice("use", Template.Parse("For what?"), [new Option("work", "Work"), new Option("fun", "Fun")], SetsSide: false)
            {
                If = new Condition.Side(["downstream"]),
            },
            new Item.Open("why", Template.Parse("Why?"), Hint: null, Optional: true, [new Probe("rest", new Condition.Coded(["burnout"], 0.9), Template.Parse("And then?"))], MostProbes: 1),
            new Item.Pick("needs", Template.Parse("What is needed?"), [new Option("time", "Time"), new Option("money", "Money")], Least: 1, Most: 2),
            new Item.Number("years", Template.Parse("For how long?"), Least: 0, Most: 60, Unit: "years", Optional: true),
        ],
        Template.Parse("Thank you."),
        new Setting(Study, "Project", ImmutableSortedDictionary<string, string>.Empty, [], Help: null),
        hash: "0f");

    public static Reply Choose(params string[] ids) => new Reply.Chose([.. ids]);
}
