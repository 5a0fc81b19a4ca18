using System.Collections.Immutable;
using System.Text;
using FossVoices.Definitions;
using FossVoices.Flows;

namespace FossVoices.Tests.Flows;

/// <summary>Flows written in place, as a researcher writes them; what every flow needs besides its items is filled in.</summary>
internal static class Written
{
    public static readonly ImmutableArray<string> Codes = ["burnout", "busfactor", "trust", "magic"];

    public static Setting Setting { get; } = new(
        "s", "PyPI",
        ImmutableSortedDictionary<string, string>.Empty.Add("upstream", "people who make it").Add("downstream", "people who use it"),
        [new Tension("pull", "focus", "aware", "Focus and awareness", "What would help?")],
        Help: "Here is who you can talk to.");

    /// <summary>The flow of these items, which must be faultless.</summary>
    public static Flow Flow(string items, string end = "Thank you.", Setting? setting = null)
    {
        var (flow, problems) = Read(items, end, setting);
        Assert.True(flow is not null, string.Join('\n', problems));
        return flow;
    }

    public static (Flow? Flow, ImmutableArray<Problem> Problems) Read(string items, string end = "Thank you.", Setting? setting = null) => ReadFile($$"""
        { "id": "survey", "version": 1, "language": "en", "title": "About {project}", "minutes": 3,
          "consent": { "text": "Voluntary. Kept until {retention_date}. Withdraw: /voices withdraw. Ask: a@example.org. FossVoices asks why in 3 minutes; posted figures cannot be undone; the team reads your words; no ethics board.",
            "agree": "Yes", "decline": "No" },
          "scales": { "five": { "points": ["none", "little", "some", "much", "all"], "agree_from": 4, "dont_know": "I don't know" } },
          "end": "{{end}}",
          "items": [
        {{items}}
          ] }
        """, setting);

    public static (Flow? Flow, ImmutableArray<Problem> Problems) ReadFile(string json, Setting? setting = null)
    {
        var problems = new Problems("survey.json");
        var flow = JsonFile.Read(Encoding.UTF8.GetBytes(json), problems) is { } root ? FlowFile.Read(root, setting ?? Setting, Codes, problems) : null;
        return (flow, problems.InOrder());
    }

    public const string Role = """
        { "id": "role", "type": "choice", "sets": "side", "ask": "Who are you?", "options": { "upstream": "I make it", "downstream": "I use it", "both": "Both" } },
        { "id": "lens", "type": "choice", "if": { "role": "both" }, "sets": "side", "ask": "As whom today?", "options": { "upstream": "A maker", "downstream": "A user" } }
        """;
}
