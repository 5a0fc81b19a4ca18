using System.Collections.Immutable;
using FossVoices.Gaps;

namespace FossVoices.Reports;

/// <summary>What is said of the questions with a scale: where the sides differ, where they agree, what one side alone says, what is open.</summary>
internal static class ItemText
{
    /// <summary>The gaps worth telling: clear ones before probable ones, larger before smaller.</summary>
    public static ImmutableArray<ItemLine> Gaps(ReportSection section) =>
    [
        .. section.Items.Where(item => item.Comparison?.Verdict is GapVerdict.Clear or GapVerdict.Probably)
            .OrderByDescending(item => item.Comparison!.Verdict).ThenByDescending(item => Math.Abs(item.Comparison!.Gap.Estimate)),
    ];

    public static IEnumerable<Block> Of(ReportSection section, int told)
    {
        var gaps = Gaps(section);
        var compared = section.Items.Where(item => item.Comparison is not null).ToImmutableArray();
        if (compared.Length > 0)
        {
            yield return new Block.Heading("Where the sides expect different things");
            for (var i = 0; i < Math.Min(told, gaps.Length); i++)
                yield return Told(gaps[i], i + 1);

            if (gaps.Length > told)
                yield return new Block.Bullets([.. gaps.Skip(told).Select(item => $"{Words.Quoted(item.Short)}: {Words.Of(item.Comparison!)} ({Shares(item)}).")]);
            if (gaps.IsEmpty)
                yield return new Block.Paragraph("On none of the questions do the answers show a gap between the sides.");
        }

        var agreed = compared.Where(item => Agreement(item) is not null).ToImmutableArray();
        if (agreed.Length > 0)
        {
            yield return new Block.Heading("Where both sides agree");
            yield return new Block.Bullets([.. agreed.Select(item => $"{Words.Quoted(item.Short)}: {Agreement(item)} ({Shares(item)}).")]);
        }

        foreach (var block in OneSide(section.Items, "downstream", Words.Down, item => item.Downstream).Concat(OneSide(section.Items, "upstream", Words.Up, item => item.Upstream)))
            yield return block;

        var open = compared.Where(item => item.Comparison!.Verdict is null or GapVerdict.CannotTell && Agreement(item) is null).ToImmutableArray();
        if (open.Length > 0)
        {
            yield return new Block.Heading("What the answers can't tell yet");
            yield return new Block.Paragraph("There may be a gap here, or none; more answers would tell.");
            yield return new Block.Bullets([.. open.Select(item => $"{Words.Quoted(item.Short)} ({Shares(item)}).")]);
        }
    }

    /// <summary>Both shares, short: <c>▼ 75 %, ▲ 25 % say “mostly or fully”</c>.</summary>
    public static string Shares(ItemLine item) =>
        $"▼ {item.Downstream!.Agreeing.Label}, ▲ {item.Upstream!.Agreeing.Label} say {Words.Quoted(item.Agree)}";

    /// <summary>The lines below a gap's title, without its questions: the two shares, what they mean, and who knows.</summary>
    public static ImmutableArray<string> Meaning(ItemLine item)
    {
        var stance = item.Comparison!.Stance switch
        {
            JointStance.HeldByBoth => "More than half of each side agree with it, though.",
            JointStance.RejectedByBoth => "Fewer than half of each side agree with it, though.",
            JointStance.Split when item.Downstream!.Stance == Stance.Held => "More than half of downstream agree with it, and fewer than half of upstream.",
            JointStance.Split => "More than half of upstream agree with it, and fewer than half of downstream.",
            _ => null,
        };
        return
        [
            $"{Shares(item)}.",
            Words.Pairs(item.Comparison.Gap),
            .. new[] { stance, DependsOnBridge(item), Words.Of(item.Downstream!.Perception, "downstream", "upstream"), Words.Of(item.Upstream!.Perception, "upstream", "downstream") }.OfType<string>(),
        ];
    }

    private static string? DependsOnBridge(ItemLine item) =>
        item.Comparison is { WithBridge: { } with, Finding: { } finding } && !with.All(other => other == finding)
            ? "This depends on people who are both: counted with one side, they would make it another verdict."
            : null;

    private static Block.Entry Told(ItemLine item, int number) => new(
        $"{number}. {Words.Quoted(item.Short)}: {Words.Of(item.Comparison!)}",
        [
            .. Meaning(item),
            .. item.Need is { } need ? [$"What is needed: {need}"] : Array.Empty<string>(),
            .. item.Starter is { } starter ? [$"To talk about: {starter}"] : Array.Empty<string>(),
        ]);

    /// <summary>How the sides agree on an item that shows no gap; null where they do not, or nobody can tell.</summary>
    private static string? Agreement(ItemLine item) => item.Comparison switch
    {
        { Verdict: GapVerdict.Clear or GapVerdict.Probably } => null,
        { Verdict: GapVerdict.Same, Stance: JointStance.HeldByBoth } => "both sides hold it, and equally so",
        { Verdict: GapVerdict.Same, Stance: JointStance.RejectedByBoth } => "neither side holds it, and equally so",
        { Verdict: GapVerdict.Same } => "the same on both sides, each with more than one view",
        { Stance: JointStance.HeldByBoth } => "both sides hold it",
        { Stance: JointStance.RejectedByBoth } => "neither side holds it",
        _ => null,
    };

    /// <summary>Where the other side is not shown, what this one holds is still worth saying.</summary>
    private static IEnumerable<Block> OneSide(ImmutableArray<ItemLine> items, string name, string sign, Func<ItemLine, ItemSide?> side)
    {
        var alone = items.Where(item => item.Comparison is null && side(item) is not null).ToImmutableArray();
        if (alone.IsEmpty)
            yield break;

        yield return new Block.Heading($"What {name} expects ({sign})");
        foreach (var (stance, lead) in new[]
        {
            (Stance.Held, "More than half agree with:"), (Stance.Rejected, "Fewer than half agree with:"), (Stance.Open, "With these it may be either:"),
        })
        {
            var those = alone.Where(item => side(item)!.Stance == stance).ToImmutableArray();
            if (those.IsEmpty)
                continue;
            yield return new Block.Paragraph(lead);
            yield return new Block.Bullets([.. those.Select(item => $"{Words.Quoted(item.Short)} ({side(item)!.Agreeing.Label} say {Words.Quoted(item.Agree)}).")]);
        }
    }
}
