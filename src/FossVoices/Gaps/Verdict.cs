namespace FossVoices.Gaps;

/// <summary>What may be said of one gap. There is no fifth word.</summary>
internal enum GapVerdict
{
    /// <summary>The data cannot tell.</summary>
    CannotTell,

    /// <summary>The whole interval lies within the margin around zero: the sides expect the same, as far as it matters.</summary>
    Same,

    /// <summary>The interval excludes zero, but the gap is small or does not survive the number of items tested.</summary>
    Probably,

    /// <summary>The interval excludes zero, the gap is at least the margin, and it survives the number of items tested.</summary>
    Clear,
}

/// <summary>How two things compare when there is a third possibility: not enough answers to know.</summary>
internal enum Relation
{
    Undetermined,
    Same,
    Different,
}

/// <summary>The rules that turn an estimate, its interval and its adjusted p into words.</summary>
internal static class Verdict
{
    /// <summary>
    /// A delta of .20: six in ten pairs, ties halved, go one way. The same margin serves differences of shares, which are the
    /// delta of a yes/no answer.
    /// </summary>
    public const double Margin = 0.20;

    /// <summary>First match wins: same, clear, probably, cannot tell.</summary>
    /// <param name="effect">Delta, or a difference of shares.</param>
    /// <param name="interval">Its interval.</param>
    /// <param name="adjustedP">Its p after <see cref="FalseDiscovery"/>; null when it is in no family, and then nothing is clear.</param>
    /// <param name="margin">The smallest gap that matters.</param>
    public static GapVerdict Of(double effect, Interval interval, double? adjustedP, double margin = Margin) => interval switch
    {
        _ when interval.LiesWithin(margin) => GapVerdict.Same,
        { ExcludesZero: true } when adjustedP <= FalseDiscovery.Rate && Math.Abs(effect) >= margin => GapVerdict.Clear,
        { ExcludesZero: true } => GapVerdict.Probably,
        _ => GapVerdict.CannotTell,
    };

    /// <summary>Different: zero is excluded and the difference is at least the margin. Same: the interval lies within the margin.</summary>
    public static Relation RelationOf(double effect, Interval interval, bool excludesZero, double margin = Margin) =>
        excludesZero && Math.Abs(effect) >= margin ? Relation.Different
        : interval.LiesWithin(margin) ? Relation.Same
        : Relation.Undetermined;
}
