namespace FossVoices.Gaps;

/// <summary>Classes of |delta|, from the smallest up.</summary>
internal enum SizeClass
{
    Negligible,
    Small,
    Medium,
    Large,
}

/// <summary>
/// The size word of a gap, after Hess and Kromrey (2004, "Robust confidence intervals for effect sizes"): small from .147,
/// medium from .33, large from .474.
/// </summary>
/// <param name="Class">The class of the estimate or, where the interval spans several, the lowest of them.</param>
/// <param name="AtLeast">The interval spans several classes. "At least negligible" says nothing: print no size word then.</param>
internal readonly record struct EffectSize(SizeClass Class, bool AtLeast)
{
    /// <summary>Whether there is anything to print.</summary>
    public bool CanBeSaid => this is not { Class: SizeClass.Negligible, AtLeast: true };

    public static EffectSize Of(Interval interval)
    {
        var least = interval.ExcludesZero ? Math.Min(Math.Abs(interval.Low), Math.Abs(interval.High)) : 0;
        var most = Math.Max(Math.Abs(interval.Low), Math.Abs(interval.High));
        return new(ClassOf(least), ClassOf(least) != ClassOf(most));
    }

    public static SizeClass ClassOf(double delta) => Math.Abs(delta) switch
    {
        < 0.147 => SizeClass.Negligible,
        < 0.33 => SizeClass.Small,
        < 0.474 => SizeClass.Medium,
        _ => SizeClass.Large,
    };
}
