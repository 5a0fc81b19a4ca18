using System.Collections.Immutable;

namespace FossVoices.Reports;

/// <summary>What is said of expectations that pull apart and that one person can hold at once.</summary>
internal static class TensionText
{
    /// <summary>Tensions with at least one side shown, those that most people hold first.</summary>
    public static ImmutableArray<TensionLine> Held(ReportSection section) =>
    [
        .. section.Tensions.Where(tension => (tension.Downstream ?? tension.Upstream) is not null)
            .OrderByDescending(tension => Math.Max(tension.Downstream?.Both.Middle ?? 0, tension.Upstream?.Both.Middle ?? 0)),
    ];

    public static IEnumerable<Block> Of(ReportSection section, int told)
    {
        var held = Held(section);
        if (held.IsEmpty)
            yield break;

        yield return new Block.Heading("What the same people hold at once");
        yield return new Block.Paragraph("Two expectations can be reasonable, pull apart, and be held by one person, often unnoticed.");
        foreach (var tension in held.Take(told))
        {
            yield return new Block.Entry(tension.Label,
            [
                $"{Words.Quoted(tension.A)} and {Words.Quoted(tension.B)}.",
                .. Lines(tension),
                $"To talk about: {tension.Starter}",
            ]);
        }

        if (held.Length > told)
            yield return new Block.Bullets([.. held.Skip(told).Select(tension => $"{tension.Label}: {Shares(tension)} hold both.")]);
    }

    public static string Shares(TensionLine tension) => string.Join(", ", new[]
    {
        tension.Downstream is { } down ? $"▼ {down.Both.Label}" : null,
        tension.Upstream is { } up ? $"▲ {up.Both.Label}" : null,
    }.OfType<string>());

    private static IEnumerable<string> Lines(TensionLine tension)
    {
        if (tension.Downstream is { } down)
            yield return Line(Words.Down, down);
        if (tension.Upstream is { } up)
            yield return Line(Words.Up, up);
    }

    private static string Line(string sign, TensionSide side)
    {
        var than = side.Than switch
        {
            Than.More => ", more than by coincidence",
            Than.Fewer => ", fewer than by coincidence",
            _ => "",
        };
        return $"{sign}: {side.Both.Label} hold both{than} ({side.Independent.Label} would, if the one had nothing to do with the other).";
    }
}
