using CsCheck;
using FossVoices.Gaps;

namespace FossVoices.Tests.Gaps;

/// <summary>Pairs of histograms for property tests.</summary>
internal static class Histograms
{
    /// <summary>Two sides of one to <paramref name="most"/> persons each, on a scale of 1 to 7 points.</summary>
    public static Gen<BySide<Histogram>> Pairs(int least = 1, int most = 40) =>
        from points in Gen.Int[1, 7]
        from down in Answers(points, least, most)
        from up in Answers(points, least, most)
        select new BySide<Histogram>(OfAnswers(down, points), OfAnswers(up, points));

    public static Histogram OfAnswers(IReadOnlyCollection<int> answers, int points) =>
        Histogram.Of([.. Enumerable.Range(0, points).Select(point => answers.LongCount(answer => answer == point))]);

    /// <summary>The persons' answers, one by one, as points from 0.</summary>
    public static int[] Persons(Histogram histogram) =>
        [.. histogram.Counts.SelectMany((count, point) => Enumerable.Repeat(point, (int)count))];

    // Skewed on purpose: a uniform draw would hardly ever leave points empty or sides disjoint.
    private static Gen<int[]> Answers(int points, int least, int most) =>
        from low in Gen.Int[0, points - 1]
        from high in Gen.Int[low, points - 1]
        from answers in Gen.Int[low, high].Array[least, most]
        select answers;
}
