namespace FossVoices.Gaps;

/// <summary>What one side as a whole makes of an item.</summary>
internal enum Stance
{
    /// <summary>More or fewer than half may agree; the answers cannot tell.</summary>
    Open,

    /// <summary>More than half agree: the lower end of the interval is above one half.</summary>
    Held,

    /// <summary>Fewer than half agree: the upper end of the interval is below one half.</summary>
    Rejected,
}

/// <summary>What the two sides together make of an item, whether or not there is a gap between them.</summary>
internal enum JointStance
{
    /// <summary>On at least one side the answers cannot tell.</summary>
    Open,
    HeldByBoth,
    RejectedByBoth,

    /// <summary>One side holds it and the other rejects it. Nothing less is called a split.</summary>
    Split,
}

/// <summary>How many of one side agree with an item (answer at or above its <c>agree_from</c>), and what that makes of it.</summary>
/// <param name="Agreeing">Persons who agree, of persons who answered.</param>
/// <param name="Interval">Its Wilson interval.</param>
/// <param name="Stance">Whether that interval passes one half.</param>
internal sealed record SideStance(Share Agreeing, Interval Interval, Stance Stance)
{
    public static SideStance Of(Histogram answers, int agreeFrom, double confidence = Distributions.Confidence)
    {
        var agreeing = answers.AtOrAbove(agreeFrom);
        var interval = Wilson.Interval(agreeing, confidence);
        return new(agreeing, interval, interval switch
        {
            { Low: > 0.5 } => Stance.Held,
            { High: < 0.5 } => Stance.Rejected,
            _ => Stance.Open,
        });
    }

    public static JointStance Together(SideStance downstream, SideStance upstream) => (downstream.Stance, upstream.Stance) switch
    {
        (Stance.Held, Stance.Held) => JointStance.HeldByBoth,
        (Stance.Rejected, Stance.Rejected) => JointStance.RejectedByBoth,
        (Stance.Held, Stance.Rejected) or (Stance.Rejected, Stance.Held) => JointStance.Split,
        _ => JointStance.Open,
    };
}
