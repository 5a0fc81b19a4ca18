using System.Globalization;

namespace FossVoices.Reports;

/// <summary>A share as it is shown: so rounded that at least three counts of persons look alike.</summary>
/// <param name="Label"><c>75 %</c>, <c>over 95 %</c>, or a word.</param>
/// <param name="From">The lowest share that is shown like this.</param>
/// <param name="To">The highest.</param>
internal sealed record ShownShare(string Label, double From, double To)
{
    /// <summary>Where a picture puts it.</summary>
    public double Middle => (From + To) / 2;
}

/// <summary>
/// Rounds shares for people who must not be able to work back to single answers. A percentage is a multiple of the smallest step
/// of 1, 2, 5 or 10 that is at least 300/n; the bins at the two ends are only half as wide, so where they would hold fewer than three
/// counts the next larger step rules there. Where no step is large enough (fewer than 30 persons; the ends up to 40) words
/// take the place of figures.
/// </summary>
internal static class Rounding
{
    /// <summary>So many counts at least share a label.</summary>
    public const int LookAlike = 3;

    private const long FewestForFigures = 30;

    /// <summary>Five words need as many persons as give each of them three counts; with fewer there are three words, then two.</summary>
    private const long FewestForFiveWords = 16;

    private const long FewestForThreeWords = 10;

    private static readonly int[] Steps = [1, 2, 5, 10];

    private static readonly ShownShare Few = new("few", 0, 0.15);
    private static readonly ShownShare NearlyAll = new("nearly all", 0.85, 1);

    private static readonly ShownShare[] FiveWords = [Few, new("some", 0.15, 0.35), new("about half", 0.35, 0.65), new("most", 0.65, 0.85), NearlyAll];
    private static readonly ShownShare[] ThreeWords = [new("fewer than half", 0, 0.35), new("about half", 0.35, 0.65), new("more than half", 0.65, 1)];
    private static readonly ShownShare[] TwoWords = [new("fewer than half", 0, 0.5), new("half or more", 0.5, 1)];

    /// <summary>The share of <paramref name="persons"/> among <paramref name="of"/> as it is shown; symmetrical between yes and no.</summary>
    public static ShownShare Of(long persons, long of) => Of((double)persons / of, of);

    /// <summary>A share that is no count of persons, such as a product of two, shown as coarsely as one among <paramref name="of"/> persons.</summary>
    public static ShownShare Of(double share, long of)
    {
        if (of < FewestForFigures)
            return Word(share, of < FewestForThreeWords ? TwoWords : of < FewestForFiveWords ? ThreeWords : FiveWords);

        // Upper half by mirror image, so that 90 % agreeing and 10 % not agreeing are rounded alike.
        return share > 0.5 ? Mirrored(LowerHalf(1 - share, of)) : LowerHalf(share, of);
    }

    private static ShownShare LowerHalf(double share, long of)
    {
        var index = Array.FindIndex(Steps, step => step * of >= 300);
        var step = Steps[index];
        var endsInWords = step == Steps[^1] && !FitsEnough(step / 200.0, of);
        var atEnd = FitsEnough(step / 200.0, of) || endsInWords ? step : Steps[index + 1];

        // Boundaries in percent: the end bin, then (with a coarser end) one bin of the coarser step, cut where the finer bins begin.
        var end = endsInWords ? 15 : atEnd / 2.0;
        var percent = share * 100;
        if (percent < end)
            return endsInWords ? Few : new(string.Create(CultureInfo.InvariantCulture, $"under {Math.Ceiling(end)} %"), 0, end / 100);

        if (atEnd != step && percent < FirstBoundaryAfter(atEnd, step))
            return new(string.Create(CultureInfo.InvariantCulture, $"{atEnd} %"), end / 100, FirstBoundaryAfter(atEnd, step) / 100);

        // Half a step is rounded away from the middle on both halves, which the mirror image makes one rule: downwards here, except at 50 %.
        var middle = Math.Round(percent / step, MidpointRounding.AwayFromZero) * step;
        return new(string.Create(CultureInfo.InvariantCulture, $"{middle} %"), (middle - step / 2.0) / 100, (middle + step / 2.0) / 100);
    }

    private static double FirstBoundaryAfter(int coarse, int step) => Math.Floor(1.5 * coarse / step - 0.5) * step + step / 2.0;

    /// <summary>Whether the counts from none up to <paramref name="share"/> of all, exclusive, are at least three.</summary>
    private static bool FitsEnough(double share, long of) => share * of > LookAlike - 1;

    private static ShownShare Mirrored(ShownShare low) => new(
        low == Few ? NearlyAll.Label
        : low.Label.StartsWith("under ", StringComparison.Ordinal) ? $"over {100 - int.Parse(low.Label[6..^2], CultureInfo.InvariantCulture)} %"
        : $"{100 - int.Parse(low.Label[..^2], CultureInfo.InvariantCulture)} %",
        1 - low.To, 1 - low.From);

    private static ShownShare Word(double share, ShownShare[] words) =>
        share < 0.5 ? words.First(word => share < word.To) : words.Last(word => share > word.From || word.From == 0.5);
}
