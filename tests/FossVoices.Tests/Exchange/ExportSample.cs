using System.Collections.Immutable;
using FossVoices.Codebooks;
using FossVoices.Coding;
using FossVoices.Exchange;
using FossVoices.Flows;
using FossVoices.Sessions;
using FossVoices.Tests.Flows;
using FossVoices.Tests.Studies;

namespace FossVoices.Tests.Exchange;

/// <summary>A study in two versions with one item of each kind, words that mean harm, and people who do everything one can do to a question.</summary>
internal static class ExportSample
{
    /// <summary>What somebody might write to break whatever reads it.</summary>
    public const string Hostile = "=cmd|' /C calc'!A0\r\n\"quoted\", 🙃 and \0 then \ud83d alone\n@SUM(A1)";

    private const string Head = """
        { "id": "role", "type": "choice", "sets": "side", "ask": "Who are you?", "options": { "upstream": "=HYPERLINK(\"http://x\")", "downstream": "I use it" } },
        """;

    private const string Tail = """
        { "id": "few", "type": "group", "order": "random", "show": { "downstream": 1 }, "items": [
          { "id": "one", "type": "scale", "scale": "five", "ask": "One?" }, { "id": "two", "type": "scale", "scale": "five", "ask": "Two?" } ] },
        { "id": "years", "type": "number", "ask": "For how many years?", "least": 0, "most": 60, "unit": "years", "optional": true },
        { "id": "change", "type": "number", "ask": "By how much?", "least": -10, "most": 10, "optional": true },
        { "id": "more", "type": "gate", "ask": "Go on?", "yes": "Yes", "no": "No" },
        { "id": "only", "type": "text", "if": { "role": "upstream" }, "ask": "What does it cost you?" },
        { "id": "story", "type": "text", "ask": "What happened?", "probes": [ { "id": "short", "if": { "words": { "lt": 3 } }, "ask": "A little more?" } ] }
        """;

    public static Flow First { get; } = Compiled(1, "five", """{ "id": "why", "type": "pick", "ask": "Why?", "least": 0, "most": 2, "options": { "fun": "Fun", "pay": "-2+3" } }, { "id": "best", "type": "rank", "ask": "First?", "top": 2, "options": { "fun": "Fun", "pay": "Pay" } }, """);

    /// <summary>Another scale, another option, another question.</summary>
    public static Flow Second { get; } = Compiled(2, "seven", """{ "id": "why", "type": "pick", "ask": "Why?", "least": 0, "most": 3, "options": { "fun": "Fun", "pay": "Pay", "habit": "Habit" } }, { "id": "new", "type": "scale", "scale": "five", "ask": "New?" }, """);

    public static Codebook Codebook { get; } = new("small", 3,
    [
        new Code { Id = "burnout", Label = "Burnout", Brief = "Exhaustion, \"=1+1\".", Parent = "people", Aliases = ["worn-out"] },
        new Code { Id = "people", Label = "People", Brief = "People.", IsCategory = true },
        new Code { Id = "trust", Label = "Trust <&>", Brief = "Trust.", UseWhen = ["Being trusted.", "Two\nlines"], Color = "#aa3300" },
    ]);

    public static Exported Study { get; } = Made();

    private static Exported Made()
    {
        ImmutableArray<ExportedSession> sessions =
        [
            Session("s_1", "p_a", Interview.Of(First, seed: 3).Chooses("downstream").Chooses("5").Skips().Chooses("fun").Chooses("pay", "fun").Chooses("4").Said("3").Said("-4").Chooses("yes").Said(Hostile), Coded("story")) with { Memos = [new ExportedMemo("story", "=eve", "Again \"alone\" 🙃\r\n@home")] },
            Session("s_2", "p_b", Interview.Of(First, seed: 4).Chooses("upstream").Chooses("dont_know").Chooses("1").Skips().Chooses("fun", "pay").Chooses("1").Chooses("2").Skips().Skips().Chooses("no")),
            Session("s_3", "p_c", Interview.Of(Second, seed: 5).Chooses("downstream").Chooses("7").Chooses("6").Chooses("habit", "fun").Chooses("2").Chooses("3")),
            Session("s_4", "p_d", Interview.Of(Second, seed: 6).Chooses("downstream").Chooses("7").Chooses("6").Chooses("fun").Chooses("2").Chooses("3").Said("1").Said("1").Chooses("yes").Said("So long ago"), Coded("story")) with { HasWords = false, Release = "count", Memos = [new ExportedMemo("story", "Ana", "he says So long ago")] },
        ];
        return new Exported("small", "A <small> & \"hostile\" study", "en", new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero), [Codebook], [Version(First), Version(Second)], sessions)
        {
            Claims =
            [
                new ExportedClaim("c_1", "=They give up alone.\r\nNobody asks. 🙃", "Ana", [("s_1", "story"), ("s_4", "story")]),
                new ExportedClaim("c_2", "Nothing rests on nothing.", "=eve", []),
            ],
        };
    }

    private static Interview Said(this Interview interview, string text) => interview.Does(new Reply.Said(text));

    private static ExportedSession Session(string id, string person, Interview interview, params ImmutableArray<ExportedCoding> codings) => new(
        new Session("small", id, "survey", interview.Flow.Hash, person, "", new Origin("web", "=link"), interview.Progress, 9, new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero), null, interview.Path.Open is null ? new(2026, 12, 1, 8, 4, 0, TimeSpan.Zero) : null),
        interview.Flow, null, interview.Path.Side ?? "", false, "", HasWords: true, ImmutableDictionary<string, string>.Empty, [], codings,
        [.. codings.Select(coding => new ExportedReading(coding.Address, coding.Coder, coding.CoderVersion, coding.Codebook))]);

    private static ImmutableArray<ExportedCoding> Coded(string address) =>
    [
        new(address, "burnout", Hostile.IndexOf("alone", StringComparison.Ordinal), 5, "lexicon", "lexicon-1", "3.abc", 0.8123456, Polarity.Negated, [new Evidence("burnout.1", 0, 4, Polarity.Asserted, 0.8)], AssignmentStatus.Suggested, null),
        new(address, "trust", null, null, "=eve", "definition-1", "", 1, Polarity.Asserted, [], AssignmentStatus.Confirmed, "=eve"),
        new(address, "burnout", null, null, "=eve", "definition-1", "", 1, Polarity.Asserted, [], AssignmentStatus.Rejected, "=eve"),
    ];

    private static ExportedFlow Version(Flow flow) => new(flow, ImmutableSortedDictionary<string, Flow>.Empty);

    private static Flow Compiled(int version, string scale, string between)
    {
        var loaded = SmallStudy.With(
            ("flows/survey.json", $$"""
                "version": {{version}},
                "scales": { "five": { "points": ["none", "little", "some", "much", "all"], "agree_from": 4, "dont_know": "I don't know" },
                            "seven": { "points": ["1", "2", "3", "4", "5", "6", "7"], "agree_from": 5 } },
                "items": [ {{Head}}
                 { "id": "works", "type": "pair", "scale": "{{scale}}", "own": "Does it work?", "other": "Would others say that it works?" },
                 {{between}} {{Tail}} ]
                """),
            ("study.json", "\"tensions\": [ ]"));
        return loaded.Study?.Flows["survey"] ?? throw new InvalidOperationException(string.Join('\n', loaded.Problems));
    }
}
