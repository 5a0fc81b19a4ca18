using System.Runtime.InteropServices;

namespace FossVoices.Gaps;

/// <summary>A confidence interval, or any closed range on the scale of an estimate.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Interval(double Low, double High)
{
    public double Width => High - Low;

    public bool ExcludesZero => Low > 0 || High < 0;

    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>Whether the whole interval lies strictly between <c>-margin</c> and <c>margin</c>.</summary>
    public bool LiesWithin(double margin) => -margin < Low && High < margin;

    /// <summary>The same interval without what lies beyond a range that the estimate cannot leave.</summary>
    public Interval Clipped(double lowest, double highest) => new(Math.Clamp(Low, lowest, highest), Math.Clamp(High, lowest, highest));

    /// <summary>The same interval, longer by so much at both ends.</summary>
    public Interval Widened(double by) => new(Low - by, High + by);

    /// <summary>The same interval, widened as far as needed to hold <paramref name="value"/>.</summary>
    public Interval Holding(double value) => new(Math.Min(Low, value), Math.Max(High, value));
}
