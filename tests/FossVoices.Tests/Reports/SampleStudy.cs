using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Flows;
using FossVoices.Studies;

namespace FossVoices.Tests.Reports;

/// <summary>A small study of five questions, two tensions and four codes, and the same one with hostile words.</summary>
internal static class SampleStudy
{
    private static readonly Scale s_howFar = new("how_far", ["not at all", "a little", "somewhat", "mostly", "fully"], AgreeFrom: 4, "I don't know");

    public static Study Of(Func<string, string>? say = null, int minimumGroup = 10, int copies = 1)
    {
        var words = say ?? (text => text);
        var setting = new Setting("sample", "Sample", Labels(words), [], Help: null);
        var items = Enumerable.Range(0, copies).SelectMany(copy => Items(words, copy == 0 ? "" : $"_{copy}")).ToImmutableArray();
        var flow = new Flow(
            "survey", 1, "en", Template.Parse("What do we expect?"), 5, new ConsentText(Template.Parse("Yes?"), "Yes", "No", Quotes: null),
            items, Template.Parse("Thanks."), setting, hash: "sample");
        return new Study
        {
            Id = "sample",
            Title = words("What do we expect of Sample?"),
            Project = "Sample",
            Language = "en",
            Sides = Labels(words),
            Team = new Team(["Ada"], "voices@example.org", "none", words("We use Sample ourselves.")),
            DefaultFlow = "survey",
            MinimumGroup = minimumGroup,
            Tensions =
            [
                new("attention", new("survey", "free"), new("survey", "warn"), words("Keeping to one's own work, and knowing what goes on"), words("What would one want to hear of?")),
                new("help", new("survey", "days"), new("survey", "takeover"), words("Just working, and stepping in"), words("Who would hear a call for help?")),
            ],
            Codebook = new Codebook("sample", 1, [Code("burnout", "Burnout", words), Code("trust", "Trust", words), Code("busfactor", "Bus factor", words), Code("funding", "Funding", words)]),
            Flows = ImmutableSortedDictionary<string, Flow>.Empty.Add("survey", flow),
        };
    }

    private static ImmutableArray<Item> Items(Func<string, string> words, string suffix) =>
    [
        Pair($"days{suffix}", words("Bugs that block people are fixed within days"), words("Which problems really need an answer within days?"), words("A list of what blocks people.")),
        Pair($"takeover{suffix}", words("If a maintainer stops, someone takes over"), words("Upstream: what would you hand over? Downstream: what would you notice first?"), null),
        Rating($"noncode{suffix}", words("Help other than code is wanted"), words("Which task other than code has waited longest?")),
        Rating($"warn{suffix}", words("Big changes are announced well ahead"), words("Where do people look first?")),
        Rating($"free{suffix}", words("Using it costs nothing"), words("What would be lost if it did?")),
    ];

    private static Item.Pair Pair(string id, string name, string starter, string? need) =>
        new(id, Template.Parse("You?"), Template.Parse("They?"), s_howFar) { Short = name, Starter = starter, Need = need, Core = true };

    private static Item.Rating Rating(string id, string name, string starter) => new(id, Template.Parse("You?"), s_howFar) { Short = name, Starter = starter, Core = true };

    private static Code Code(string id, string label, Func<string, string> words) => new() { Id = id, Label = words(label), Brief = words(label) };

    private static ImmutableSortedDictionary<string, string> Labels(Func<string, string> words) =>
        ImmutableSortedDictionary<string, string>.Empty.Add("upstream", words("people who work on Sample")).Add("downstream", words("people who use Sample"));
}
