using FossVoices.Gaps;
using FossVoices.Reports;

namespace FossVoices.Tests.Reports;

/// <summary>Made-up counts for <see cref="SampleStudy"/>.</summary>
internal static class SampleCounts
{
    public static readonly DateTimeOffset At = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static ReportFacts Facts(Audience audience, params ReadOnlySpan<StratumCounts> strata) =>
        new("", audience, Number: 1, At, [.. strata], new CodingNote(Unchecked: true, Agreement: 0.71));

    /// <summary>120 downstream, 80 upstream; three clear gaps, a probable one, and one item the same.</summary>
    public static StratumCounts WithGaps() => new(
        Stratum.Answering,
        new(
            [
                new("days", Sides([4, 9, 17, 49, 41], [16, 27, 18, 14, 5]), 4),
                new("takeover", Sides([10, 19, 36, 36, 19], [32, 24, 13, 8, 3]), 4, new(
                    Sides([8, 14, 26, 46, 26], [10, 12, 20, 28, 10]),
                    new(Differences.Of(30, 65, 25), Differences.Of(60, 15, 5)))),
                new("noncode", Sides([14, 26, 36, 29, 15], [2, 4, 10, 30, 34]), 4),
                new("warn", Sides([1, 4, 12, 43, 60], [2, 6, 12, 32, 28]), 4),
                new("free", Sides([6, 14, 24, 40, 36], [5, 8, 18, 25, 24]), 4),
            ],
            [
                Code("burnout", (6, 120), (31, 80)), Code("trust", (45, 120), (28, 80)), Code("busfactor", (2, 120), (9, 80)), Code("funding", (0, 120), (0, 80)),
            ],
            [Tension("attention", new(10, 20, 30, 60), new(20, 30, 20, 10)), Tension("help", new(40, 30, 30, 20), new(60, 5, 5, 10))],
            MinimumGroup: 1),
        Came(80, 120));

    /// <summary>60 on each side.</summary>
    public static StratumCounts SixtyEach() => new(
        Stratum.Answering,
        new(
            [
                new("days", Sides([2, 4, 8, 25, 21], [12, 20, 14, 10, 4]), 4),
                new("noncode", Sides([7, 13, 18, 15, 7], [1, 3, 8, 22, 26]), 4),
                new("warn", Sides([0, 2, 6, 22, 30], [1, 2, 7, 23, 27]), 4),
                new("free", Sides([12, 12, 12, 12, 12], [10, 14, 12, 13, 11]), 4),
            ],
            [Code("burnout", (3, 60), (22, 60)), Code("trust", (20, 60), (21, 60))],
            [Tension("attention", new(10, 8, 20, 22), new(10, 13, 15, 22))],
            MinimumGroup: 1),
        Came(60, 60));

    /// <summary>8 upstream, 40 downstream.</summary>
    public static StratumCounts EightAndForty() => new(
        Stratum.Answering,
        new(
            [
                new("days", Sides([1, 3, 6, 17, 13], [2, 3, 2, 1, 0]), 4),
                new("takeover", Sides([14, 12, 8, 4, 2], [3, 2, 2, 1, 0]), 4),
                new("warn", Sides([0, 1, 4, 15, 20], [0, 0, 0, 3, 5]), 4),
                new("free", Sides([8, 9, 6, 9, 8], [2, 1, 2, 2, 1]), 4),
            ],
            [Code("burnout", (1, 31), (5, 7)), Code("trust", (11, 31), (2, 7))],
            [Tension("attention", new(5, 10, 8, 17), new(1, 2, 1, 4))],
            MinimumGroup: 1),
        Came(8, 40));

    /// <summary>Everybody gives the highest answer.</summary>
    public static StratumCounts AllAlike(int up, int down) => new(
        Stratum.Answering,
        new(
            [.. new[] { "days", "takeover", "noncode", "warn", "free" }.Select(item => new ItemCounts(item, Sides([0, 0, 0, 0, down], [0, 0, 0, 0, up]), 4))],
            [], [Tension("attention", new(0, 0, 0, down), new(0, 0, 0, up))], MinimumGroup: 1),
        Came(up, down));

    /// <summary>Three narrators on each side who published interviews.</summary>
    public static StratumCounts Narrators() => new(
        Stratum.Published,
        new([], [Code("burnout", (0, 3), (3, 3)), Code("trust", (2, 3), (1, 3)), Code("busfactor", (1, 3), (3, 3))], [], MinimumGroup: 1),
        new Coverage([new("upstream", "", "import", 3, 3, 3), new("downstream", "", "import", 3, 3, 3)]),
        Answers: [new("burnout", new(new(0, 300), new(24, 150))), new("trust", new(new(30, 300), new(2, 150))), new("busfactor", new(new(1, 300), new(40, 150)))]);

    public static BySide<Histogram> Sides(long[] down, long[] up) => new(Histogram.Of(down), Histogram.Of(up));

    /// <summary>Everybody came by the web, and most finished.</summary>
    public static Coverage Came(long up, long down) => new(
        [new("upstream", "forum", "web", up, up, up * 3 / 4), new("downstream", "forum", "web", down, down, down * 3 / 4)],
        Following: [new("Not at all", new(down / 2, 0)), new("Closely", new(down - down / 2, up))]);

    private static CodeCounts Code(string code, (long Persons, long Of) down, (long Persons, long Of) up) =>
        new(code, new(new(down.Persons, down.Of), new(up.Persons, up.Of)));

    private static TensionCounts Tension(string tension, HalvesHeld down, HalvesHeld up) => new(tension, new(down, up));
}
