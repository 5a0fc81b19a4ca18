using CsCheck;
using FossVoices.Flows;

namespace FossVoices.Tests.Flows;

/// <summary>Random flows: items of every kind, in groups and out of them, with conditions on what came before.</summary>
internal static class AnyFlow
{
    private const int MostItems = 14;

    public static Gen<Flow> Gen { get; } = CsCheck.Gen.Select(
        CsCheck.Gen.Select(CsCheck.Gen.Int[0, 11], CsCheck.Gen.Int[0, 99], CsCheck.Gen.Int[0, 11]).Array[1, MostItems], CsCheck.Gen.Int[0, 5],
        (items, grouping) => Conditioned(items, grouping) ?? Written.Flow(Json(items, grouping % 4)));

    /// <summary>With a condition on the group and rankings of what was picked, where no item is made impossible by that.</summary>
    private static Flow? Conditioned((int Kind, int If, int Condition)[] items, int grouping) => grouping > 3 ? Written.Read(Json(items, grouping)).Flow : null;

    private static string Json((int Kind, int If, int Condition)[] items, int grouping)
    {
        var texts = items.Select((item, i) => Item(i, item.Kind, Condition(items, i, item.If, item.Condition), grouping > 3 ? PickBefore(items, i) : null)).ToArray();
        // The first items stay outside, so that those in the group, whose order may be drawn, only look at them.
        var half = items.Length / 2;
        return grouping switch
        {
            0 => $"{Written.Role}, {string.Join(",\n", texts)}",
            _ when half == 0 || half == items.Length => $"{Written.Role}, {string.Join(",\n", texts)}",
            _ => $$"""
                {{Written.Role}},
                {{string.Join(",\n", texts[..half])}},
                { "id": "g", "type": "group"{{(grouping > 3 ? Condition(items, half, grouping, items[0].Condition) : "")}}, "order": "{{(grouping is 3 or 5 ? "fixed" : "random")}}"{{(grouping == 2 ? $", \"show\": {{ \"downstream\": {Math.Max(1, (items.Length - half) / 2)} }}" : "")}}, "items": [
                {{string.Join(",\n", texts[half..])}} ] }
                """,
        };
    }

    private static string Item(int i, int kind, string condition, int? pick) => kind switch
    {
        0 => $$"""{ "id": "i{{i}}", "type": "notice"{{condition}}, "ask": "Read this." }""",
        1 or 2 => $$"""{ "id": "i{{i}}", "type": "choice"{{condition}}, "ask": "Which?", "options": { "x": "Ex", "y": "Why", "z": "Zed" }, "core": {{(i == 0 ? "true" : "false")}} }""",
        3 => $$"""{ "id": "i{{i}}", "type": "pick"{{condition}}, "ask": "Which ones?", "least": 0, "most": 3, "options": { "x": "Ex", "y": "Why", "z": "Zed", "w": "Double u" } }""",
        4 or 5 => $$"""{ "id": "i{{i}}", "type": "scale"{{condition}}, "scale": "five", "ask": "How far {other_side|they}?" }""",
        6 or 7 => $$"""{ "id": "i{{i}}", "type": "pair"{{condition}}, "scale": "five", "own": "How far?", "other": "And they?" }""",
        8 => $$"""
            { "id": "i{{i}}", "type": "text"{{condition}}, "ask": "What?", "most_probes": 2, "probes": [
              { "id": "short", "if": { "words": { "lt": 3 } }, "ask": "More?" },
              { "id": "strain", "if": { "coded": ["burnout"], "sure": 0.9 }, "ask": "Help?" },
              { "id": "trust", "if": { "any": [ { "coded": ["trust"] }, { "side": "upstream" } ] }, "ask": "Trust?" } ] }
            """,
        9 => $$"""{ "id": "i{{i}}", "type": "number"{{condition}}, "ask": "How many?", "least": 0, "most": 9, "optional": true }""",
        10 when pick is { } from => $$"""{ "id": "i{{i}}", "type": "rank"{{condition}}, "ask": "In order?", "from": "i{{from}}", "top": 2 }""",
        10 => $$"""{ "id": "i{{i}}", "type": "rank"{{condition}}, "ask": "In order?", "options": { "x": "Ex", "y": "Why", "z": "Zed" }, "top": 2 }""",
        _ => $$"""{ "id": "i{{i}}", "type": "gate"{{condition}}, "ask": "Go on?", "yes": "Yes", "no": "No" }""",
    };

    /// <summary>A pick of the first half that a ranking can rank.</summary>
    private static int? PickBefore((int Kind, int If, int Condition)[] items, int i) =>
        Enumerable.Range(0, Math.Min(i, items.Length / 2)).Where(on => items[on].Kind == 3).Select(on => (int?)on).FirstOrDefault();

    /// <summary>A condition on an item of the first half, so that it is settled before any drawn order begins.</summary>
    private static string Condition((int Kind, int If, int Condition)[] items, int i, int which, int kind)
    {
        var half = items.Length / 2;
        var before = Math.Min(i, half);
        if (which % 3 == 0 || before == 0)
            return which % 6 == 0 ? """, "if": { "side": "upstream" }""" : "";
        var on = which % before;
        var test = items[on].Kind switch
        {
            1 or 2 or 3 or 10 => $$"""{ "i{{on}}": ["x", "y"] }""",
            4 or 5 => $$"""{ "i{{on}}": { "gte": 4 } }""",
            6 or 7 => $$"""{ "i{{on}}.own": { "lte": 2 } }""",
            8 => $$"""{ "i{{on}}": { "answered": true } }""",
            9 => $$"""{ "i{{on}}": { "gt": 4 } }""",
            11 => $$"""{ "i{{on}}": { "answered": true } }""",
            _ => """{ "role": "both" }""",
        };
        return kind % 2 == 0 ? $", \"if\": {test}" : $$""", "if": { "not": {{test}} }""";
    }
}
